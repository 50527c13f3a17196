"""NYT: the news of the place, and with four words what came of an answer; only so many lookups an hour."""

from datetime import date

import pytest
from flask import Flask

from app.channels.sms import meter, wording
from app.core import clock, db
from app.core.i18n import translate
from app.desk.track.telling import receipts as job
from app.privacy import queries, receipts
from app.publication import themes, told
from tests.channels.sms.dialogues import Script
from tests.channels.sms.test_dialogues import SCRIPTS
from tests.publication.telling import tell

NO_SUCH = translate("da", wording.NO_SUCH_RECEIPT)
RECEIVED = translate("da", wording.NOT_READ_YET)


def with_receipt(app: Flask) -> Script:
    """A telephone that has taken its code."""
    script = Script(app, next(path for path in SCRIPTS if path.stem.startswith("15_")))
    script.where = "a whole survey"
    for line in ("> GH1", "> 3", "> 2", "> Bedre mad", "> Ja", "< {receipt}"):
        script._line(line)
    return script


def asked(script: Script, text: str) -> str:
    script._line(f"> {text}")
    return script.reply


def read(script: Script, themes_found: str) -> None:
    """Somebody has read what this telephone sent, and found these themes."""
    receipt = receipts.find(script.phone.receipt)
    assert receipt
    assert receipt.response_id
    queries.mark_receipt(receipt.response_id, themes_found)
    db.db.session.commit()
    db.db.session.remove()


def test_one_misspelt_word_is_simply_unknown(app: Flask, content: None) -> None:
    script = with_receipt(app)
    *known, _ = script.phone.receipt.split()

    assert asked(script, "NYT {receipt}") == RECEIVED
    assert asked(script, f"NYT {' '.join(known)} xyzzy") == NO_SUCH


@pytest.mark.requirement("R16")
def test_after_three_hundred_lookups_an_hour_no_code_is_known(app: Flask, content: None) -> None:
    script = with_receipt(app)
    for _ in range(meter.LOOKUPS_AN_HOUR):
        assert meter.allows_lookup()
    db.db.session.commit()

    assert asked(script, "NYT {receipt}") == NO_SUCH
    clock.clock().moved_by += 3600
    assert asked(script, "NYT {receipt}") == RECEIVED


def test_the_latest_news_are_no_lookup(app: Flask, content: None) -> None:
    script = with_receipt(app)
    for _ in range(meter.LOOKUPS_AN_HOUR):
        meter.allows_lookup()
    db.db.session.commit()

    assert asked(script, "NYT") == translate("da", wording.NO_NEWS)


def test_news_are_of_the_place_then_of_the_country_and_gone_when_taken_down(app: Flask, content: None) -> None:
    """GH1 lies in Helsingør; whoever has no conversation open is told what holds for the country."""
    tell("B1", on=date(2026, 1, 1), body="Huset har åbent.", places=("K-helsingoer",))
    tell("B2", on=date(2026, 1, 2), body="Alle huse har åbent.")
    tell("B3", on=date(2026, 1, 3), body="Bussen kører igen.", places=("MUE2",))
    db.db.session.commit()
    at_gh1, anywhere = with_receipt(app), Script(app, SCRIPTS[0])
    asked(at_gh1, "GH1")

    assert asked(at_gh1, "NYT").startswith("I sagde: Der er lukket. Vi gjorde: Huset har åbent.")
    assert asked(anywhere, "NYT").startswith("I sagde: Der er lukket. Vi gjorde: Alle huse har åbent.")
    for phone in (at_gh1, anywhere):
        assert asked(phone, "NYT GH1").startswith("I sagde: Der er lukket. Vi gjorde: Huset har åbent.")
        assert asked(phone, "NYT MUE2").startswith("I sagde: Der er lukket. Vi gjorde: Bussen kører igen.")
    told.retire("B1")
    told.retire("B2")
    db.db.session.commit()
    assert asked(at_gh1, "NYT") == translate("da", wording.NO_NEWS)


@pytest.mark.requirement("R16")
def test_a_code_says_read_then_decided_then_done_and_never_a_sub_theme(app: Flask, content: None) -> None:
    script = with_receipt(app)
    said = [asked(script, "NYT {receipt}")]
    read(script, "ADG.AAB")
    for code in ("", "B1", "A1"):
        if code:
            tell(code)
            job.write(clock.now())
            db.db.session.commit()
        said.append(asked(script, "NYT {receipt}"))

    begins = (wording.NOT_READ_YET, wording.READ, wording.ANSWERED, wording.DONE)
    assert [text.startswith(translate("da", one)) for text, one in zip(said, begins, strict=True)] == [True] * 4
    assert all("Adgang og åbningstider" in text for text in said[1:])
    assert not any(themes.name("ADG.AAB", "da") in text or "Bedre mad" in text for text in said)


def test_a_code_without_a_theme_is_told_what_answers_everybody(app: Flask, content: None) -> None:
    script = with_receipt(app)
    read(script, "")
    tell("B1", themes=())
    job.write(clock.now())
    db.db.session.commit()

    assert asked(script, "NYT {receipt}") == "I sagde: Der er lukket. Vi gjorde: Nu er der åbent."
