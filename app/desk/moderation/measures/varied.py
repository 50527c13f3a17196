"""A few texts out of many that say what most say, each in another way. Pure."""

from collections.abc import Sequence

LETTERS = 3
"""Letters in a run."""
BOTH_ALIKE = 0.5
"""How much being like the rest counts against being unlike those chosen already."""


def chosen(texts: Sequence[str], size: int) -> list[int]:
    """The places of at most `size` texts, by maximal marginal relevance over runs of letters.

    Carbonell and Goldstein, The Use of MMR (1998): each next one is most like the rest and least like those chosen.
    Ties go to the first, so give the texts in an order that says nothing.
    """
    runs = [_runs(text) for text in texts]
    typical = [sum(_alike(one, other) for other in runs) / len(runs) for one in runs]
    found: list[int] = []
    while len(found) < min(size, len(texts)):
        left = (nth for nth in range(len(texts)) if nth not in found)
        found.append(max(left, key=lambda nth: _worth(nth, found, runs, typical)))
    return found


def _worth(nth: int, found: Sequence[int], runs: Sequence[frozenset[str]], typical: Sequence[float]) -> float:
    nearest = max((_alike(runs[nth], runs[other]) for other in found), default=0.0)
    return BOTH_ALIKE * typical[nth] - (1 - BOTH_ALIKE) * nearest


def _runs(text: str) -> frozenset[str]:
    padded = f" {' '.join(text.lower().split())} "
    return frozenset(padded[at : at + LETTERS] for at in range(len(padded) - LETTERS + 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
