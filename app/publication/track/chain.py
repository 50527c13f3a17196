"""Up and down the chain: finding, proposal, decision, action, and what stands beside them."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from app.publication.track import queries
from app.publication.track.entries import Entry, entries, in_order
from app.publication.track.models import KINDS

UPWARDS = frozenset({"stands_on", "answers", "carries_out"})
"""Relations that lead from an object to what it came from; the others stand beside the chain."""


class Chain:
    """Public objects by code, and what each of them comes from and leads to. A link to what is not public is cut."""

    def __init__(self, public: Iterable[Entry]) -> None:
        self._all = {one.code: one for one in public}
        self._into: dict[str, list[tuple[str, Entry]]] = {}
        for one in self._all.values():
            for link in one.links:
                if link.code in self._all:
                    self._into.setdefault(link.code, []).append((link.relation, one))

    def get(self, code: str) -> Entry | None:
        """One of them."""
        return self._all.get(code)

    def of(self, kind: str) -> list[Entry]:
        """Those of a kind, what came last first."""
        found = [one for one in self._all.values() if one.kind == kind]
        return sorted(found, key=lambda one: (one.first_on, len(one.code), one.code), reverse=True)

    def above(self, code: str) -> list[Entry]:
        """Everything it came from, in the order of the chain."""
        return self._reached(code, lambda one: [link.code for link in one.links if link.relation in UPWARDS])

    def below(self, code: str) -> list[Entry]:
        """Everything that came of it, in the order of the chain."""
        return self._reached(code, lambda one: [other.code for other in self.saying(one.code, *UPWARDS)])

    def named(self, entry: Entry, *relations: str) -> list[tuple[str, Entry]]:
        """What it says about others by these relations, in its own order."""
        found = [(link.relation, self._all.get(link.code)) for link in entry.links if link.relation in relations]
        return [(relation, one) for relation, one in found if one is not None]

    def saying(self, code: str, *relations: str) -> list[Entry]:
        """Who says this of it."""
        return [one for relation, one in self._into.get(code, ()) if relation in relations]

    def _reached(self, code: str, steps: Callable[[Entry], Sequence[str]]) -> list[Entry]:
        found: set[str] = set()
        waiting = [code] if code in self._all else []
        while waiting:
            new = {step for step in steps(self._all[waiting.pop()]) if step in self._all} - found - {code}
            found |= new
            waiting += sorted(new)
        by_kind = {kind: place for place, kind in enumerate(KINDS)}
        return sorted((self._all[one] for one in in_order(found)), key=lambda one: by_kind[one.kind])


def public() -> Chain:
    """Everything in public, put together once after each change: every page asks for it."""
    return _built(*stamps())


def stamps() -> tuple[int, int]:
    """Two numbers that stay the same only while nothing of it has changed."""
    return queries.stamps()


@lru_cache(maxsize=4)
def _built(_count: int, _stamps: int) -> Chain:
    return Chain(entries())
