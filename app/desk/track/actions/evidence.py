"""What shows that something was done: laid there by the council or by the place itself, and let out by the council."""

from datetime import date

from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import public_words, states, web_addresses
from app.desk.track.actions import in_public
from app.desk.track.actions.actions import RUNNING, ActionRefused
from app.desk.track.actions.models import LONGEST_LINE, Action, Evidence


def may_give(user: User, action: Action) -> bool:
    """The council, and those who work at the place that does it."""
    is_own_place = user.role == "staff" and user.site_code is not None and user.site_code == action.site_code
    return action.state in RUNNING and (user.role == "council" or is_own_place)


def give(action: Action, text: str, link: str, by: User, today: date) -> None:
    """Lay evidence beside it. What the council writes is public at once; what a place writes, when it is let out."""
    if not may_give(by, action):
        raise states.StepRefused(_("%(code)s is over.", code=action.code))
    if not 0 < len(text) <= LONGEST_LINE:
        raise ActionRefused(_("Write what shows it in at most %(most)s characters.", most=LONGEST_LINE))
    public_words.check(text)
    web_addresses.check(link)
    shown_by = by.id if by.role == "council" else None
    action.evidence.append(
        Evidence(
            number=len(action.evidence) + 1,
            text=text,
            link=link,
            given_on=today,
            given_by_id=by.id,
            shown_by_id=shown_by,
        )
    )
    _changed(action, today)


def let_out(action: Action, number: int, by: User, today: date) -> None:
    """Let everybody read what the place has written."""
    found = next((one for one in action.evidence if one.number == number and one.shown_by_id is None), None)
    if found is None:
        raise ActionRefused(_("There is no such line, or everybody can read it already."))
    found.shown_by_id = by.id
    _changed(action, today)


def shown(action: Action) -> list[Evidence]:
    """What everybody can read."""
    return [one for one in action.evidence if one.shown_by_id is not None]


def _changed(action: Action, today: date) -> None:
    action.version += 1
    in_public.show(action, today)
