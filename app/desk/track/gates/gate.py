"""The gate of a phase: ten points, each met, or not met because of a reason that a named role has written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import i18n
from app.core.db import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.track import public_words
from app.desk.track.gates import points, queries
from app.desk.track.gates.points import Found
from app.desk.track.phases.models import NEVER_WAIVED, SHORTEST_REASON, GateReason, Phase

NAMES = {
    1: N_("The texts are read, and it is printed how many are not"),
    2: N_("One text in ten is coded by two people, and their agreement is worked out"),
    3: N_("The figures of every period are published"),
    4: N_("Every finding is read by peers, signed and published"),
    5: N_("Research has been asked for and registered"),
    6: N_("It is shown who was heard, and who is missing"),
    7: N_("Every finding says what speaks against it"),
    8: N_("Every finding and all research is considered or set aside with a reason"),
    9: N_("Every proposal is answered, or its clock runs in public"),
    10: N_("What is told back is approved in Danish and for text messages"),
}
ROLE_NAMES = {"council": N_("The Council"), "moderator": N_("The moderators")}
"""Roles that may write why a point is not met."""


class GateRefused(Refusal):
    """What is missing before a phase can go on."""


@dataclass(frozen=True)
class Point:
    """One point as it stands: what was found, and the reason where it is not met."""

    number: int
    found: Found
    reason: GateReason | None

    @property
    def is_met(self) -> bool:
        """Whether the point itself is fulfilled, whatever reason is written."""
        return self.found.is_met

    @property
    def is_in_order(self) -> bool:
        """Whether the phase may go on for all this point knows."""
        return self.is_met or self.reason is not None

    @property
    def can_be_waived(self) -> bool:
        """Whether a reason may stand in for it."""
        return self.number not in NEVER_WAIVED

    def name(self, lang: str) -> str:
        """What must be in order."""
        return i18n.translate(lang, NAMES[self.number])

    def says(self, lang: str) -> str:
        """What is missing, or '' where nothing is."""
        return self.found.says(lang)

    def by_role(self, lang: str) -> str:
        """Who says why it is not met, or '' where nobody must."""
        return i18n.translate(lang, ROLE_NAMES[self.reason.role]) if self.reason and not self.is_met else ""


def stands(phase: Phase, today: date) -> list[Point]:
    """Every point of the phase, worked out now from what there is."""
    reasons = {one.point: one for one in queries.gate_reasons(phase.key)}
    found = points.Gathered(phase, today)
    return [Point(number, points.CHECKS[number](found), reasons.get(number)) for number in phase.gate]


def open_points(stood: Sequence[Point]) -> list[Point]:
    """Those that hold the phase back."""
    return [point for point in stood if not point.is_in_order]


def give_reason(phase: Phase, number: int, because: str, by: User) -> None:
    """Write why a point is not met; a new reason takes the place of the old one until it is decided."""
    if phase.state not in ("open", "closed") or number not in phase.gate:
        raise GateRefused(_("This gate cannot be changed now."))
    if number in NEVER_WAIVED:
        raise GateRefused(_("No reason can stand in for this point."))
    if len(because.strip()) < SHORTEST_REASON:
        raise GateRefused(_("Write the reason, at least %(least)s characters.", least=SHORTEST_REASON))
    public_words.check(because)
    kept = queries.gate_reason(phase.key, number) or GateReason(phase_key=phase.key, point=number)
    kept.because, kept.role, kept.by_id = because.strip(), by.role, by.id
    db.session.add(kept)
    phase.version += 1


def refuse_open(stood: Sequence[Point]) -> None:
    """Refuse to go on while a point is neither met nor explained, naming each."""
    missing = open_points(stood)
    if missing:
        named = "; ".join(f"{point.number}. {point.name(i18n.current())}" for point in missing)
        raise GateRefused(_("Not in order yet: %(points)s.", points=named))
