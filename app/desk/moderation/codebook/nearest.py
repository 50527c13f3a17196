"""Which codes are near to one that somebody wants to add, so that no twin is born."""

from app.core.folding import fold, words
from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Standing
from app.desk.moderation.suggesting.hints import HintBook

MOST = 5
BEGINNING = 5
"""Letters by which two words count as the same: 'åbningstid' and 'åbningstider'."""
_A_HINT, _A_NAME, _A_DEFINITION = 2.0, 3.0, 1.0
_SHORT_NAME, _SHORT = 3, 5  # of a definition, 'den', 'hele', 'til' name nothing


def codes(
    standing: Standing, name: str, definition: str = "", hints: tuple[str, ...] = (), *, parent_key: str = ""
) -> list[Line]:
    """The five nearest codes in use, best first: by shared hints, by words of the name, by words of the definition.

    Where fewer have anything in common with it, those under the same theme are the nearest.
    """
    text = " ".join((name, definition, *(hint.rstrip("*") for hint in hints)))
    known = [line for line in standing.lines.values() if line.is_active and line.kind in CONTENT]
    named: dict[str, set[str]] = {}
    for hit in HintBook({line.guid: line.hints for line in known}).hits(text):
        named.setdefault(hit.code, set()).add(fold(hit.said))
    score = {line.guid: _score(line, name, definition, len(named.get(line.guid, ()))) for line in known}
    known.sort(key=lambda line: (-score[line.guid], line.parent_key != parent_key, line.place))
    return known[:MOST]


def _score(line: Line, name: str, definition: str, hit: int) -> float:
    names = _beginnings(name, _SHORT_NAME) & _beginnings(f"{line.name_da} {line.name_en}", _SHORT_NAME)
    said = _beginnings(f"{name} {definition}", _SHORT) & _beginnings(
        f"{line.definition_da} {' '.join(line.hints)}", _SHORT
    )
    return _A_HINT * hit + _A_NAME * len(names) + _A_DEFINITION * len(said)


def _beginnings(text: str, shortest: int) -> set[str]:
    return {word[:BEGINNING] for word in words(fold(text)) if len(word) >= shortest}
