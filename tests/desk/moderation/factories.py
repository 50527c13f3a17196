"""Texts of tests on their way to and through the desk."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core import clock, db
from app.desk.accounts import queries as audit_queries
from app.desk.accounts.models import User
from app.desk.moderation import intake, opening, queries, reading, tagging
from app.desk.moderation.codebook import codes
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.surveys import batches, responses
from app.surveys.responses import Said, Setting
from tests.desk.accounts import factories as accounts

WEEK = "2026-W10"
HOSTILE = "<script>alert(1)</script> \u202eesrever\u202c 😡 ring 12 34 56 78 & \"sig\" 'hej'"
SAID = "Der er for lang kø til badet om morgenen."


def a_response(*said: str, **about: Any) -> bytes:
    """A released response with these texts, taken in by the desk; the id of the response."""
    is_urgent = about.pop("is_urgent", False)
    values = about.pop("values", {})
    setting = {"channel": "web", "lang": "da", "week": WEEK, "site_code": "GH1"}
    setting |= {"survey_id": "five_tap", "version": 1} | about
    response_id = responses.begin(Setting(**setting))
    answers = [Said(question="change", kind="words", words=words, is_urgent=is_urgent) for words in said]
    answers += [Said(question=question, kind="value", value=value) for question, value in values.items()]
    responses.add(response_id, answers, week=setting["week"])
    batches.release(clock.now(), size=1)
    intake.take_in()
    db.db.session.commit()
    return response_id


def a_text(said: str = SAID, **about: Any) -> bytes:
    """One released text in the queue; the id of its answer."""
    response_id = a_response(said, **about)
    return text_of(response_id)


def text_of(response_id: bytes) -> bytes:
    """The id of the first text of a response."""
    return texts_of(response_id)[0]


def texts_of(response_id: bytes) -> list[bytes]:
    """The ids of the texts of a response."""
    rows = db.connection().exec_driver_sql("SELECT id, response_id FROM answer WHERE kind = 'words'").all()
    db.db.session.commit()
    return [bytes(row.id) for row in rows if bytes(row.response_id) == response_id]


def a_moderator(site_code: str | None = None) -> User:
    """Somebody who may read."""
    return accounts.a_user("moderator", site_code)


def the_codebook() -> None:
    """The codebook that ships with the product."""
    codes.load()
    db.db.session.commit()


def item(text_id: bytes, reader: User) -> AnyRow:
    """The text as this person gets it."""
    found = queries.item(text_id, reader)
    assert found is not None
    return found


def approve(text_id: bytes, by: User, *codes: str, type_: str | None = None) -> None:
    """Approve as it stands, with these codes."""
    row = item(text_id, by)
    chosen = tagging.Chosen(codes=frozenset(codes), type=type_)
    decision = reading.Decision(version=row.version, asked=frozenset(reading.ASKED), chosen=chosen)
    reading.approve(row, decision, by)
    db.db.session.commit()


def post(client: FlaskClient, text_id: bytes, act: str, **fields: Any) -> Any:
    """Press a button of a text, with a token of this session."""
    return client.post(f"/desk/statements/{text_id.hex()}/{act}", data=accounts.form(client, "text") | fields)


def at_once(app: Flask, *presses: Callable[[], Any]) -> list[Any]:
    """What several buttons answer that are pressed at the same moment."""
    begin, answers = Barrier(len(presses)), []

    def press(one: Callable[[], Any]) -> None:
        with app.app_context():
            begin.wait()
            answers.append(one())

    threads = [Thread(target=press, args=(one,)) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def yes(version: int = 1, *codes: str, **more: Any) -> dict[str, Any]:
    """What the form of an approval posts."""
    return {"version": str(version), "asked": list(reading.ASKED), "code": list(codes), **more}


def opened(text_id: bytes, reader: User) -> Opened:
    """The text as it is opened for this person."""
    return opening.open_(item(text_id, reader))


def place_of(text_id: bytes, reader: User) -> tuple[int, int, str]:
    """Where the first mark of a text is."""
    return opened(text_id, reader).marks[0].place


def rows(statement: str) -> list[Any]:
    """What the database answers."""
    found = [tuple(row) for row in db.connection().exec_driver_sql(statement)]
    db.db.session.commit()
    return found


def is_allowed(statement: str) -> bool:
    """Whether the database lets somebody who writes SQL by hand do this; a refusal leaves the transaction as it was."""
    try:
        with db.db.session.begin_nested():
            db.db.session.execute(text(statement))
    except DatabaseError:
        return False
    return True


def acts() -> Iterator[tuple[str, str, int | None, str]]:
    """The audit trail: act, target, count, detail."""
    for row in audit_queries.audit_chain():
        yield row.act, row.target, row.count, row.detail
