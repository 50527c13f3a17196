"""How an action ends: seen done by a second person, dropped with a reason, or taken up again because it was not done.

Either end is told back where the voices came from, and a clock runs until it is (app/desk/track/clocks.py).
"""

from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import public_words, states
from app.desk.track.actions import evidence, in_public, queries
from app.desk.track.actions.actions import ActionRefused
from app.desk.track.actions.models import Action
from app.desk.track.telling import telling

SECONDS = ("council", "moderator")
"""Who may say that they have seen it."""


def see_done(action: Action, second: User, today: date) -> None:
    """A second person has seen it: not who said it was done and, where there is another, nobody of the owner's."""
    states.allow(action, states.ACTION, "done")
    if action.progress < 100 or action.set_by_id is None:
        raise ActionRefused(_("%(code)s is not at 100 per cent yet.", code=action.code))
    if second.id == action.set_by_id:
        raise states.OnePersonTwice(_("You said that it is done. Another person must have seen it."))
    if not evidence.shown(action):
        raise ActionRefused(
            _("The Council lets everybody read what shows it first.")
            if action.evidence
            else _("Write first what shows that it is done.")
        )
    if belongs_to_owner(second, action) and _has_outsider(action):
        raise states.OnePersonTwice(_("Somebody from outside those who did it must have seen it."))
    action.checked_by_id, action.ended_on = second.id, today
    _end(action, "done", today)


def drop(action: Action, reason: str, today: date, *, result: str = "") -> None:
    """It will not be done. The reason is told back like a success."""
    states.allow(action, states.ACTION, "dropped")
    if not reason:
        raise ActionRefused(_("Write why it will not be done. Everybody can read it."))
    if action.is_trial and not (result or action.result):
        raise ActionRefused(_("Write what the trial showed. A trial ends with a result, either way."))
    public_words.check(reason, result)
    action.dropped_because, action.ended_on = reason, today
    action.result = result or action.result
    _end(action, "dropped", today)


def reopen(action: Action, reason: str, today: date) -> None:
    """Not done after all: it goes on, and what was told is taken down."""
    if action.state != "done":
        raise states.StepRefused(_("%(code)s is not done.", code=action.code))
    if not reason:
        raise ActionRefused(_("Write what is not done after all. Everybody can read it."))
    public_words.check(reason)
    states.move(action, states.ACTION, "started")
    action.reopened_because, action.ended_on, action.checked_by_id = reason, None, None
    action.set_by_id = None  # so that somebody says anew that it is done before it is seen again
    action.version += 1
    _take_down(action, today)
    in_public.show(action, today)


def belongs_to_owner(user: User, action: Action) -> bool:
    """Whether this person works where it is done: at the place or, where the Council does it, in the Council."""
    if action.site_code:
        return user.site_code == action.site_code
    return action.owner_kind == "council" and user.role == "council"


def _take_down(action: Action, today: date) -> None:
    told = [one.mark for one in telling.of(action.code) if one.state in ("approved", "live")]
    if told:
        telling.take_down(action.code, told, today)


def _has_outsider(action: Action) -> bool:
    return queries.somebody_outside(action.site_code, SECONDS, but=action.set_by_id)


def _end(action: Action, state: str, today: date) -> None:
    states.move(action, states.ACTION, state)
    action.version += 1
    in_public.show(action, today)
    telling.go_live(action.code, today)
