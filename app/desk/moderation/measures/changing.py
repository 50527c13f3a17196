"""How often each theme was heard in a quarter, beside the quarter before, and what of it may be chance."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.desk.accounts.models import User
from app.desk.moderation.measures import queries
from app.publication import comparisons, themes
from app.publication.comparisons import Compared
from app.publication.periods import Period


@dataclass(frozen=True)
class Report:
    """Every theme of one quarter against the quarter before."""

    quarter: Period
    before: Period
    n: int
    n_before: int
    themes: Mapping[str, Compared]


def report(quarter: Period, me: User) -> Report:
    """Both periods by today's codes, within this person's wall; n counts voices. Any length, not only quarters."""
    before = quarter.before
    n, n_before = queries.voices(quarter.weeks, me), queries.voices(before.weeks, me)
    now, then = queries.voices_by_theme(quarter.weeks, me), queries.voices_by_theme(before.weeks, me)
    codes = [*themes.codes(), *sorted({*now, *then} - set(themes.codes()))]
    counts = {code: (now.get(code, 0), then.get(code, 0)) for code in codes}
    return Report(quarter, before, n, n_before, comparisons.report(counts, n, n_before))
