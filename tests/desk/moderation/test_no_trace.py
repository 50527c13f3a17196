"""No unmasked word of a citizen outlives the moment it is looked at: not in the file, not in a log, not in a page."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import config, db
from app.desk.moderation import opening, reading
from app.surveys import responses
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, post, yes

MARKER = "Zqxvarken"
SAID = f"Spørg efter {MARKER} i køkkenet, hun hjælper. Køen er for lang."
STANDS = "køkkenet, hun"
"""A piece of the same text that nobody masks."""

TRANSLATED = "zinkbadekarret"
_APPROVE = ("approve", {"asked": list(reading.ASKED), "code": ["MOD"], "translation": TRANSLATED})
_MASK = ("mask", {"word": ["0-5"], "type": "detail", "wording": "noget"})
_TRANSLATE = ("translate", {"translation": TRANSLATED})
PATHS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "waiting": (_MASK, _TRANSLATE),
    "held": (_TRANSLATE, ("hold", {"reason": "unclear"})),
    "asked to reject": (("reject", {"reason": "hate"}),),
    "rejected": (_TRANSLATE, ("reject", {"reason": "spam"})),
    "read again": (("reject", {"reason": "spam"}),),
    "approved": (_APPROVE,),
    "masked further": (_APPROVE, ("remask", {"word": ["0-5"], "type": "detail"})),
    "reopened": (_APPROVE, ("reopen", {})),
    "escalated": (("escalate", {"concern": "unsure"}),),
}
"""How a text gets into each of its states."""


def marker_of(state: str) -> str:
    """A word of the text that gets into this state, and of no other."""
    return f"{'_'.join(state.split())}ordet"


def rows_about_citizens() -> dict[str, int]:
    """How many rows each citizens' table has."""
    counts = {
        table.name: db.connection().execute(select(func.count()).select_from(table)).scalar_one()
        for table in db.db.metadata.sorted_tables
        if table.info.get("citizen")
    }
    db.db.session.rollback()
    return counts


def bytes_of_the_database(folder: Path) -> bytes:
    """Every byte of the database, its WAL and what else lies beside it, or a dump of every row."""
    if db.is_sqlite():
        path = Path(str(db.db.engine.url.database))
        return b"".join(found.read_bytes() for found in path.parent.glob(f"{path.name}*"))
    tables = db.db.metadata.sorted_tables
    found = b"".join(
        repr(bytes(value) if isinstance(value, memoryview) else value).encode()
        for table in tables
        for row in db.connection().execute(table.select())
        for value in row
    )
    db.db.session.rollback()
    return found


def spellings(word: str) -> list[bytes]:
    forms = {word, word.lower(), word.upper(), unicodedata.normalize("NFD", word)}
    return [form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")]


def is_in(word: str, found: bytes) -> bool:
    return any(spelling in found for spelling in spellings(word))


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.mark.requirement("R1")
def test_the_search_finds_what_is_there(app: Flask, tmp_path: Path) -> None:
    factories.approve(a_text(f"Der er {STANDS}"), a_moderator())

    assert is_in(STANDS, bytes_of_the_database(tmp_path))


@pytest.mark.requirement("R1")
def test_a_masked_word_is_nowhere_after_every_act(
    app: Flask, sign_in: Callable[..., FlaskClient], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text_id = a_text(SAID)
    client, reader = sign_in("moderator"), a_moderator()
    mark = "-".join(map(str, opening.open_(item(text_id, reader)).marks[0].place))
    db.db.session.rollback()
    pages = []
    for act, fields in (
        ("hold", {"version": "1", "reason": "unclear"}),
        ("reopen", {"version": "2"}),
        ("mask", {"word": ["0-5"], "type": "detail", "wording": "noget"}),
        ("look", {"mark": mark, "reason": "nothing"}),
        ("look", {"mark": mark, "reason": "to_understand"}),
        ("reject", {"version": "1", "reason": "other", "note": "x"}),
        ("translate", {"version": "4", "translation": f"Det siger {MARKER}"}),
        ("approve", {"version": "1"}),
        ("approve", yes(99)),
    ):
        answer = post(client, text_id, act, **fields)
        assert answer.status_code in (200, 303, 409, 422), act
        pages.append((answer.status_code, answer.text))
        assert not is_in(MARKER, bytes_of_the_database(tmp_path)), act

    version = item(text_id, reader).version
    db.db.session.rollback()
    post(client, text_id, "approve", **yes(version, "MOD"))
    pages += [(0, client.get(f"/desk/{page}").text) for page in ("queue", "queue?tray=read", "codebook", "audit")]

    found = bytes_of_the_database(tmp_path)
    assert is_in(STANDS, found)
    assert not is_in(MARKER, found)
    assert [status for status, page in pages if MARKER in page] == [200]  # the one look
    assert MARKER not in "".join(capfd.readouterr())


def test_a_rejected_text_leaves_none_of_its_words(sign_in: Callable[..., FlaskClient], tmp_path: Path) -> None:
    text_id = a_text(SAID)

    post(sign_in("moderator"), text_id, "reject", version="1", reason="spam")

    assert not is_in(STANDS, bytes_of_the_database(tmp_path))


@pytest.mark.requirement("R1")
def test_texts_that_are_taken_back_leave_no_byte_and_no_row_in_any_state(
    app: Flask, sign_in: Callable[..., FlaskClient], tmp_path: Path
) -> None:
    client, mona = sign_in("moderator"), a_moderator()
    taken = {}
    for state, path in PATHS.items():
        app.extensions["dice"] = lambda sides, state=state: 0 if state == "read again" else sides - 1
        taken[state] = factories.a_response(f"{SAID} {marker_of(state)}", lang="pl")
        text_id = factories.text_of(taken[state])
        for act, fields in path:
            version = {"version": str(item(text_id, mona).version)}
            db.db.session.rollback()
            assert post(client, text_id, act, **version | fields).status_code in (200, 303), (state, act)
    assert is_in(marker_of("approved"), bytes_of_the_database(tmp_path))
    assert rows_about_citizens()["text_item"] == len(PATHS)

    for response_id in taken.values():
        responses.delete(response_id)
    db.db.session.commit()
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    found = bytes_of_the_database(tmp_path)
    assert not [word for word in (STANDS, TRANSLATED, MARKER, *map(marker_of, PATHS)) if is_in(word, found)]
    assert {table: n for table, n in rows_about_citizens().items() if n} == {}


def test_nothing_is_written_beside_the_database(
    app: Flask, settings: config.Settings, sign_in: Callable[..., FlaskClient]
) -> None:
    text_id = a_text(SAID)

    sign_in("moderator").get(f"/desk/statements/{text_id.hex()}")

    written = [path for path in settings.instance_dir.rglob("*") if path.is_file()]
    assert not [path for path in written if is_in(MARKER, path.read_bytes())]
