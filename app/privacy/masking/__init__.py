"""Finds what could tell who somebody is, and covers it (docs/privacy.md, "Reading, counting, publishing").

An aid: it proposes, a person reads and decides. It finds no one who is known by what they tell.
Nothing is learned, downloaded or asked of another service.
"""

from functools import lru_cache

from app.core import folding
from app.privacy.masking import folded, names, numbers, places, structured
from app.privacy.masking.span import KINDS, UNREAD, Kind, Span
from app.privacy.masking.version import version

__all__ = ["KINDS", "LABELS", "LONGEST", "Kind", "Span", "masked", "spans", "version"]

LABELS: dict[Kind, str] = {
    "cpr": "[CPR]", "phone": "[telefon]", "email": "[mail]", "url": "[link]", "plate": "[nummerplade]",
    "address": "[adresse]", "postcode": "[adresse]", "bank": "[nummer]", "number": "[nummer]", "name": "[navn]",
}  # fmt: skip
# Texts are cut at 2,000 code points when they are sealed; masks written out may make them longer.
LONGEST = 2_000
_READ = 2 * LONGEST


def spans(text: str, allow: frozenset[str] = frozenset()) -> list[Span]:
    """What to mask, in order and without overlaps, in code points of `text` as given.

    `allow` holds names of places that are nobody's name here (sites, stops), in any spelling.
    Takes linear time. What lies beyond 4,000 code points is not read, so it is masked as a whole.
    """
    view = folded.fold(text[:_READ])
    allowed = _words(allow)
    found = [
        *structured.find(view.text),
        *numbers.find(view.text),
        *places.find(view.text),
        *names.find(view.text, allowed),
    ]
    there = [Span(s.type, *view.original(s.start, s.end), s.why) for s in found]
    if len(text) > _READ:
        there.append(Span("number", _READ, len(text), UNREAD))
    return _merged(there)


def masked(text: str, spans: list[Span]) -> str:
    """The text with each span replaced by its label, such as [navn]."""
    pieces: list[str] = []
    end = 0
    for span in sorted(spans, key=lambda span: span.start):
        pieces += [text[end : span.start], LABELS[span.type]]
        end = span.end
    return "".join([*pieces, text[end:]])


@lru_cache(maxsize=8)  # names of places, never a text: an export asks for the same ones for every statement
def _words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in folding.words(folding.fold(phrase)))


def _merged(found: list[Span]) -> list[Span]:
    """Overlapping spans become one, of the strongest kind among them."""
    merged: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not merged or span.start >= merged[-1].end:
            merged.append(span)
            continue
        before = merged.pop()
        strongest = min(before, span, key=lambda s: KINDS.index(s.type))
        merged.append(Span(strongest.type, before.start, max(before.end, span.end), strongest.why))
    return merged
