"""What each point of a gate looks at: the texts, codes, figures, findings, research and words of one phase."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from app.core import i18n, weeks
from app.core.i18n import N_
from app.desk.moderation.measures import queries as measures
from app.desk.moderation.second_coding import agreement, drawing, settling
from app.desk.moderation.second_coding import queries as second
from app.desk.track import states
from app.desk.track.decisions import weighing
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.gates import queries
from app.desk.track.phases.models import Phase
from app.desk.track.proposals.models import Proposal
from app.desk.track.releases import previews
from app.desk.track.research.models import Research
from app.desk.track.telling import telling
from app.publication import catalogue, periods, published
from app.publication import queries as printed
from app.publication.formats import wording
from app.publication.periods import Period
from app.publication.presence import target_sets, voices

MOST_UNREAD = 0.05
"""The share of texts that may be unread when a phase is decided: with what themes may be tallied."""
UNFINISHED = ("draft", "with_peers", "peer_checked", "signed")
SHOWN = ("published", "superseded")
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Found:
    """Whether a point is met; if not, what is missing, as a sentence with its values."""

    is_met: bool
    sentence: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    periods: Sequence[str] = ()
    """Periods that are missing; they stand in the sentence as people say them."""

    def says(self, lang: str) -> str:
        """The sentence in a language; '' where nothing is missing."""
        if self.is_met:
            return ""
        named = {"missing": ", ".join(wording.period(code, lang) for code in self.periods)} if self.periods else {}
        return i18n.translate(lang, self.sentence, **{**self.values, **named})


MET = Found(is_met=True)


class Gathered:
    """What there is of a phase on a day, read once for all points."""

    def __init__(self, phase: Phase, today: date) -> None:
        self.phase, self.today = phase, today

    @cached_property
    def weeks(self) -> tuple[str, ...]:
        """The weeks that began in the phase and are not in the future."""
        if self.phase.opens_on is None or self.phase.closes_on is None:
            return ()
        last = min(self.phase.closes_on, self.today)
        count = max((last - self.phase.opens_on) // _WEEK + 1, 0)
        return tuple(dict.fromkeys(weeks.week_of(self.phase.opens_on + nth * _WEEK) for nth in range(count)))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The quarters, halves and years that end in the phase."""
        return tuple(one for one in self._ending if one.kind != "month")

    @cached_property
    def out(self) -> frozenset[str]:
        """The periods whose answers are published."""
        return frozenset(release.period for release in published.published())

    @cached_property
    def months(self) -> tuple[Period, ...]:
        """The months that end in the phase, that somebody was heard in and that no longer period that is out holds."""
        out = [periods.parse(code) for code in self.out]
        left = [one for one in self._ending if one.kind == "month" and not any(other.holds(one) for other in out)]
        heard = previews.heard(left)
        return tuple(one for one in left if one.code in heard)

    @cached_property
    def _ending(self) -> tuple[Period, ...]:
        opens_on, closes_on = self.phase.opens_on, self.phase.closes_on
        if opens_on is None or closes_on is None:
            return ()
        years = (year for year in range(opens_on.year, closes_on.year + 1) if _is_counted(year))
        every = (one for year in years for one in periods.of_year(year))
        return tuple(one for one in every if opens_on <= weeks.sunday(one.weeks[-1]) <= closes_on)

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """Its findings in any state."""
        return queries.findings(self.phase.key)

    @cached_property
    def research(self) -> Sequence[Research]:
        """Its research in any state."""
        return queries.research(self.phase.key)

    @cached_property
    def proposals(self) -> Sequence[Proposal]:
        """The proposals on its findings in any state."""
        return queries.proposals(self.phase.key)

    @cached_property
    def decisions(self) -> Sequence[Decision]:
        """The decisions at its gate in any state."""
        return queries.decisions(self.phase.key)


def texts(one: Gathered) -> Found:
    """1: at most one text in twenty is unread, and each quarter's share is printed."""
    stood = measures.decided(one.weeks)
    undecided = sum(n for (state, _), n in stood.items() if state in measures.UNDECIDED)
    if undecided > MOST_UNREAD * sum(stood.values()):
        return Found(is_met=False, sentence=N_("Too many texts are still unread."))
    known = printed.moderated_periods()
    missing = [period.code for period in one.periods if period.kind == "quarter" and period.code not in known]
    return _all_out(missing, N_("It is not printed yet how many texts are unread: %(missing)s."))


def second_coding(one: Gathered) -> Found:
    """2: a tenth of the approved texts carries two codings, and they are enough to work out an agreement."""
    ids, approved = queries.coded_twice(one.weeks), queries.statements(one.weeks)
    if not approved or len(ids) < drawing.SHARE * approved:
        return Found(is_met=False, sentence=N_("Fewer than one text in ten is coded by two people."))
    pairs = [settling.themes_of(rounds) for rounds in second.rounds(ids).values()]
    if agreement.alpha((nth, codes) for nth, pair in enumerate(pairs) for codes in pair) is None:
        return Found(is_met=False, sentence=N_("There are too few texts to work out an agreement."))
    return MET


def releases(one: Gathered) -> Found:
    """3: the figures of every period that ends in the phase are out; of a month, those of a longer one around it do."""
    missing = [period.code for period in (*one.periods, *one.months) if period.code not in one.out]
    return _all_out(missing, N_("These periods are not published: %(missing)s."))


def signed(one: Gathered) -> Found:
    """4: there is a finding, and none is left between draft and public."""
    if not any(finding.state in SHOWN for finding in one.findings):
        return Found(is_met=False, sentence=N_("No finding is published yet."))
    missing = [finding.code for finding in one.findings if finding.state in UNFINISHED]
    return _all_there(missing, N_("These findings are not finished: %(missing)s."))


def asked_for_research(one: Gathered) -> Found:
    """5: research is published, be it that we asked and received nothing."""
    if any(item.state == "published" for item in one.research):
        return MET
    return Found(is_met=False, sentence=N_("No research is registered, and neither that we asked for it in vain."))


def presence(one: Gathered) -> Found:
    """6: the figures of a quarter or more of the phase stand beside a target group, which is what the view is."""
    if not target_sets.known():
        return Found(is_met=False, sentence=N_("No target group is read in, so nobody can see who is missing."))
    if presence_period(one) is None:
        return Found(
            is_met=False, sentence=N_("No period of the phase is published yet, so nobody can see who is missing.")
        )
    return MET


def presence_period(one: Gathered) -> str | None:
    """The latest published quarter, half or year of the phase, the longer one where two end together."""
    codes = {period.code for period in one.periods}
    return next((found.period for found in voices.releases("quarter", "half", "year") if found.period in codes), None)


def counter_evidence(one: Gathered) -> Found:
    """7: each public finding says what speaks against it."""
    shown = [finding for finding in one.findings if finding.state in SHOWN]
    missing = [finding.code for finding in shown if not finding.counter_evidence.strip()]
    return _all_there(missing, N_("Nothing is written against these findings: %(missing)s."))


def weighed(one: Gathered) -> Found:
    """8: each public finding and all public research, without a phase too, stands in a list of a decision."""
    listed = {item.code for decision in one.decisions if decision.state != "pending" for item in decision.weighed}
    missing = [code for code in weighing.codes(one.phase.key) if code not in listed]
    return _all_there(missing, N_("Not considered yet, nor set aside: %(missing)s."))


def answered(one: Gathered) -> Found:
    """9: each proposal has an answer, was withdrawn, or waits with a day that everybody can read."""
    missing = [proposal.code for proposal in one.proposals if not _has_clock(proposal)]
    return _all_there(missing, N_("These proposals have neither an answer nor a clock: %(missing)s."))


def _is_counted(year: int) -> bool:
    return (catalogue.DIRECTORY / f"{year}.toml").is_file()


def told(one: Gathered) -> Found:
    """10: what is told of each decision is approved in Danish: on the web, where all can read it, and as a text."""
    taken = [decision.code for decision in one.decisions if decision.state != "pending"]
    if not taken:
        return Found(is_met=False, sentence=N_("There is no confirmed decision yet."))
    missing = [code for code in taken if not all(telling.approved(code, channel, "da") for channel in ("web", "sms"))]
    return _all_there(missing, N_("Not approved yet, in Danish on the web and for text messages: %(missing)s."))


def _has_clock(proposal: Proposal) -> bool:
    return proposal.state in (*states.ANSWERS, "withdrawn") or proposal.answer_due is not None


def _all_out(missing: Sequence[str], sentence: str) -> Found:
    return Found(is_met=False, sentence=sentence, periods=missing) if missing else MET


def _all_there(missing: Sequence[str], sentence: str) -> Found:
    return Found(is_met=False, sentence=sentence, values={"missing": ", ".join(missing)}) if missing else MET


CHECKS: Mapping[int, Callable[[Gathered], Found]] = {
    1: texts,
    2: second_coding,
    3: releases,
    4: signed,
    5: asked_for_research,
    6: presence,
    7: counter_evidence,
    8: weighed,
    9: answered,
    10: told,
}
"""By the number of the point."""
