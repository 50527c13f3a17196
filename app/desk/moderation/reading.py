"""What a moderator decides about a text: approve, reject, set aside, read again. Views commit."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.core.folding import fold
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, masks, opening, queries, states, tagging, undoing
from app.desk.moderation.marks import Mark
from app.desk.moderation.models import Statement
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import aside
from app.desk.moderation.rereading import draw
from app.desk.moderation.rereading import queries as rereading
from app.desk.moderation.suggesting import showing
from app.desk.moderation.suggesting.showing import Answered
from app.desk.moderation.tagging import Chosen
from app.desk.moderation.translating import translations
from app.privacy import masking

ASKED = ("rare", "group", "date", "staff", "wording")
"""What no tool can see, asked before every approval."""
SHORTEST_NOTE = 10
LONGEST_NOTE = 200


class StillThere(Refusal):
    """The masker still sees something in the text that is about to be approved."""

    def __init__(self, sentence: str, found: Sequence[Mark]) -> None:
        super().__init__(sentence)
        self.found = tuple(found)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an approval says besides yes."""

    version: int
    asked: frozenset[str]
    chosen: Chosen
    chips: Answered = Answered()
    """What was suggested on the page, and what was refused of it."""
    translation: str | None = None
    """As typed; None where the form had no room for one."""


@undoing.remembered("approve")
def approve(item: AnyRow, decision: Decision, by: User) -> None:
    """Make the statement with its codes, tell the receipt, and write it down: all of it or nothing."""
    changing.check(item, decision.version, states.APPROVED)
    opened = opening.open_(item)
    state = states.APPROVED_MASKED if opened.marks else states.APPROVED
    if decision.asked != set(ASKED):
        raise changing.NotYet(_("Answer all five questions before you approve."))
    if found := opened.left_over():
        raise StillThere(_("Something in the text still looks personal. Mask it or keep it with a reason."), found)
    if not opened.masked.strip():
        raise changing.NotYet(_("There is nothing left to read. Reject it instead."))
    changing.change(
        item, decision.version, state=state, decided_by=by.id, agreed_by=None, reason=None, note=None,
        masker_version=masking.version(), translation=None, translated_by=None,
    )  # fmt: skip
    masks.take_over(item, opened.marks, by)
    translation, translator = translations.of(item, decision.translation, by)
    statement = _statement(item, opened.masked, by, translation=translation, translator=translator)
    codes_back = aside.give_back(item.answer_id, statement.id, decision.chosen.keys)
    tagging.set_all(statement.id, decision.chosen.without(codes_back), by)
    showing.keep(statement.id, statement.translation or opened.masked, decision.chips, decision.chosen.keys)
    tagging.tell_receipt(item.response_id)
    audit.record("text.approve", count=1)


@undoing.remembered("reject")
def reject(item: AnyRow, version: int, reason: str, note: str, by: User) -> bool:
    """Reject with a reason; False if a second moderator must agree first."""
    changing.check(item, version, states.REJECTED)
    if reason not in states.REJECT_REASONS:
        raise changing.NotYet(_("Choose why it is rejected."))
    note = masks.without_names(note)[:LONGEST_NOTE]
    if reason == "other" and len(note) < SHORTEST_NOTE and not _is_second(item, reason, by):
        raise changing.NotYet(_("Say in a few words why it is rejected (at least 10 letters)."))

    before = rereading.pending(item.answer_id)
    if before:  # two people have now said no, neither knowing of the other
        agreed_by = before.first_by if reason in states.NEED_SECOND else None
        _settle_rejection(item, version, reason, note, (by.id, agreed_by))
        return True
    if reason in states.NEED_SECOND and not _is_second(item, reason, by):
        asked = {"state": states.WAITING, "reason": reason, "note": note or None}
        changing.change(item, version, **asked, decided_by=by.id, agreed_by=None)
        audit.record("text.ask_reject", count=1)
        return False
    if reason in states.NEED_SECOND:
        _settle_rejection(item, version, reason, item.note, (item.decided_by, by.id))
    else:
        _settle_rejection(item, version, reason, note, (by.id, None))
    return True


@undoing.remembered("hold")
def hold(item: AnyRow, version: int, reason: str, by: User) -> None:
    """Set a text aside."""
    changing.check(item, version, states.HELD)
    if reason not in states.HOLD_REASONS:
        raise changing.NotYet(_("Choose why it is set aside."))
    changing.change(item, version, state=states.HELD, reason=reason, note=None, decided_by=by.id, agreed_by=None)
    audit.record("text.hold", count=1)


@undoing.remembered("reopen")
def reopen(item: AnyRow, version: int, by: User) -> None:
    """Back to the queue, to be read again. An approved text counts nowhere until then; its codes are kept aside."""
    changing.check(item, version, states.WAITING)
    kept = aside.take(item, by) if item.state in states.READABLE else {}
    rereading.forget(item.answer_id)
    nobody = {"reason": None, "note": None, "decided_by": None, "agreed_by": None}
    changing.change(item, version, state=states.WAITING, **nobody, **kept)
    audit.record("text.reopen", count=1)


def is_done_already(item: AnyRow, version: int, to: tuple[str, ...], by: User) -> bool:
    """Whether this form was sent before and did its work: the second press of a button changes nothing."""
    return item.version == version + 1 and item.state in to and by.id in (item.decided_by, item.agreed_by)


def _settle_rejection(
    item: AnyRow, version: int, reason: str, note: str | None, people: tuple[bytes, bytes | None]
) -> None:
    """Rejected by one, or by one and another who agreed; or drawn to be read again as if nobody had decided."""
    decided_by, agreed_by = people
    rejected: dict[str, Any] = {"state": states.REJECTED, "reason": reason, "note": note or None}
    rejected |= {"decided_by": decided_by, "agreed_by": agreed_by}
    if draw.draw(item, reason, people):
        rejected = {"state": states.WAITING} | dict.fromkeys(("reason", "note", "decided_by", "agreed_by"))
    changing.change(item, version, **rejected)
    tagging.tell_receipt(item.response_id)
    audit.record("text.agree_reject" if agreed_by else "text.reject", count=1)


def _is_second(item: AnyRow, reason: str, by: User) -> bool:
    return bool(item.state == states.WAITING and item.reason == reason and item.decided_by not in (None, by.id))


def _statement(item: AnyRow, text: str, by: User, *, translation: str | None, translator: bytes | None) -> Statement:
    statement = Statement(
        id=secrets.token_bytes(16),
        response_id=item.response_id,
        answer_id=item.answer_id,
        voice=queries.voice_of(item.response_id) or secrets.token_bytes(16),
        site_code=item.site_code,
        text=text,
        folded=fold("\n".join(filter(None, (text, translation)))),
        translation=translation,
        translator=translator,
        lang=item.lang,
        week=item.week,
        approved_by=by.id,
    )
    db.db.session.add(statement)
    db.db.session.flush()
    return statement
