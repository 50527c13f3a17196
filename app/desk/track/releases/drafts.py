"""How a release would look, as the page of it tells: shares hidden, why, and what to think of before signing."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import i18n
from app.desk.track import printed
from app.publication.formats.base import Edition
from app.publication.formats.blocks import Table
from app.publication.formats.page import ANSWERS, Page
from app.publication.periods import Period

FEW, ENOUGH = 5, 20
"""A reason that hides few figures is told without their number, and none where few are hidden at all: together with
the dashes on the page it could say which of them is fewer than five."""
MANY_HIDDEN = 50
"""Per cent of the figures."""


@dataclass(frozen=True)
class Draft:
    """A release as it would look: its tables, the one that is open, and how many figures carry a number."""

    tables: tuple[Table, ...]
    open: Table
    shown: Counter[str]
    """By table."""
    planned: Counter[str]

    @property
    def percent_hidden(self) -> int:
        """The share of figures that would be a dash."""
        return _percent(self.planned.total(), self.shown.total())

    def hidden_of(self, table: str) -> int:
        """The same of one table."""
        return _percent(self.planned[table], self.shown[table])


def of(document: bytes, table: str | None) -> Draft:
    """The draft of a stored preview, with this table open, else the first."""
    figures = printed.read(document)
    tables = Page(Edition(figures.document), i18n.current()).tables
    chosen = next((one for one in tables if one.id == table), tables[0])
    shown = Counter(one.table for one in figures.all if one.value is not None)
    return Draft(tables, chosen, shown, Counter(one.table for one in figures.all))


def reasons(counted: Mapping[str, int]) -> list[str]:
    """Why figures are hidden: of the whole release, never of one figure, or a dash would say "fewer than five"."""
    words = {
        "too_small": _("fewer than five said it, or nobody"),
        "too_few_answers": _("fewer than ten answered"),
        "without_ground": _("those it is a share of are hidden"),
        "protects_others": _("a small group could be worked out from it"),
        "not_proven": _("it could not be proven safe in time"),
    }
    if 0 < sum(counted.values()) < ENOUGH:
        return [_("Too few figures are hidden to say why.")]
    return [
        ngettext("%(num)s figure: %(why)s", "%(num)s figures: %(why)s", counted[name], why=words[name])
        if counted[name] >= FEW
        else _("A few figures: %(why)s", why=words[name])
        for name in words
        if counted.get(name)
    ]


def warnings(draft: Draft, period: Period, out: Collection[str]) -> Iterator[str]:
    """What to think of before signing; nothing of it stops anybody."""
    inside = [month for month in period.months if f"{month[:5]}M{month[5:]}" not in out]
    if period.kind != "month" and inside:
        yield _("Some months in it are not out. What is shown now can hide some of their figures later.")
    if draft.percent_hidden > MANY_HIDDEN:
        yield _("More than half of the figures are hidden. A longer period shows more.")
    answers = next((table for table in draft.tables if table.id == ANSWERS), None)
    if answers is not None and answers.country is not None and answers.country.n is None:
        yield _("Not even the number of answers in the whole country can be shown.")
    silent = [table.title for table in draft.tables if not draft.shown[table.id]]
    if silent:
        yield _("Nothing can be shown of: %(tables)s.", tables=", ".join(silent))


def _percent(planned: int, shown: int) -> int:
    return round(100 * (planned - shown) / max(planned, 1))
