"""The measures of the desk's work, each with the words that say how it is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, i18n, weeks
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.moderation import labels, states
from app.desk.moderation.measures import queries
from app.desk.moderation.rereading import draw as rereading
from app.desk.moderation.second_coding import agreement, drawing, settling
from app.desk.moderation.second_coding import queries as second
from app.desk.moderation.second_coding.queries import Rounds
from app.desk.moderation.suggesting import queries as suggesting
from app.publication import uncertainty
from app.publication.periods import Period

FEWEST = 5
"""Under this a count is a dash to whoever may not read the texts behind it."""
LOW_ACCEPTANCE, ENOUGH_SHOWN = 0.50, 20
DASH = "–"


@dataclass(frozen=True)
class Measure:
    """One line of the board."""

    name: str
    counted: str
    """How."""
    values: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Who looks: whoever cannot read the statements sees no small count."""

    user: User

    @property
    def sees_small(self) -> bool:
        """Whether small counts may be shown."""
        return self.user.role in ("moderator", "analyst")

    def count(self, n: int) -> str:
        """A count, or a dash."""
        return str(n) if self.sees_small or n >= FEWEST else DASH

    def share(self, count: int, n: int) -> str:
        """'12 of 40 (30 %)'; no share under ten, and to some no small counts."""
        hidden = not self.sees_small and (n < uncertainty.FEWEST or count < FEWEST or 0 < n - count < FEWEST)
        if hidden or not n:
            return DASH
        found = uncertainty.share(count, n)
        if found is None:
            return str(_("%(k)s of %(n)s", k=count, n=n))
        return str(_("%(k)s of %(n)s (%(percent)s %%)", k=count, n=n, percent=found.percent))


def measures(user: User, quarter: Period, today: date) -> list[Measure]:
    """Every measure of a quarter as this person may see it."""
    reader = Reader(user)
    stood = queries.decided(quarter.weeks, user)
    rounds = list(second.twice_coded(user, quarter.weeks).values())
    makers: tuple[Callable[[], Measure], ...] = (
        lambda: _oldest(user, today),
        lambda: _in_time(reader, quarter),
        lambda: _second(reader, quarter, stood),
        lambda: _settled(reader, rounds),
        lambda: _agreement(reader, rounds),
        lambda: _acceptance(reader),
        lambda: _rejected(reader, stood),
        lambda: _reversed(reader),
        lambda: _masked(reader, quarter, stood),
        lambda: _languages(reader),
    )
    return [make() for make in makers]


Stood = Mapping[tuple[str, str | None], int]


def _oldest(user: User, today: date) -> Measure:
    week = queries.oldest_waiting(user)
    said = _("Nothing waits.")
    if week:
        days = max((today - weeks.sunday(week)).days, 0)
        said = _("%(week)s, at least %(days)s days", week=labels.week(week), days=days)
    return Measure(_("Oldest waiting"), _("Days since its week ended: no text has a date."), (said,))


def _in_time(reader: Reader, quarter: Period) -> Measure:
    said = reader.share(*queries.weeks_read(quarter.weeks))
    how = _("Decided before the second week after their own had ended; of weeks whose time is up.")
    return Measure(_("Decided in time"), how, (said,))


def _second(reader: Reader, quarter: Period, stood: Stood) -> Measure:
    approved = _approved(stood)
    said = reader.share(queries.second_coded(quarter.weeks, reader.user), approved)
    goal = _("The goal is %(percent)s %% of the approved texts.", percent=round(100 * drawing.SHARE))
    return Measure(_("Coded by two"), goal, (said,))


def _settled(reader: Reader, rounds: Sequence[Rounds]) -> Measure:
    said = reader.share(*settling.settled_share(rounds))
    return Measure(_("Disagreements settled"), _("Of the texts that two people coded differently."), (said,))


def _agreement(reader: Reader, rounds: Sequence[Rounds]) -> Measure:
    pairs = [settling.themes_of(one) for one in rounds]
    found = agreement.alpha((nth, codes) for nth, pair in enumerate(pairs) for codes in pair)
    how = _("Krippendorff's alpha with MASI over all themes and sub-codes; 1 is full agreement, 0 is chance.")
    if len(pairs) < agreement.FEWEST and not reader.sees_small:
        return Measure(_("Agreement"), how, (DASH,))
    if found is None:
        return Measure(_("Agreement"), how, (_("cannot be worked out"),))
    said = ngettext("%(alpha)s over %(num)s text", "%(alpha)s over %(num)s texts", len(pairs), alpha=decimal(found))
    return Measure(_("Agreement"), how, (said,))


def _acceptance(reader: Reader) -> Measure:
    rows = suggesting.acceptance(reader.user)
    levels = {0: N_("hints"), 1: N_("naive Bayes"), 2: N_("runs of letters")}
    said = [
        f"{_(levels[level])}: {reader.share(accepted, shown)}"
        for level in sorted(levels)
        if (shown := sum(row.shown for row in rows if row.level == level))
        for accepted in [sum(row.accepted for row in rows if row.level == level)]
    ]
    weak = [
        row.name_da if i18n.current() == "da" else row.name_en
        for row in rows
        if row.shown >= ENOUGH_SHOWN and row.accepted / row.shown < LOW_ACCEPTANCE
    ]
    if weak:
        said.append(_("Under half accepted: %(codes)s", codes=", ".join(weak)))
    how = _("Suggestions taken, of those shown; so far.")
    return Measure(_("Suggestions accepted"), how, tuple(said) or (DASH,))


def _rejected(reader: Reader, stood: Stood) -> Measure:
    how = _("By the reason that was given. Criticism is none.")
    if not reader.sees_small:
        return Measure(_("Left out"), how, (_("See the public page."),))
    by_reason = {reason: n for (state, reason), n in stood.items() if state == states.REJECTED and reason}
    of_all = sum(n for (state, _reason), n in stood.items() if state in queries.DECIDED)
    total = reader.share(sum(by_reason.values()), of_all)
    ordered = sorted(by_reason.items(), key=lambda item: (-item[1], item[0]))
    return Measure(_("Left out"), how, (total, *(f"{_(states.REJECT_REASONS[reason])}: {n}" for reason, n in ordered)))


def _reversed(reader: Reader) -> Measure:
    found = rereading.reversals(reader.user)
    how = _("One rejection in twenty is read again by somebody who does not know it; so far.")
    return Measure(_("Rejections reversed"), how, (reader.share(found.reversed, found.read),))


def _masked(reader: Reader, quarter: Period, stood: Stood) -> Measure:
    approved = _approved(stood)
    said = [reader.share(stood.get((states.APPROVED_MASKED, None), 0), approved)]
    looks = queries.acts_between(*span(quarter), ["mask.look"]).get("mask.look", 0)
    texts = sum(n for (state, _reason), n in stood.items() if state in queries.DECIDED)
    if texts >= uncertainty.FEWEST:
        said.append(_("%(n)s looks behind a mask per 100 texts", n=uncertainty.halves_up(100 * looks / texts)))
    for reason, n in sorted(queries.kept_masks(quarter.weeks, reader.user).items()):
        why = _(states.KEEP_REASONS.get(reason, reason))
        said.append(_("Words kept readable, “%(why)s”: %(n)s", why=why, n=reader.count(n)))
    return Measure(_("Masked"), _("Approved texts with at least one mask."), tuple(said))


def _languages(reader: Reader) -> Measure:
    waiting = sorted(queries.waiting_for_translation(reader.user).items())
    said = tuple(f"{i18n.NATIVE_NAMES.get(lang, lang)}: {n}" for lang, n in waiting if reader.count(n) != DASH)
    how = _("Set aside until somebody reads the language.")
    return Measure(_("Waiting for translation"), how, said or (DASH if waiting else _("Nothing waits."),))


def decimal(value: float) -> str:
    """Two decimals, as the reader's language writes them."""
    written = f"{value:.2f}"
    return written.replace(".", ",") if i18n.current() == "da" else written


def span(quarter: Period) -> tuple[datetime, datetime]:
    """The instants at which the weeks of a quarter begin and end in Copenhagen."""
    first, last = weeks.monday(quarter.weeks[0]), weeks.sunday(quarter.weeks[-1]) + timedelta(days=1)
    began, ended = (datetime.combine(day, time(), tzinfo=clock.COPENHAGEN).astimezone(UTC) for day in (first, last))
    return began, ended


def _approved(stood: Stood) -> int:
    return sum(n for (state, _reason), n in stood.items() if state in states.READABLE)
