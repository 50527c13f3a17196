"""How conversations about a survey went, as it may be read: only figures that `dispositions` let out are here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.publication import courses, queries, uncertainty
from app.publication.courses import COUNTED, COURSE, EVERYWHERE, FREE, HINT, KIND, LANG, STANDINGS
from app.publication.dimensions import Cell
from app.publication.uncertainty import Share
from app.surveys.models import SITE_KINDS
from app.surveys.questions import Survey

Shown = Mapping[Cell, int]

ENOUGH_ASKED, UNCLEAR = 20, 15
"""From so many who were asked, and so many per cent who were not understood at once, a question wants new words."""


@dataclass(frozen=True)
class Asked:
    """What happened at one question. None is a figure that is not shown."""

    question: str
    asked: int | None
    """How many came so far; where that is hidden, how many began, so that a share is rather too small."""
    is_of_all: bool
    """Whether `asked` is everybody who began."""
    left: int | None
    hint: int | None

    @property
    def left_share(self) -> Share | None:
        """The share who left here."""
        return uncertainty.share(self.left, self.asked)

    @property
    def hint_share(self) -> Share | None:
        """The share whose first text could not be read as an answer."""
        return uncertainty.share(self.hint, self.asked)

    @property
    def is_unclear(self) -> bool:
        """Whether the author should find other words."""
        if self.hint is None or self.asked is None or self.asked < ENOUGH_ASKED:
            return False
        return 100 * self.hint >= UNCLEAR * self.asked


@dataclass(frozen=True)
class Group:
    """Conversations at one kind of place, in one language, or all of them ('')."""

    code: str
    started: int | None
    ended: Mapping[str, int | None]
    """Each disposition."""
    counted: int | None
    questions: tuple[Asked, ...]

    @property
    def completion(self) -> Share | None:
        """Complete or partial, of all who began. No response rate: nobody was drawn, and nobody was contacted."""
        return uncertainty.share(self.counted, self.started)

    def share_of(self, disposition: str) -> Share | None:
        """The share that ended like this."""
        return uncertainty.share(self.ended[disposition], self.started)


@dataclass(frozen=True)
class Quarter:
    """One quarter of one version."""

    period: str
    everybody: Group
    kinds: tuple[Group, ...]
    langs: tuple[Group, ...]
    """Those with something to show: which other languages were written in is nobody's business."""
    free: Mapping[str, int | None]
    """Words without a survey in that quarter, in all ('') and by whether their place is known."""

    @property
    def unclear(self) -> tuple[str, ...]:
        """The questions that want new words, in whatever group it shows."""
        groups = (self.everybody, *self.kinds, *self.langs)
        return tuple(dict.fromkeys(one.question for group in groups for one in group.questions if one.is_unclear))


def quarters(survey: Survey) -> tuple[Quarter, ...]:
    """Every decided quarter of a version, newest first."""
    free = {row.period: from_json(row.figures) for row in queries.answering("", 0)}
    return tuple(
        quarter(survey, row.period, from_json(row.figures), free.get(row.period, {}))
        for row in queries.answering(survey.id, survey.version)
    )


def quarter(survey: Survey, period: str, shown: Shown, free: Shown) -> Quarter:
    """One quarter out of what is shown of it."""
    everybody = _group(survey, shown, "", {KIND: EVERYWHERE})
    langs = sorted({lang for cell in shown if (lang := cell.get(LANG))})
    return Quarter(
        period,
        everybody,
        tuple(_group(survey, shown, kind, {KIND: kind}) for kind in SITE_KINDS),
        tuple(_group(survey, shown, lang, {KIND: EVERYWHERE, LANG: lang}) for lang in langs),
        {
            "": free.get(Cell.at({KIND: EVERYWHERE})),
            **{one: free.get(Cell.at({KIND: EVERYWHERE, COURSE: one})) for one in FREE},
        },
    )


def to_json(shown: Shown) -> list[dict[str, Any]]:
    """What is kept: the figures that are shown, and no word of the others."""
    return [{"dims": dict(cell.dims), "value": n} for cell, n in sorted(shown.items())]


def from_json(figures: Iterable[Mapping[str, Any]]) -> Shown:
    """What was kept."""
    return {Cell.at(one["dims"]): one["value"] for one in figures}


def _group(survey: Survey, shown: Shown, code: str, population: Mapping[str, str]) -> Group:
    def figure(**split: str) -> int | None:
        return shown.get(Cell.at({**population, **split}))

    started = figure()
    return Group(
        code,
        started,
        {one: figure(**{COURSE: one}) for one in STANDINGS},
        figure(**{COURSE: COUNTED}),
        tuple(_asked(survey, shown, population, started)),
    )


def _asked(survey: Survey, shown: Shown, population: Mapping[str, str], started: int | None) -> Sequence[Asked]:
    found = []
    for nth, stage in enumerate(courses.stages(survey)):
        reached = shown.get(Cell.at({**population, COURSE: courses.reached(stage.id)})) if nth else started
        left = shown.get(Cell.at({**population, COURSE: courses.left(stage.id)}))
        hint = shown.get(Cell.at({**population, HINT: stage.id}))
        asked = started if reached is None else reached
        found.append(Asked(stage.id, asked, nth == 0 or reached is None, left, hint))
    return found
