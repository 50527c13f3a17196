"""Actions: planned because of a decision or a yes, started, paused, and moved along step by step."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import cell_references, public_words, states
from app.desk.track import queries as track
from app.desk.track.actions import in_public
from app.desk.track.actions.models import LONGEST_LINE, LONGEST_TITLE, Action, Milestone
from app.desk.track.decisions.models import Decision
from app.desk.track.proposals.models import RECIPIENTS, Proposal
from app.surveys import sites

LONGEST_NAME = 120
RUNNING = ("planned", "started", "paused")
"""The states in which something is still to come."""


class ActionRefused(Refusal):
    """What an action lacks."""


@dataclass(frozen=True)
class Words:
    """What is to be done, by whom, and by which day."""

    title: str
    owner: str
    owner_kind: str
    site_code: str | None
    due: date | None
    is_trial: bool = False


@dataclass(frozen=True)
class Ground:
    """What it carries out: a public decision, a proposal with a yes, or both."""

    decision: Decision | None = None
    proposal: Proposal | None = None


def plan(words: Words, ground: Ground, today: date) -> Action:
    """A new action, public from today."""
    _check(words, ground, today)
    action = Action(number=track.next_number(Action), **vars(words), state="planned", version=1, progress=0)
    action.decision, action.proposal = ground.decision, ground.proposal
    db.db.session.add(action)
    db.db.session.flush()
    in_public.show(action, today)
    return action


def edit(action: Action, words: Words, ground: Ground, today: date) -> None:
    """Change what has not begun. Afterwards the words and the day stand as they were promised."""
    if action.state != "planned":
        raise states.StepRefused(_("%(code)s has begun and cannot be changed any more.", code=action.code))
    _check(words, ground, today)
    for name, value in vars(words).items():
        setattr(action, name, value)
    action.decision, action.proposal = ground.decision, ground.proposal
    _changed(action, today)


def start(action: Action, today: date) -> None:
    """Begun, or begun again after a pause."""
    if action.state not in ("planned", "paused"):
        raise states.StepRefused(_("%(code)s does not wait to be started.", code=action.code))
    states.move(action, states.ACTION, "started")
    action.started_on = action.started_on or today
    _changed(action, today)


def pause(action: Action, today: date) -> None:
    """Held for a while; the day it is due stays."""
    states.move(action, states.ACTION, "paused")
    _changed(action, today)


def set_progress(action: Action, progress: int, by: User, today: date, *, result: str = "") -> None:
    """How far it is, in per cent. At 100 it waits for a second person who has seen it."""
    if action.state != "started":
        raise states.StepRefused(_("Start %(code)s first.", code=action.code))
    if not 0 <= progress <= 100:
        raise ActionRefused(_("How far it is, is a number from 0 to 100."))
    if progress == 100 and action.is_trial and not result:
        raise ActionRefused(_("Write what the trial showed. A trial ends with a result, either way."))
    public_words.check(result)
    action.progress, action.set_by_id, action.result = progress, by.id, result
    _changed(action, today)


def add_milestone(action: Action, text: str, today: date) -> None:
    """One more step on the way."""
    _check_runs(action)
    if not 0 < len(text) <= LONGEST_LINE:
        raise ActionRefused(_("Write the step in at most %(most)s characters.", most=LONGEST_LINE))
    public_words.check(text)
    action.milestones.append(Milestone(number=len(action.milestones) + 1, text=text))
    _changed(action, today)


def reach(action: Action, number: int, today: date) -> None:
    """A step is reached today."""
    _check_runs(action)
    milestone = next((one for one in action.milestones if one.number == number), None)
    if milestone is None or milestone.done_on:
        raise ActionRefused(_("There is no such step, or it is reached already."))
    milestone.done_on = today
    _changed(action, today)


def _check_runs(action: Action) -> None:
    if action.state not in RUNNING:
        raise states.StepRefused(_("%(code)s is over.", code=action.code))


def _changed(action: Action, today: date) -> None:
    action.version += 1
    in_public.show(action, today)


def _check(words: Words, ground: Ground, today: date) -> None:
    if not 0 < len(words.title) <= LONGEST_TITLE:
        raise ActionRefused(_("Write what will be done in at most %(most)s characters.", most=LONGEST_TITLE))
    if words.owner_kind not in RECIPIENTS or not 0 < len(words.owner) <= LONGEST_NAME:
        raise ActionRefused(_("Write who will do it."))
    if words.site_code and sites.by_code(words.site_code) is None:
        raise ActionRefused(_("Choose the place from the list."))
    if words.due is None or words.due <= today:
        raise ActionRefused(_("Write by which day it will be done, after today."))
    _check_ground(ground)
    cell_references.check_published(words.title)
    public_words.check(words.title)


def _check_ground(ground: Ground) -> None:
    is_decided = ground.decision is not None and ground.decision.state == "published"
    is_agreed = ground.proposal is not None and ground.proposal.state in states.ANSWERS[:2]
    if (ground.decision and not is_decided) or (ground.proposal and not is_agreed) or not (is_decided or is_agreed):
        raise ActionRefused(_("An action carries out a public decision or a proposal somebody has said yes to."))
