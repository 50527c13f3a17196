"""The number reaches no file: not while a conversation is open, not after it, not in a log."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.channels.sms import queries
from app.core import db
from app.core.log import OneLineOfJson
from app.privacy import pseudonyms
from tests.channels.sms.carrier import Carrier
from tests.channels.sms.factories import text
from tests.live import LiveServer
from tests.privacy import forensics
from tests.privacy.conftest import Disk

KEPT = "+4500739181"  # the mutant's own: PostgreSQL's log remembers it when the other tests look
NUMBER = "+4500739164"  # no subscriber has it, and no file on this machine happens to hold its digits
WORDS = "Vagten ved hoveddøren kalder mig grimme ting hver torsdag"


@pytest.mark.requirement("R1")
def test_a_number_and_its_words_are_on_no_disk(
    app: Flask,
    content: None,
    environ: dict[str, str],
    tmp_path: Path,
    disk: Disk,
) -> None:
    app.extensions["clock"].moved_by = 0
    db.db.session.remove()
    needles = forensics.spellings(NUMBER) | forensics.texts(WORDS)
    server = LiveServer(environ, tmp_path).start()
    carrier = Carrier(server.url)

    for said in ("GH1", "4", f"1 {WORDS}", WORDS):
        carrier.text(said, sender=NUMBER)
    while_open = disk(needles)
    carrier.text("ja", sender=NUMBER)
    carrier.text("STOP", sender=NUMBER)
    carrier.once({"From": NUMBER, "Body": WORDS, "MessageSid": "SM1", "To": "+4599999999"})
    server.stop()

    assert (while_open, disk(needles)) == ([], [])


@pytest.mark.requirement("R1")
def test_what_a_text_leaves_behind_after_an_error_names_nobody(
    app: Flask, content: None, disk: Disk, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def broken(*_: Any) -> None:
        raise ValueError(f"{NUMBER} said {WORDS}")

    monkeypatch.setattr(queries, "keep", broken)
    with pytest.raises(ValueError, match="said"):
        text(app, "GH1", sender=NUMBER)

    assert disk(forensics.spellings(NUMBER)) == []
    logged = "".join(OneLineOfJson().format(record) for record in caplog.records)
    assert "ValueError" in logged
    assert NUMBER[3:] not in logged
    assert "Vagten" not in logged


@pytest.mark.requirement("R1", mutants=True)
def test_a_number_kept_for_a_moment_would_be_found(
    app: Flask, content: None, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: the thread row holds the number, and is deleted with the next text."""
    monkeypatch.setattr(pseudonyms, "thread", lambda key, number: number.encode().ljust(32, b"\0"))

    text(app, "GH1", sender=KEPT)
    text(app, "STOP", sender=KEPT)

    assert queries.open_conversations() == 0
    assert any("E.164" in one for one in disk(forensics.spellings(KEPT)))
