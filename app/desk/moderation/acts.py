"""What each button of a text does; the word it gives back is what the live region says. Views commit."""

from collections.abc import Callable

from flask_babel import gettext as _

from app.core import clock
from app.desk.accounts.models import User
from app.desk.moderation import forms, masks, opening, queries, reading, states, tagging, undoing
from app.desk.moderation.forms import Form
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import remasking
from app.desk.moderation.safeguarding import cases
from app.desk.moderation.similar import groups
from app.desk.moderation.suggesting import showing
from app.desk.moderation.translating import translations


def _approve(item: AnyRow, form: Form, me: User) -> str:
    decision = forms.decision(form)
    with undoing.remembering(me, "approve", item.answer_id):
        if form.get("group"):
            groups.give(item, opening.open_(item).masked, decision.chosen.keys, form["group"], me)
        reading.approve(item, decision, me)
    return "approved"


def _reject(item: AnyRow, form: Form, me: User) -> str:
    is_done = reading.reject(item, forms.version(form), form.get("reason", ""), form.get("note", ""), me)
    return "rejected" if is_done else "asked"


def _hold(item: AnyRow, form: Form, me: User) -> str:
    reading.hold(item, forms.version(form), form.get("reason", ""), me)
    return "held"


def _escalate(item: AnyRow, form: Form, me: User) -> str:
    cases.raise_(item, forms.version(form), form.get("concern", ""), me, clock.today())
    return "escalated"


def _mask(item: AnyRow, form: Form, me: User) -> str:
    masks.mask(item, forms.words(form), form.get("type", ""), form.get("wording", ""), me)
    return "pointed" if "pointed" in form else "masked"


def _mask_more(item: AnyRow, form: Form, me: User) -> str:
    words, type_ = forms.words(form), form.get("type", "")
    remasking.mask_more(item, forms.version(form), words, type_, form.get("wording", ""), me)
    return "masked"


def _translate(item: AnyRow, form: Form, me: User) -> str:
    translations.save(item, forms.version(form), form.get("translation", ""), me)
    return "translated"


def _unmask(item: AnyRow, form: Form, me: User) -> str:
    masks.unmask(item, forms.place(form), form.get("reason", ""), me)
    return "unmasked"


def _cover(item: AnyRow, form: Form, me: User) -> str:
    with undoing.remembering(me, "cover", item.answer_id):
        masks.mask_again(item, forms.place(form))
    return "covered"


def _reopen(item: AnyRow, form: Form, me: User) -> str:
    reading.reopen(item, forms.version(form), me)
    return "reopened"


def _tag(item: AnyRow, form: Form, me: User) -> str:
    statement = queries.statement(item.answer_id, me)
    if statement is None:
        raise states.NotAllowed(_("Only an approved text can have themes."))
    key = form.get("code", "")
    is_off = form.get("set") == "off"
    with undoing.remembering(me, "untag" if is_off else "tag", item.answer_id, code=key):
        if is_off:
            tagging.untag(statement.id, key)
        else:
            answered = forms.answered(form)
            tagging.tag(statement.id, key, me, source="accepted" if answered.shown else "manual")
            showing.keep(statement.id, statement.translation or statement.text, answered, {key})
    tagging.tell_receipt(statement.response_id)
    return "tagged"


Act = Callable[[AnyRow, Form, User], str]
DECISIONS: dict[str, Act] = {"approve": _approve, "reject": _reject, "hold": _hold, "escalate": _escalate}
CHANGES: dict[str, Act] = {
    "mask": _mask, "unmask": _unmask, "cover": _cover, "reopen": _reopen, "tag": _tag,
    "remask": _mask_more, "translate": _translate,
}  # fmt: skip
DECIDED: dict[str, tuple[str, ...]] = {
    "approve": states.READABLE,
    "reject": (states.REJECTED, states.WAITING),
    "hold": (states.HELD,),
    "escalate": (states.ESCALATED,),
}
"""Where each decision leads, to know a form that is sent twice."""
REPEATED = {
    states.APPROVED: "approved", states.APPROVED_MASKED: "approved", states.REJECTED: "rejected",
    states.WAITING: "asked", states.HELD: "held", states.ESCALATED: "escalated",
}  # fmt: skip
