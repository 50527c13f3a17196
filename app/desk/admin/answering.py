"""How people answered a survey by text message, in words and rows for the page; the figures are guarded before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.i18n import N_, NATIVE_NAMES, translate
from app.desk.admin import places
from app.publication import answering, finished
from app.publication.answering import Asked, Group, Quarter
from app.publication.formats import wording
from app.publication.uncertainty import Share
from app.surveys.questions import Survey, in_language

ENDS = {
    "complete": N_("Complete"),
    "partial": N_("Partial"),
    "words": N_("Words only"),
    "breakoff": N_("Broken off"),
    "refused": N_("Nothing given"),
}
COMPLETION = N_("Completion")
MEANINGS = {
    COMPLETION: N_("Complete and partial together, of all who began."),
    ENDS["complete"]: N_("Went through every question and answered at least half of them."),
    ENDS["partial"]: N_("Gave the ratings, but left the words open or answered fewer than half."),
    ENDS["words"]: N_("Wrote something of their own and left before the ratings were done."),
    ENDS["breakoff"]: N_("Answered something and left before the ratings were done."),
    ENDS["refused"]: N_("Left before the first answer, skipped everything, or had it deleted."),
}
READERS = ("moderator", "council", "analyst")
"""Who sees numbers of all places; staff see what everybody sees."""


@dataclass(frozen=True)
class Row:
    """One line: a name, and so many of so many, or a dash."""

    label: str
    lang: str
    count: int | None
    of: int | None
    share: Share | None


@dataclass(frozen=True)
class Panel:
    """The tables of one group of conversations."""

    name: str
    lang: str
    started: int | None
    completion: Row
    ends: tuple[Row, ...]
    left: tuple[Row, ...]
    hints: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """One quarter as the page shows it."""

    code: str
    title: str
    days: tuple[str, str]
    everybody: Panel
    kinds: tuple[Panel, ...]
    langs: tuple[Panel, ...]
    unclear: tuple[tuple[str, str], ...]
    """Questions that want new words, each with its language."""
    free: int | None
    placed: int | None


def pages(survey: Survey, lang: str) -> tuple[Page, ...]:
    """Every quarter that has been decided, newest first."""
    return tuple(_page(survey, one, lang) for one in answering.quarters(survey))


def next_figures(today: date, lang: str) -> str:
    """The day on which the quarter we are in may be read."""
    return wording.day(finished.first_day(finished.quarter_on(today)), lang)


def _page(survey: Survey, quarter: Quarter, lang: str) -> Page:
    kinds = [_panel(survey, one, translate(lang, places.KINDS[one.code]), lang, lang) for one in quarter.kinds]
    langs = [_panel(survey, one, NATIVE_NAMES.get(one.code, one.code), one.code, lang) for one in quarter.langs]
    weeks = finished.weeks_of(quarter.period)
    return Page(
        code=quarter.period,
        title=wording.period(quarter.period, lang),
        days=wording.span(weeks[0], weeks[-1], lang),
        everybody=_panel(survey, quarter.everybody, "", lang, lang),
        kinds=tuple(kinds),
        langs=tuple(langs),
        unclear=tuple(in_language(survey.question(one).text, lang) for one in quarter.unclear),
        free=quarter.free[""],
        placed=quarter.free["placed"],
    )


def _panel(survey: Survey, group: Group, name: str, name_lang: str, lang: str) -> Panel:
    def row(label: str, count: int | None, share: Share | None) -> Row:
        return Row(translate(lang, label), lang, count, group.started, share)

    return Panel(
        name,
        name_lang,
        group.started,
        row(COMPLETION, group.counted, group.completion),
        tuple(row(label, group.ended[end], group.share_of(end)) for end, label in ENDS.items()),
        tuple(_questions(survey, ((one, one.left, one.left_share) for one in group.questions), lang)),
        tuple(_questions(survey, ((one, one.hint, one.hint_share) for one in group.questions), lang)),
    )


def _questions(survey: Survey, figures: Iterable[tuple[Asked, int | None, Share | None]], lang: str) -> Iterable[Row]:
    for asked, count, share in figures:
        text, text_lang = in_language(survey.question(asked.question).text, lang)
        yield Row(text, text_lang, count, asked.asked, share)
