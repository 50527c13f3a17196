"""The change rate: of the findings in public, how many have led to what. No target, and nothing is ranked."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from app.core import db, weeks
from app.publication import told
from app.publication.periods import Period
from app.publication.track import queries
from app.publication.track.chain import Chain
from app.publication.track.entries import Entry, entries
from app.publication.track.models import ChangeRate

ANSWERS = frozenset({"accepted", "partly_accepted", "rejected"})


@dataclass(frozen=True)
class Rate:
    """How many findings there are, and how many of them have at least one of each; a finding may be in all."""

    findings: int
    proposal: int
    answer: int
    decision: int
    started: int
    finished: int
    not_done: int
    """Where somebody has said: we did not, because."""


def count(public: Iterable[Entry], not_done: Collection[str] = ()) -> Rate:
    """The rate of these objects. `not_done` has the codes of which "we did not, because" is told."""
    chain = Chain(public)
    found = [chain.below(one.code) for one in chain.of("finding")]

    def having(has_one: Callable[[Sequence[Entry]], bool]) -> int:
        return sum(has_one(led_to) for led_to in found)

    return Rate(
        findings=len(found),
        proposal=having(lambda led_to: any(one.kind == "proposal" for one in led_to)),
        answer=having(lambda led_to: any(is_answered(one) for one in led_to)),
        decision=having(lambda led_to: any(one.kind == "decision" for one in led_to)),
        started=having(lambda led_to: any(_is_started(one) for one in led_to)),
        finished=having(lambda led_to: any(_is(one, "action", "done") for one in led_to)),
        not_done=having(lambda led_to: any(_is(one, "action", "dropped") or one.code in not_done for one in led_to)),
    )


def is_answered(entry: Entry) -> bool:
    """Whether a proposal has its answer; one that was reopened waits again."""
    return entry.kind == "proposal" and entry.state in ANSWERS


def keep(today: date) -> ChangeRate | None:
    """Count the half-year that ended last, once; None where it is counted or had no finding yet. Caller commits.

    What became public after its last day waits for the next one.
    """
    half = last_half(today)
    public = [one for one in entries() if one.first_on <= weeks.sunday(half.weeks[-1])]
    rate = count(public, {item.code for item in told.live() if item.outcome == "did_not"})
    if queries.rate(half.code) is not None or not rate.findings:
        return None
    kept = ChangeRate(period=half.code, counted_on=today, figures=asdict(rate))
    db.db.session.add(kept)
    db.db.session.flush()
    return kept


def published() -> list[tuple[ChangeRate, Rate]]:
    """Every half-year that was counted, newest first."""
    return [(one, Rate(**one.figures)) for one in queries.rates()]


def last_half(today: date) -> Period:
    """The half-year whose last Sunday was passed last."""
    halves = (Period(year, "H", nth) for year in (today.year, today.year - 1) for nth in (2, 1))
    return next(half for half in halves if weeks.sunday(half.weeks[-1]) < today)


def _is(entry: Entry, kind: str, *states: str) -> bool:
    return entry.kind == kind and entry.state in states


def _is_started(entry: Entry) -> bool:
    return entry.kind == "action" and (
        entry.state in ("started", "paused", "done") or bool(entry.parts.get("started_on"))
    )
