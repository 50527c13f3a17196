"""Counting what was said, once and for good: sums by place and month that nothing changes afterwards.

A response counts once. Late answers count in the first month that is still open; what is withdrawn
later stays counted; a longer period is the sum of its months, never a recount.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.publication import catalogue, periods, queries
from app.publication.counts import Counts
from app.surveys import queries as responses
from app.surveys import weeks

EVERYBODY = ("", "")
"""Variable and category under which every answer is counted."""
CHUNK = 1000


class NotCountable(Refusal):
    """The month, or what people wrote in it, cannot be counted yet."""


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One response as it is counted: what was said, in the categories of the catalogue; None where nothing was."""

    response_id: bytes
    site_code: str
    week: str
    counted_month: str | None = None
    """'YYYY-MM' once it is counted; its themes are counted in that month too, later."""
    rating: str | None = None
    """good (4-5), mid (3), bad (1-2)."""
    safe: str | None = None
    """yes, partly, no."""
    respect: str | None = None
    """yes, partly, no."""
    themes: frozenset[str] = frozenset()
    """Main themes and sub-themes of its approved statements."""
    channel: str
    lang: str
    helped: str = "none"

    @property
    def said(self) -> Iterable[tuple[str, str]]:
        """Variable and category of everything but the themes."""
        yield EVERYBODY
        yield "rating", self.rating or "none"
        yield "safe", self.safe or "none"
        yield "respect", self.respect or "none"
        yield "channel", self.channel
        yield "language", self.lang
        yield "helper", self.helped

    @property
    def spoken_of(self) -> Iterable[tuple[str, str]]:
        """Each theme once, a sub-theme under its main theme too."""
        for code in {*self.themes, *(code.partition(".")[0] for code in self.themes)}:
            yield ("subtheme" if "." in code else "theme"), code
