"""What is done about a case: raise, assess, decide, review, close, open the text. Views commit.

An act is written down with the id of the case, never of the text: once the case is closed, nobody can find the
way back from the audit trail to what somebody wrote.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _

from app.core import weeks
from app.core.clock import COPENHAGEN
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, opening, states, tagging, undoing
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import aside
from app.desk.moderation.safeguarding import due, queries, wording

FOLLOWING = {"raised": "assessed", "assessed": "decided", "decided": "reviewed"}
"""The step each button of an open case leads to; every open case can be closed besides."""
ASKED: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "assessed": {"sensitivity": wording.SENSITIVITIES, "criticality": wording.CRITICALITIES},
    "decided": {"status": wording.STATUSES},
    "reviewed": {"status": wording.STATUSES, "loop": wording.LOOPS},
    "closed": {"outcome": wording.OUTCOMES, "afterwards": wording.AFTERWARDS},
}
"""What must be said at each step."""


@undoing.remembered("escalate")
def raise_(item: AnyRow, version: int, concern: str, by: User, today: date) -> None:
    """Take a text out of the queue and open a case about it. An approved one is read anew should it come back."""
    changing.check(item, version, states.ESCALATED)
    if concern not in wording.CONCERNS:
        raise changing.NotYet(_("Choose what worries you."))
    kept = aside.take(item, by) if item.state in states.READABLE else {}
    nothing = {"agreed_by": None, "reason": None, "note": None}
    changing.change(item, version, state=states.ESCALATED, decided_by=by.id, **nothing, **kept)
    case_id = secrets.token_bytes(16)
    queries.add(
        id=case_id,
        item_id=item.answer_id,
        step="raised",
        concern=concern,
        sensitivity="unclear",
        criticality="unclear",
        status="review",
        site_kind=item.site_kind,
        quarter=quarter_of(item.week),
        due=due.first(today),
    )
    audit.record("case.raise", case_id.hex(), detail=concern)


def advance(case: AnyRow, chosen: Mapping[str, str]) -> None:
    """Take a case one step further with what was chosen."""
    step = FOLLOWING[case.step]
    said = _said(step, chosen)
    _move(case, step=step, due=due.after(case.step, case.due, step), **said)
    audit.record("case.step", case.id.hex(), detail=step)


def close(case: AnyRow, item: AnyRow, chosen: Mapping[str, str], by: User, today: date) -> None:
    """Close a case: the text goes where it belongs, the way to it is cut, and little is left of the rest."""
    said = _said("closed", chosen)
    if item.state == states.ESCALATED:
        _let_go(item, by, is_left_out=said["afterwards"] == "leave_out")
    nothing = dict.fromkeys(("item_id", "concern", "sensitivity", "criticality", "status", "loop"))
    _move(case, step="closed", outcome=said["outcome"], due=due.forgotten(today), **nothing)
    queries.forget_undoing(item.answer_id)
    audit.record("case.close", case.id.hex(), detail=said["outcome"])


def look(case: AnyRow, item: AnyRow, reason: str) -> Opened:
    """The text itself, for this answer only. That it was opened is written down; its words are not."""
    opened = opening.open_(item)
    if reason not in wording.LOOKS:
        raise changing.NotYet(_("Choose why you need to read it."))
    audit.record("case.look", case.id.hex(), detail=reason)
    return opened


def is_about(response_id: bytes) -> bool:
    """Whether somebody is worried about a text of this response just now."""
    return queries.is_about(response_id)


def forget(now: datetime) -> int:
    """Delete the closed cases whose twelve months are over; how many."""
    return queries.delete_closed(now.astimezone(COPENHAGEN).date())


def moved_on() -> changing.Changed:
    """The form was made for an earlier step."""
    return changing.Changed(_("A colleague took this case a step further. Look at it once more."))


def quarter_of(week: str) -> str:
    """'2026-Q1' of a week."""
    year, month = weeks.month_of_week(week).split("-")
    return f"{year}-Q{(int(month) + 2) // 3}"


def _let_go(item: AnyRow, by: User, *, is_left_out: bool) -> None:
    """Back to the queue, or left out: then who raised the case and who closes it are the two people that takes."""
    if is_left_out:
        if item.decided_by == by.id:
            raise changing.NotYet(_("You raised this case yourself. A colleague must agree that the text is left out."))
        left_out = {"state": states.REJECTED, "reason": "harm", "decided_by": item.decided_by, "agreed_by": by.id}
        changing.change(item, item.version, **left_out)
        tagging.tell_receipt(item.response_id)
    else:
        changing.change(item, item.version, state=states.WAITING, decided_by=None, agreed_by=None, reason=None)


def _said(step: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """What the form says, all of it from the lists."""
    said = {name: chosen.get(name, "") for name in ASKED[step]}
    if any(value not in ASKED[step][name] for name, value in said.items()):
        raise changing.NotYet(_("Choose an answer to each question."))
    return said


def _move(case: AnyRow, **values: object) -> None:
    if not queries.move(case.id, case.step, **values):
        raise moved_on()
