"""How conversations about a survey can go: the figures a reader may ask for, and the dimensions they are cut out of.

One tree holds every way a conversation can end, by where and how, so that the guard knows what a reader knows:
who was asked a question is everybody who had not left before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimension, Dimensions, Member
from app.surveys import question_types
from app.surveys.models import SITE_KINDS
from app.surveys.questions import Question, Survey

EVERYWHERE, STARTED, ANY = "all", "started", "any"
KIND, COURSE, LANG, HINT = "place", "course", "lang", "hint"
"""The kind of place divides conversations (the guard calls such a dimension a place); the others split them."""
THROUGH = "through"
STANDINGS = ("complete", "partial", "words", "breakoff", "refused")
COUNTED = "counted"
"""Complete or partial: what completion is a share of."""
FREE = ("placed", "unplaced")


@dataclass(frozen=True, kw_only=True)
class Lot:
    """So many conversations that stand alike, or had a hint at the same question (`event` is 'hint')."""

    kind: str
    lang: str
    question: str
    event: str
    n: int


@dataclass(frozen=True)
class Stage:
    """A question everybody is asked who comes so far, with those that only follow some answers to it, or some places.

    How many were asked one of those would tell what the others answered, so they have no figures of their own.
    """

    id: str
    questions: frozenset[str]
    standings: frozenset[str]
    """How a conversation can stand here."""


def stages(survey: Survey) -> tuple[Stage, ...]:
    """The stages of a survey, in order."""
    found: list[Stage] = []
    for nth, question in enumerate(survey.questions):
        can = _standings(question, is_first=all(earlier.only_at for earlier in survey.questions[:nth]))
        if (question.show_if is None and not question.only_at) or not found:
            found.append(Stage(question.id, frozenset({question.id}), can))
        else:
            last = found.pop()
            found.append(Stage(last.id, last.questions | {question.id}, last.standings | can))
    return tuple(found)


def dimensions(survey: Survey, lots: Iterable[Lot]) -> Dimensions:
    """Kinds of places, ways to end, languages and hints; the languages are those anybody wrote in."""
    leaves = _leaves(survey, lots)
    asked = [one.id for one in stages(survey)]
    groups = {
        **{standing: [leaf for leaf in leaves if leaf.endswith(f":{standing}")] for standing in STANDINGS},
        COUNTED: [leaf for leaf in leaves if leaf.endswith((":complete", ":partial"))],
        **{left(one): [leaf for leaf in leaves if leaf.startswith(f"{one}:")] for one in asked},
        **{
            reached(one): [leaf for leaf in leaves if leaf.split(":")[0] in (*asked[nth:], THROUGH)]
            for nth, one in enumerate(asked)
            if nth
        },
    }
    kinds = sorted({*SITE_KINDS, *(one.kind for one in lots)})
    return Dimensions(
        (
            Dimension(KIND, "tree", True, (Member(EVERYWHERE), *(Member(kind, EVERYWHERE) for kind in kinds))),
            Dimension(
                COURSE,
                "tree",
                False,
                (
                    Member(STARTED),
                    *(Member(leaf, STARTED) for leaf in leaves),
                    *(Member(code, of=tuple(inside)) for code, inside in groups.items() if inside),
                ),
            ),
            Dimension(LANG, "tree", False, (Member(ANY), *(Member(one, ANY) for one in languages(lots)))),
            Dimension(HINT, "flags", False, tuple(Member(one) for one in asked)),
        )
    )


def planned(told: Dimensions) -> Iterator[Cell]:
    """Every figure: each kind of place, and each language, by every way to end and every hint."""
    groups = [member.code for member in told[COURSE].members if member.of]
    hints = [member.code for member in told[HINT].members]
    splits = [{}, *({COURSE: code} for code in groups), *({HINT: code} for code in hints)]
    populations = [{KIND: member.code} for member in told[KIND].members]
    populations += [{KIND: EVERYWHERE, LANG: member.code} for member in told[LANG].members if member.parent]
    return (Cell.at(population | split) for population in populations for split in splits)


def counts(survey: Survey, lots: Iterable[Lot]) -> Counts:
    """How many there really were."""
    return Counts.from_tallies((cut, lot.n) for lot in lots for cut in _cuts(survey, lot))


def languages(lots: Iterable[Lot]) -> tuple[str, ...]:
    """Every language somebody is counted under."""
    return tuple(sorted({one.lang for one in lots if one.n}))


def left(stage: str) -> str:
    """The group of those who ended at a stage."""
    return f"left {stage}"


def reached(stage: str) -> str:
    """The group of those who came to a stage."""
    return f"reached {stage}"


def _cuts(survey: Survey, lot: Lot) -> Iterator[Mapping[str, str]]:
    split = _split(survey, lot)
    if split is None:
        return
    for dims in ({}, {LANG: lot.lang}):
        yield {KIND: lot.kind, **dims, **split}
        if COURSE in split:
            yield {KIND: lot.kind, **dims}


def _split(survey: Survey, lot: Lot) -> Mapping[str, str] | None:
    if lot.event != HINT:
        return {COURSE: _leaf(survey, lot)}
    return {HINT: lot.question} if any(one.id == lot.question for one in stages(survey)) else None


def _leaf(survey: Survey, lot: Lot) -> str:
    at = next((one.id for one in stages(survey) if lot.question in one.questions), THROUGH)
    return f"{at}:{lot.event}"


def _leaves(survey: Survey, lots: Iterable[Lot]) -> list[str]:
    can = [f"{one.id}:{standing}" for one in stages(survey) for standing in sorted(one.standings)]
    can += [f"{THROUGH}:{standing}" for standing in ("complete", "partial", "refused")]
    did = {_leaf(survey, one) for one in lots if one.event != HINT}
    return [*can, *sorted(did - set(can))]


def _standings(question: Question, *, is_first: bool) -> frozenset[str]:
    if question_types.by_name(question.type).is_words:
        return frozenset({"refused", "partial"})
    return frozenset({"refused", "words"} if is_first else {"refused", "words", "breakoff"})
