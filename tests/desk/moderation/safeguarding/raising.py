"""Worry in tests: raising it, and taking its case so far."""

from typing import Any

from flask.testing import FlaskClient

from app.core import db
from app.desk.moderation.safeguarding import queries
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, post

SAID = "Jeg kan ikke mere. Spørg efter Karsten."
CHOICES = {
    "assessed": {"sensitivity": "sensitive", "criticality": "action"},
    "decided": {"status": "internally"},
    "reviewed": {"status": "taken", "loop": "other"},
    "closed": {"outcome": "site_informed", "afterwards": "use"},
}


def raise_(client: FlaskClient, text_id: bytes, **fields: str) -> Any:
    return post(client, text_id, "escalate", **{"version": "1", "concern": "own_life"} | fields)


def the_case() -> Any:
    """The one case there is, as somebody with no ties to a place gets it."""
    (found,) = queries.open_cases(a_moderator())
    db.db.session.rollback()
    return found


def press(client: FlaskClient, act: str, case_id: bytes, **fields: str) -> Any:
    return client.post(f"/desk/cases/{case_id.hex()}/{act}", data=accounts.form(client, "case", **fields))


def go(client: FlaskClient, *steps: str) -> bytes:
    """Take the case so far; its id."""
    case_id = bytes(the_case().id)
    for step in steps:
        act = "close" if step == "closed" else "step"
        answer = press(client, act, case_id, **CHOICES[step], **{"from": the_case().step})
        assert answer.status_code == 303, (step, answer.text)
    return case_id


def state_of(text_id: bytes) -> Any:
    return factories.rows(f"SELECT state, reason FROM text_item WHERE answer_id = {literal(text_id)}")[0]


def literal(value: bytes) -> str:
    return f"X'{value.hex()}'" if db.is_sqlite() else f"'\\x{value.hex()}'"
