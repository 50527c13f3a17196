"""Batches of paper forms for tests: keyed, checked, with as many differences as wished."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock, db
from app.desk.accounts.models import User
from app.desk.paper import accepting, batches, checking, entry, queries, sheets
from app.desk.paper.batches import Wanted
from app.desk.paper.checking import Choice
from app.desk.paper.models import PaperBatch, PaperSheet
from app.desk.paper.sheets import Sheet
from app.surveys import responses, versions
from app.surveys.questions import Survey
from tests.desk.accounts import factories as accounts
from tests.surveys import samples

WEEK = "2026-W09"
FILLED = {
    "q-today": "4", "q-mattered": "A C", "q-safe": "A", "q-where": "-", "q-respect": "A",
    "q-change": "Flere senge", "lang": "da", "helped": "none", "quote_ok": "no",
}  # fmt: skip
"""A sheet of five_tap as it is typed: nine fields."""


def a_batch(by: User, *, survey_id: str = "five_tap", version: int = 1, **about: str) -> PaperBatch:
    """An empty batch in somebody's hands."""
    wanted = Wanted(**{"version": str(version), "site_code": "GH1", "week": WEEK, "label": "A"} | about)
    return batches.begin(survey_id, wanted, by, clock.today())


def a_sheet(survey: Survey | None = None, **typed: str) -> Sheet:
    """A sheet with these fields typed otherwise (`q_safe` for `q-safe`)."""
    changed = {name.replace("q_", "q-", 1): text for name, text in typed.items()}
    entered = entry.read(FILLED | changed, survey or five_tap())
    assert entered.sheet, entered.faults
    return entered.sheet


def five_tap() -> Survey:
    found = versions.get("five_tap", 1)
    assert found
    return found


def keyed(by: User, pile: int | Iterable[Sheet], **about: Any) -> PaperBatch:
    """A finished batch of so many sheets, or of these."""
    batch = a_batch(by, **about)
    month, filled = sheets.month(batch.week), a_sheet()
    given = [filled] * pile if isinstance(pile, int) else pile
    for place, sheet in enumerate(given, 1):
        new = responses.new_id()
        box = sheets.seal(sheet, month, new, "first")
        db.db.session.add(PaperSheet(id=new, batch_id=batch.id, place=place, month=month.name, first=box))
    batches.finish(batch, by)
    db.db.session.commit()
    return batch


def check(batch: PaperBatch, by: User, *, wrong: int = 0) -> str:
    """Key what is drawn a second time with so many differing fields, one a sheet while it lasts; what follows."""
    batches.take(batch, by)
    places = list(checking.to_key(batch))
    per_sheet = [wrong // len(places) + (nth < wrong % len(places)) for nth in range(len(places))]
    for place, slips in zip(places, per_sheet, strict=True):
        checking.save(batch, by, place, slipped(batches.survey_of(batch), first_of(batch, place), slips), seen="")
    verdict = checking.compare(batch, by)
    db.db.session.commit()
    return verdict


def first_of(batch: PaperBatch, place: int) -> Sheet:
    """What was keyed first."""
    row = queries.sheet(batch.id, place)
    assert row
    return checking.settled(row)


def slipped(survey: Survey, sheet: Sheet, slips: int) -> Sheet:
    """The sheet with so many fields read as illegible."""
    typed = entry.typed(sheet, survey)
    for name in sheets.fields(survey)[:slips]:
        typed[name] = "?"
    entered = entry.read(typed, survey)
    assert entered.sheet
    return entered.sheet


def settle(batch: PaperBatch, right: str = "first") -> bool:
    """Decide every difference alike and go on; True if the batch was stored."""
    choices = {one.name: Choice(right) for one in checking.differences(batch)}
    is_last = checking.settle(batch, choices)
    if is_last:
        accepting.accept(batch, clock.today())
    db.db.session.commit()
    return is_last


def accepted(pile: int | Iterable[Sheet], **about: Any) -> PaperBatch:
    """A batch that two people keyed alike, stored."""
    batch = keyed(accounts.a_user("moderator"), pile, **about)
    check(batch, accounts.a_user("moderator"))
    assert settle(batch)
    return batch


def every_type() -> Survey:
    """A survey on paper that asks one question of each of the twelve types, published."""
    names = (
        "smiley_5", "smiley_3", "yes_no", "choice", "picture", "pick", "rank", "scale", "number", "place", "text",
        "note",
    )  # fmt: skip
    survey = samples.survey(*(samples.question(name, name) for name in names))
    printed = Survey(**(vars(survey) | {"id": "every_type", "channels": ("paper",)}))
    versions.publish(printed)
    db.db.session.commit()
    return printed


def post(client: FlaskClient, batch: PaperBatch, path: str, fields: Mapping[str, str] | None = None) -> TestResponse:
    """Press a button of a batch."""
    form = accounts.form(client, "paper") | dict(fields or {})
    return client.post(f"{address(batch)}{path}?lang=en", data=form)


def address(batch: PaperBatch) -> str:
    return f"/desk/surveys/{batch.survey_id}/entry/{batch.id.hex()}"


def rows(statement: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    found = [tuple(row) for row in db.connection().exec_driver_sql(statement)]
    db.db.session.commit()
    return found
