"""Whether something is said more or less often than before, and the sentence a council member reads about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.i18n import N_
from app.publication import uncertainty
from app.publication.uncertainty import Share

NOTES = (
    N_("The answers are those that were given, not a sample of everybody. One person may have answered several times."),
    N_("Chance alone moves figures. We say “larger” only of differences that chance seldom makes in a whole report."),
    N_("The price: of 120 answers, a theme that doubles from 12 per cent is seen one time in three."),
)
"""Stands under every table of comparisons."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One theme in two periods: k of n voices now and before. q is set against all themes of the same report."""

    count: int
    n: int
    count_before: int
    n_before: int
    q: float

    @property
    def is_enough(self) -> bool:
        """Whether shares may be said of both periods."""
        return min(self.n, self.n_before) >= uncertainty.FEWEST

    @property
    def is_changed(self) -> bool:
        """Larger than chance usually gives. The interval of the difference is shown, it does not decide."""
        return self.is_enough and self.q <= uncertainty.CHANGED

    @property
    def share(self) -> Share | None:
        """The share now."""
        return uncertainty.share(self.count, self.n)

    @property
    def share_before(self) -> Share | None:
        """The share before."""
        return uncertainty.share(self.count_before, self.n_before)

    @property
    def difference(self) -> tuple[float, float] | None:
        """The interval of share minus earlier share (Newcombe), between -1 and 1."""
        if not self.is_enough:
            return None
        return uncertainty.newcombe(self.count, self.n, self.count_before, self.n_before)

    @property
    def sentence(self) -> str:
        """Both periods in words, and whether the difference may be chance."""
        return sentence(self.count, self.n, self.count_before, self.n_before, is_changed=self.is_changed)


def report(counts: Mapping[str, tuple[int, int]], n: int, n_before: int) -> dict[str, Compared]:
    """Every theme of a report compared: {theme: (voices now, voices before)} of n and n_before voices in all.

    Fisher's test over all of them together, Benjamini-Hochberg at 10 %: in 400 made-up reports of twelve themes and
    no change, this said "larger" in one of a hundred; arrows at 25 % more or less did so nine times a report.
    A report in which either period is too small for shares says of nothing that it has changed.
    """
    p = [uncertainty.fisher(count, n, before, n_before) for count, before in counts.values()]
    q = uncertainty.benjamini_hochberg(p)
    return {
        theme: Compared(count=count, n=n, count_before=before, n_before=n_before, q=q[nth])
        for nth, (theme, (count, before)) in enumerate(counts.items())
    }


def sentence(count: int, n: int, count_before: int, n_before: int, *, is_changed: bool) -> str:
    """Both periods in words. A figure alone cannot know whether it has changed: that is for its whole report."""
    if min(n, n_before) < uncertainty.FEWEST:
        too_few: str = _(
            "Too few answers to say anything about shares (%(k)s of %(n)s against %(k2)s of %(n2)s).",
            k=count, n=n, k2=count_before, n2=n_before,
        )  # fmt: skip
        return too_few
    both = _("%(now)s against %(before)s.", now=said(count, n), before=said(count_before, n_before))
    larger, chance = _("The difference is larger than chance usually makes."), _("The difference may be chance.")
    return f"{both} {larger if is_changed else chance}"


def said(count: int, n: int) -> str:
    """'14 of 60 answers (23 %, uncertainty 14-35 %)'; without a share where there are fewer than ten."""
    found = uncertainty.share(count, n)
    if found is None:
        plain: str = _("%(k)s of %(n)s answers", k=count, n=n)
        return plain
    whole: str = _(
        "%(k)s of %(n)s answers (%(percent)s %%, uncertainty %(low)s–%(high)s %%)",
        k=count, n=n, percent=found.percent, low=found.low, high=found.high,
    )  # fmt: skip
    return whole


def larger(compared: Mapping[str, Compared]) -> Sequence[str]:
    """The themes of which the report may say that they changed."""
    return [theme for theme, one in compared.items() if one.is_changed]
