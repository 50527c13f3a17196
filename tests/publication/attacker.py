"""A reader who kept every release and has an integer solver: shares no code and no theory with the guard.

The unknowns are kinds of people (a place, a month, and everything they could have said together), so
nothing rests on how splits hang together; the price is that only small catalogues can be attacked.
Writes its dimensions, figures and tallies as in the JSON of a release.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Dims = Mapping[str, str]
Person = Mapping[str, Any]
INFEASIBLE = 2


class Attacker:
    """Knows the dimensions and what was printed."""

    def __init__(self, k: int, dimensions: Sequence[Mapping[str, Any]], printed: Iterable[tuple[Dims, int]]) -> None:
        self.k = k
        self.dimensions = {one["id"]: one for one in dimensions}
        self.printed = list(printed)
        self.used = {name for dims, _ in self.printed for name in dims if not self.dimensions[name].get("base")}
        self.people = [dict(zip(self._names(), one, strict=True)) for one in product(*self._everything_sayable())]
        self.rules = self._rules()

    def leaks(self, tallies: Iterable[Mapping[str, Any]]) -> list[str]:
        """Every group of 1 to k-1 people, or as few beside a printed category, that is surely below k."""
        truth = [0] * len(self.people)
        for row in tallies:
            truth[self._kind_of(row["dims"])] += row["count"]
        found = []
        for name, inside, least in self._groups():
            size = sum(truth[nth] for nth in inside)
            if least <= size < self.k and not self.can_be_k(inside):
                found.append(f"{name}: {size}")
        return found

    def can_be(self, dims: Dims, least: int) -> bool:
        """Whether so many people or more could be in a cell."""
        return self.can_be_k(self._inside(dims), least)

    def can_be_k(self, inside: Sequence[int], least: int = 0) -> bool:
        """Whether k or more people (or so many) of these kinds, k itself or not, fit everything printed."""
        enough = least or self.k
        goal = np.zeros(len(self.people))
        goal[list(inside)] = 1
        rules = [*self.rules, LinearConstraint(goal[None, :], enough, np.inf)]
        result = milp(np.zeros(len(goal)), constraints=rules, bounds=Bounds(0, np.inf), integrality=np.ones(len(goal)))
        if result.status == INFEASIBLE:
            return False
        assert result.success, result.message
        people = np.round(result.x)
        # A solver's word is not enough to say that nobody is given away: its people are counted again.
        assert people.min() >= 0
        assert goal @ people >= enough
        assert all((rule.A @ people == rule.lb).all() for rule in self.rules)
        return True

    def leaves(self, name: str, code: str | None) -> set[str]:
        """The leaves of a tree below a code."""
        members = self.dimensions[name]["members"]
        group = next((one["of"] for one in members if one["code"] == code and "of" in one), None)
        if group is not None:
            return set().union(*(self.leaves(name, part) for part in group))
        children = [one["code"] for one in members if "of" not in one and one["parent"] == code]
        return set().union(*(self.leaves(name, child) for child in children)) if children else {code or ""}

    def _names(self) -> list[str]:
        return [name for name, one in self.dimensions.items() if one.get("base") or name in self.used]

    def _everything_sayable(self) -> list[list[Any]]:
        return [self._sayable(self.dimensions[name]) for name in self._names()]

    def _sayable(self, one: Mapping[str, Any]) -> list[Any]:
        if one["kind"] == "tree":
            return sorted(set().union(*(self.leaves(one["id"], member["code"]) for member in one["members"])))
        codes = [member["code"] for member in one["members"]]
        around = {member["code"]: member.get("parent") for member in one["members"]}
        sets = chain.from_iterable(combinations(codes, size) for size in range(len(codes) + 1))
        return [set(flags) for flags in sets if all(around[flag] is None or around[flag] in flags for flag in flags)]

    def _kind_of(self, dims: Mapping[str, Any]) -> int:
        wanted = {name: set(dims[name]) if isinstance(dims[name], list) else dims[name] for name in self._names()}
        return self.people.index(wanted)

    def _is_in(self, person: Person, dims: Dims) -> bool:
        return all(self._says(person[name], name, code) for name, code in dims.items())

    def _says(self, said: Any, name: str, code: str) -> bool:
        return code in said if self.dimensions[name]["kind"] == "flags" else said in self.leaves(name, code)

    def _inside(self, dims: Dims) -> list[int]:
        return [nth for nth, person in enumerate(self.people) if self._is_in(person, dims)]

    def _rules(self) -> list[LinearConstraint]:
        rows = np.zeros((len(self.printed), len(self.people)))
        for nth, (dims, _value) in enumerate(self.printed):
            rows[nth, self._inside(dims)] = 1
        values = [value for _dims, value in self.printed]
        return [LinearConstraint(rows, values, values)] if values else []

    def _groups(self) -> Iterator[tuple[str, list[int], int]]:
        for dims, _value in self.printed:
            for name in dims:
                if not self.dimensions[name].get("base"):
                    yield from self._everybody_else(dims, name)
        for split in {self._split(dims) for dims, _ in self.printed}:
            for place in self._places(split):
                for label, inside in self._categories(split):
                    yield f"{place[0]} {label}", [nth for nth in inside if nth in place[1]], 1

    def _everybody_else(self, dims: Dims, name: str) -> Iterator[tuple[str, list[int], int]]:
        member = next(one for one in self.dimensions[name]["members"] if one["code"] == dims[name])
        if member.get("asserts", True) and not (self.dimensions[name]["kind"] == "tree" and member["parent"] is None):
            ground = self._ground(name, dims[name])
            around = {key: code for key, code in dims.items() if key != name} | ({name: ground} if ground else {})
            others = set(self._inside(around)) - set(self._inside(dims))
            yield f"all but {dims}", sorted(others), 0

    def _ground(self, name: str, code: str) -> str | None:
        members = {one["code"]: one for one in self.dimensions[name]["members"]}
        parent = members[code].get("parent")
        if parent is None or members[parent].get("ground"):
            return parent if parent and members[parent].get("ground") else None
        return self._ground(name, parent)

    def _split(self, dims: Dims) -> tuple[tuple[str, str], ...]:
        """What a figure splits by: trees by name, flags one by one; a root says nothing."""
        parts = []
        for name, code in sorted(dims.items()):
            one = self.dimensions[name]
            if not one.get("base") and one["kind"] == "flags":
                parts.append((name, code))
            elif not one.get("base") and next(m for m in one["members"] if m["code"] == code)["parent"] is not None:
                parts.append((name, ""))
        return tuple(parts)

    def _places(self, split: tuple[tuple[str, str], ...]) -> list[tuple[str, set[int]]]:
        """Kinds of people by what no figure of this split, or of a finer one, tells apart."""
        base = [name for name, one in self.dimensions.items() if one.get("base")]
        near = [
            {name: dims[name] for name in base}
            for dims, _ in self.printed
            if all(self._is_finer(part, self._split(dims)) for part in split)
        ]
        looks: dict[tuple[bool, ...], set[int]] = {}
        for nth, person in enumerate(self.people):
            looks.setdefault(tuple(self._is_in(person, one) for one in near), set()).add(nth)
        return [
            (str([self.people[min(these)][name] for name in base]), these) for look, these in looks.items() if any(look)
        ]

    def _is_finer(self, part: tuple[str, str], split: tuple[tuple[str, str], ...]) -> bool:
        return any(name == part[0] and part[1] in ("", *self._chain(name, flag)) for name, flag in split)

    def _chain(self, name: str, flag: str) -> list[str]:
        above = next((one.get("parent") for one in self.dimensions[name]["members"] if one["code"] == flag), None)
        return [flag, *(self._chain(name, above) if above else [])]

    def _categories(self, split: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, list[int]]]:
        for parts in product(*(self._parts(name, flag) for name, flag in split)):
            label = " ".join(label for label, _says in parts)
            yield label, [nth for nth, person in enumerate(self.people) if all(says(person) for _label, says in parts)]

    def _parts(self, name: str, flag: str) -> list[tuple[str, Any]]:
        members = {one["code"]: one for one in self.dimensions[name]["members"]}
        if not flag:
            grounds = [self.leaves(name, code) for code, one in members.items() if one.get("ground")]
            spoken = set().union(*grounds) if grounds else self.leaves(name, None)
            return [(leaf, lambda person, leaf=leaf: person[name] == leaf) for leaf in sorted(spoken)]
        parts = [(flag, lambda person: flag in person[name])]
        parent = members[flag].get("parent")
        if parent is not None:
            parts.append((f"{flag}:rest", lambda person: parent in person[name] and flag not in person[name]))
        elif not members[flag].get("ground"):
            parts.append((f"{flag}:out", lambda person: flag not in person[name]))
        return parts
