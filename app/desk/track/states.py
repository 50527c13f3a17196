"""Which steps a finding, a proposal and a decision may take; every other step is refused with a sentence."""

from collections.abc import Mapping
from typing import Protocol

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.i18n import N_

Moves = Mapping[str, tuple[str, ...]]

FINDING: Moves = {
    "draft": ("with_peers", "dropped"),
    "with_peers": ("peer_checked", "draft", "dropped"),
    "peer_checked": ("signed", "draft", "dropped"),
    "signed": ("published", "draft"),
    "published": ("superseded",),
    "superseded": (),
    "dropped": (),
}
ANSWERS = ("accepted", "partly_accepted", "rejected")
"""What a recipient can say to a proposal. That nobody has answered is no state but a clock."""
PROPOSAL: Moves = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("evaluating", *ANSWERS, "withdrawn"),
    "evaluating": ANSWERS,
    **dict.fromkeys(ANSWERS, ("evaluating",)),
    "withdrawn": (),
}
RESEARCH: Moves = {
    "registered": ("reviewed",),
    "reviewed": ("published",),
    "published": ("withdrawn",),
    "withdrawn": (),
}
ACTION: Moves = {
    "planned": ("started", "dropped"),
    "started": ("paused", "done", "dropped"),
    "paused": ("started", "dropped"),
    "done": ("started",),
    "dropped": (),
}
DECISION: Moves = {
    "pending": ("taken", "dropped"),
    "taken": ("published",),
    "published": (),
    "dropped": (),
}
DOSSIER: Moves = {
    "frozen": ("published",),
    "published": (),
}
PHASE: Moves = {
    "planned": ("open", "cancelled"),
    "open": ("closed", "cancelled"),
    "closed": ("decided",),
    "decided": ("result_published",),
    "result_published": (),
    "cancelled": (),
}
TELLING: Moves = {
    "drafted": ("approved",),
    "approved": ("live", "retired"),
    "live": ("retired",),
    "retired": (),
}
WORDS = {
    "draft": N_("draft"),
    "with_peers": N_("with peers"),
    "peer_checked": N_("read by peers"),
    "signed": N_("signed"),
    "superseded": N_("replaced by a newer one"),
    "published": N_("published"),
    "dropped": N_("dropped"),
    "submitted": N_("submitted"),
    "withdrawn": N_("withdrawn"),
    "pending": N_("waiting for a second person"),
    "taken": N_("confirmed"),
    "evaluating": N_("being considered"),
    "accepted": N_("said yes to"),
    "partly_accepted": N_("said yes to in part"),
    "rejected": N_("said no to"),
    "registered": N_("registered"),
    "reviewed": N_("reviewed"),
    "frozen": N_("frozen"),
    "planned": N_("planned"),
    "started": N_("started"),
    "paused": N_("paused"),
    "done": N_("done"),
    "open": N_("open"),
    "closed": N_("closed"),
    "decided": N_("decided"),
    "result_published": N_("result published"),
    "cancelled": N_("cancelled"),
    "drafted": N_("drafted"),
    "approved": N_("approved, not told yet"),
    "live": N_("told"),
    "retired": N_("taken down"),
}

RELEASE_WORDS = {
    "planned": N_("waiting for a second signature"),
    "checking": N_("being checked"),
    "ready": N_("being checked"),
    "published": N_("published"),
    "failed": N_("could not be published"),
}


class StepRefused(Refusal):
    """Not from this state."""


class ChangedMeanwhile(Refusal):
    """Somebody changed the words after they were read: what is signed must be what was read."""


class OnePersonTwice(Refusal):
    """Two people are needed, and this is the first one again."""


class Stateful(Protocol):
    """What has a code, a state and a count of its changes."""

    state: str
    version: int

    @property
    def code(self) -> str: ...


def move(thing: Stateful, moves: Moves, to: str) -> None:
    """Take the step, or refuse it."""
    allow(thing, moves, to)
    thing.state = to


def allow(thing: Stateful, moves: Moves, to: str) -> None:
    """Refuse a step that is not in the table."""
    if to not in moves[thing.state]:
        raise StepRefused(
            _("This step is not possible: %(code)s is %(state)s.", code=thing.code, state=_(WORDS[thing.state]))
        )


def same_version(thing: Stateful, version: int) -> None:
    """Refuse an act on words that are no longer the ones on the page."""
    if thing.version != version:
        raise ChangedMeanwhile(
            _("Somebody has changed %(code)s since you opened it. Read it again first.", code=thing.code)
        )


def next_version(thing: Stateful | None, refusal: Refusal | None, sent: int) -> int:
    """What a form carries: the version it was made from, unless its writer has just been told of a newer one."""
    if thing is None or (refusal and not isinstance(refusal, ChangedMeanwhile)):
        return sent
    return thing.version
