"""Pages of the second coding: coding blind, what two disagree on, and settling it."""

import re
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import queries as people
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation import forms, labels
from app.desk.moderation.codebook import codes
from app.desk.moderation.dealing import counting
from app.desk.moderation.memos import memos
from app.desk.moderation.memos import queries as notes
from app.desk.moderation.memos.memos import Target
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.second_coding import coding, queries, settling
from app.desk.moderation.tagging import Chosen

pages = Blueprint("second_coding", __name__, url_prefix="/desk")
FORM = "second"
SHOWN = 100
"""Counts stop here, as those of the queues do."""
SAID = {"second": N_("Saved. Here is the next one."), "agreed": N_("Settled. All three codings are kept.")}
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@pages.get("/second")
@access("moderator")
def second() -> Response:
    """A text to code blind, or that none waits."""
    db.begin_reading()
    me, after = session.user(), request.args.get("after", "")
    skipped = bytes.fromhex(after) if _ID.fullmatch(after) else None
    due = queries.next_due(me, after=skipped) if skipped else coding.next_due(me)
    return _blind(queries.statement(due, me) if due else None)


@pages.post("/second")
@access("moderator")
def code_second() -> AnyResponse:
    """One person's codes for a text whose first codes they have not seen."""
    me, statement = session.user(), _statement(request.form.get("statement", ""))
    chosen = _chosen()
    try:
        session.check_form(FORM)
        if not queries.is_same(statement.id, me, coding.SECOND, _keys(chosen)):
            coding.code(statement, chosen, me)
            _remember_doubt(statement, me)
    except Refusal as refusal:
        return _blind(_again(statement, refusal), 422, problem=_(str(refusal)), chosen=chosen)
    db.db.session.commit()
    counting.forget()
    return redirect(url_for("second_coding.second", said="second"), 303)


@pages.get("/disagreements")
@access("moderator")
def disagreements() -> Response:
    """What two people read differently, by the codes that stand against each other."""
    db.begin_reading()
    found = settling.groups(session.user())
    waiting = {one.statement.id for group in found for one in group.found}
    return _page("disagreements", groups=found, waiting=len(waiting), most=settling.MOST)


@pages.get("/disagreements/<statement_id>")
@access("moderator")
def disagreement(statement_id: str) -> Response:
    """One text beside what both said."""
    db.begin_reading()
    return _settling(_statement(statement_id))


@pages.post("/disagreements/<statement_id>")
@access("moderator")
def settle(statement_id: str) -> AnyResponse:
    """What counts from now on."""
    me, statement = session.user(), _statement(statement_id)
    chosen = _chosen()
    try:
        session.check_form(FORM)
        if not queries.is_same(statement.id, me, settling.AGREED, _keys(chosen)):
            settling.settle(statement, chosen, me)
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _settling(_statement(statement_id), 422, problem=_(str(refusal)), chosen=chosen)
    db.db.session.commit()
    counting.forget()
    return redirect(url_for("second_coding.disagreements", said="agreed"), 303)


def _remember_doubt(statement: AnyRow, me: User) -> None:
    """What the second coder was in doubt about, for the talk afterwards."""
    words = request.form.get("memo", "").strip()
    if words and statement.answer_id:
        memos.write(Target("text", statement.answer_id.hex()), words, me)


def _blind(statement: AnyRow | None, status: int = 200, **more: Any) -> Response:
    due = queries.count_due(session.user(), most=SHOWN)
    return _page("second", status, statement=statement, due=f"{SHOWN}+" if due >= SHOWN else due, **more)


def _settling(statement: AnyRow, status: int = 200, **more: Any) -> Response:
    found = settling.disagreement(statement)
    if found is None:
        abort(404)
    said = {"statement": statement, "found": found, "coders": _coders(found), "chosen": _what_both_said(found)}
    noted = notes.of_text(statement.answer_id) if statement.answer_id else notes.of_statement(statement.id)
    return _page("disagreement", status, **{**said, "memos": noted, **more})


def _coders(found: settling.Disagreement) -> dict[str, list[str]]:
    names = {user.id: user.display_name for user in people.users()}
    return {
        name: [names[one] for one in sorted(found.rounds.coders[name]) if one in names] for name in ("first", "second")
    }


def _what_both_said(found: settling.Disagreement) -> Chosen:
    (first, other), kinds = settling.themes_of(found.rounds), settling.types_of(found.rounds)
    return Chosen(codes=first & other, type=next(iter(kinds[0] & kinds[1]), None))


def _page(name: str, status: int = 200, **context: Any) -> Response:
    said = SAID.get(request.args.get("said", ""))
    return hypermedia.render(
        f"desk/moderation/second_coding/{name}.html", f"desk/moderation/second_coding/_{name}.html", status,
        book=codes.book(), labels=labels, in_danish=i18n.current() == "da", form_id=FORM,
        said=_(said) if said else None, **context,
    )  # fmt: skip


def _statement(statement_id: str) -> AnyRow:
    """The statement of this id; 404 alike for one that is unknown and one behind the wall."""
    found = queries.statement(bytes.fromhex(statement_id), session.user()) if _ID.fullmatch(statement_id) else None
    return found if found is not None else abort(404)


def _again(statement: AnyRow, refusal: Refusal) -> AnyRow | None:
    """The same text for another try; not where somebody else has coded it."""
    db.db.session.rollback()
    db.begin_reading()
    return None if isinstance(refusal, coding.NotYours) else statement


def _chosen() -> Chosen:
    return forms.chosen(request.form)


def _keys(chosen: Chosen) -> frozenset[str]:
    return chosen.keys
