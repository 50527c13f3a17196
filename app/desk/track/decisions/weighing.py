"""Both lists of a decision: nothing heard and nothing studied is left out, and what is set aside has its own reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.track import cell_references, public_words
from app.desk.track import queries as track
from app.desk.track.decisions import queries
from app.desk.track.decisions.models import SHORTEST_REASON, Decision, Weighed
from app.desk.track.findings import publicity
from app.desk.track.proposals import in_public as asked
from app.desk.track.research import in_public as studied

LISTS = {"considered": N_("Considered"), "set_aside": N_("Set aside")}


class WeighingRefused(Refusal):
    """Something of the phase is in no list, or set aside without a reason of its own."""


@dataclass(frozen=True)
class Item:
    """A finding or a piece of research that must stand in one of the lists."""

    code: str
    says: str


@dataclass(frozen=True)
class Lists:
    """What was considered, and what was set aside for which reason, by code."""

    considered: tuple[str, ...]
    set_aside: Mapping[str, str]


def items(phase_key: str) -> list[Item]:
    """Everything that a decision of this phase weighs: its public findings, then its public research.

    What belongs to no phase, or to one that was cancelled, is weighed by whichever decision comes next.
    """
    found = [Item(one.code, cell_references.shown(one.claim)) for one in queries.findings_out(phase_key)]
    return found + [Item(one.code, f"{one.title} ({one.institution})") for one in queries.research_out(phase_key)]


def codes(phase_key: str) -> list[str]:
    """Their codes."""
    return [one.code for one in queries.findings_out(phase_key)] + [one.code for one in queries.research_out(phase_key)]


def check(lists: Lists) -> None:
    """Refuse a code in both lists, a reason that is too short, and the same reason twice."""
    reasons = {code: reason.strip() for code, reason in lists.set_aside.items()}
    if twice := set(lists.considered) & set(reasons):
        raise WeighingRefused(_("%(codes)s: considered or set aside, not both.", codes=_named(twice)))
    if short := [code for code, reason in reasons.items() if len(reason) < SHORTEST_REASON]:
        raise WeighingRefused(
            _(
                "Write why %(codes)s is set aside, at least %(least)s characters.",
                codes=_named(short),
                least=SHORTEST_REASON,
            )
        )
    if copies := _copied(reasons):
        raise WeighingRefused(_("%(codes)s: each needs a reason of its own, not the same one.", codes=_named(copies)))
    public_words.check(*reasons.values())


def put(decision: Decision, lists: Lists) -> None:
    """Write both lists; what stood there before is gone."""
    rows: list[tuple[str, str | None]] = [(code, None) for code in lists.considered]
    rows += [(code, reason.strip()) for code, reason in lists.set_aside.items()]
    decision.weighed = [
        Weighed(code=code, position=nth, reason=reason) for nth, (code, reason) in enumerate(_in_order(rows), 1)
    ]


def missing(decision: Decision) -> str:
    """The sentence that names what of the phase it leaves out; '' when nothing is."""
    listed = {one.code for one in decision.weighed}
    left_out = [code for code in codes(decision.phase_key or "") if code not in listed]
    if not left_out:
        return ""
    said: str = _("In neither list: %(codes)s. Everything heard is considered or set aside.", codes=_named(left_out))
    return said


def refuse_missing(decision: Decision) -> None:
    """Refuse to take a decision that leaves something out, or weighs what is not of the phase, naming it."""
    if left_out := missing(decision):
        raise WeighingRefused(left_out)
    there = codes(decision.phase_key or "")
    if strange := [one.code for one in decision.weighed if one.code not in there]:
        raise WeighingRefused(_("Not published in this phase any more: %(codes)s.", codes=_named(strange)))


def take_in(decision: Decision, today: date) -> None:
    """What belonged to no phase belongs to that of the decision which weighed it, here and where citizens read."""
    key = decision.phase_key or ""
    for finding in queries.findings_out(key):
        if finding.phase != key:
            finding.phase = key
            publicity.show(finding, today)
            for proposal in track.proposals_on(finding.number):
                if proposal.submitted_on:
                    asked.show(proposal, today)
    for research in queries.research_out(key):
        if research.phase_key != key:
            research.phase_key = key
            studied.show(research, today)


def _copied(reasons: Mapping[str, str]) -> list[str]:
    """The codes whose reason another one has too, whatever its spaces, capitals and dots."""
    plain = {code: "".join(c for c in reason.casefold() if c.isalnum()) for code, reason in reasons.items()}
    return [code for code, words in plain.items() if list(plain.values()).count(words) > 1]


def _named(found: Iterable[str]) -> str:
    return ", ".join(sorted(found, key=lambda code: (code[:1], len(code), code)))


def _in_order(rows: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    return sorted(rows, key=lambda row: ("UR".find(row[0][:1]), len(row[0]), row[0]))
