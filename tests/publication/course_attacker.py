"""A reader of everything that is shown of conversations by text, who knows how they can go and has an integer solver.

Its unknowns are kinds of people: where they wrote, in which language, how it ended, and which questions they
misunderstood. It shares no code with the guard, and knows what the guard does not: who never came to a
question cannot have misunderstood it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from app.publication.courses import COUNTED, COURSE, EVERYWHERE, HINT, KIND, LANG
from app.publication.dimensions import Cell

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
INFEASIBLE = 2
QUESTIONS = ("last_time", "respect", "change")
WAYS = (
    ("last_time", "refused"), ("last_time", "words"),
    ("respect", "refused"), ("respect", "words"), ("respect", "breakoff"),
    ("change", "refused"), ("change", "partial"),
    ("", "refused"), ("", "partial"), ("", "complete"),
)  # fmt: skip
"""Every way through sms_core: the open question at the end ('' for none), and the disposition."""


@dataclass(frozen=True)
class Someone:
    """One kind of person."""

    kind: str
    lang: str
    question: str
    standing: str
    hints: frozenset[str]

    @property
    def came_to(self) -> tuple[str, ...]:
        return QUESTIONS[: QUESTIONS.index(self.question) + 1] if self.question else QUESTIONS

    def is_in(self, cell: Cell) -> bool:
        return (
            cell.get(KIND) in (EVERYWHERE, self.kind)
            and cell.get(LANG) in (None, self.lang)
            and (cell.get(HINT) is None or cell.get(HINT) in self.hints)
            and (cell.get(COURSE) is None or self.went(cell.get(COURSE) or ""))
        )

    def went(self, course: str) -> bool:
        what, _, question = course.partition(" ")
        if question:
            return question == self.question if what == "left" else question in self.came_to
        return self.standing == course or (course == COUNTED and self.standing in ("complete", "partial"))


def everybody(kinds: tuple[str, ...], langs: tuple[str, ...]) -> list[Someone]:
    """Every kind of person there can be."""
    return [
        Someone(kind, lang, question, standing, frozenset(hints))
        for kind in kinds
        for lang in langs
        for question, standing in WAYS
        for hints in _subsets(Someone(kind, lang, question, standing, frozenset()).came_to)
    ]


def pinned(k: int, people: list[Someone], shown: Mapping[Cell, int], truth: Mapping[Someone, int]) -> list[str]:
    """The groups of 1 to k-1, or as few beside a figure that is shown, that are surely below k."""
    rows = np.array([[someone.is_in(cell) for someone in people] for cell in shown], dtype=float)
    values = list(shown.values())
    rules = [LinearConstraint(rows, values, values)] if values else []
    found: list[str] = []
    tables: list[Numbers] = []
    for name, inside, least in _groups(people, shown):
        size = sum(truth.get(people[nth], 0) for nth in inside)
        if not least <= size < k or any(table[inside].sum() >= k for table in tables):
            continue
        table = _with(k, inside, len(people), rules)
        if table is None:
            found.append(f"{name}: {size}")
        else:
            tables.append(table)
    return found


def _with(k: int, inside: list[int], size: int, rules: list[LinearConstraint]) -> Numbers | None:
    """People who fit everything that is shown, k or more of them in the group, k itself or not; None without any."""
    goal = np.zeros(size)
    goal[inside] = 1
    asked = [*rules, LinearConstraint(goal[None, :], k, np.inf)]
    result = milp(np.zeros(size), constraints=asked, bounds=Bounds(0, np.inf), integrality=np.ones(size))
    if result.status == INFEASIBLE:
        return None
    assert result.success, result.message
    table = np.round(result.x)
    # A solver's word is not enough to say that nobody is given away: its people are counted again.
    assert table.min() >= 0
    assert goal @ table >= k
    assert all((rule.A @ table == rule.lb).all() for rule in rules)
    return table


def _groups(people: list[Someone], shown: Mapping[Cell, int]) -> Iterator[tuple[str, list[int], int]]:
    """The finest groups a figure is ever cut from, and everybody else beside each figure that is shown."""
    finest: dict[str, list[int]] = {}
    for nth, one in enumerate(people):
        for about in (one.kind, one.lang):
            end = f"{one.question or 'the end'} {one.standing}"
            for name in (about, f"{about} {end}", *(f"{about} hint at {asked}" for asked in one.hints)):
                finest.setdefault(name, []).append(nth)
    yield from ((name, inside, 1) for name, inside in finest.items())
    for cell in shown:
        for split in (COURSE, HINT, LANG):
            if cell.get(split):
                others = [n for n, one in enumerate(people) if one.is_in(cell.without(split)) and not one.is_in(cell)]
                yield f"all but {cell}", others, 0


def _subsets(questions: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(questions, size) for size in range(len(questions) + 1))
