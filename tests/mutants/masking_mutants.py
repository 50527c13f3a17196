"""Maskers that are wrong in one way each, and the few texts that tell every one of them from ours."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from app.desk.moderation.exchange import statements
from app.privacy import masking
from app.privacy.masking import folded, numbers
from app.privacy.masking.folded import Folded
from app.privacy.masking.span import Span

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def complaints() -> Iterator[str]:
    """What a masker gets wrong of what people really write."""
    for tail in range(0, 10_000, 777):
        if [span.type for span in masking.spans(f"010107-{tail:04}")] != ["cpr"]:
            yield f"CPR: one without a valid control digit is not found ({tail:04})"
    if [span.type for span in masking.spans("ring 00\u200b12\u200b34\u200b56")] != ["phone"]:
        yield "invisible: characters nobody sees hide a number"
    for text in ("Der er åbent 10.00-18.00", "åbent 8.30 - 15.30, 7 dage om ugen"):
        if masking.spans(text):
            yield f"hours: {text}"
    text = "🙂👍🏽 ring 12345678"
    if masking.masked(text, masking.spans(text)) != "🙂👍🏽 ring [telefon]":
        yield "emoji: the mask lies beside the number"
    if "1234" in statements._masked("ring 12345678", frozenset()):
        yield "way out: what slipped in leaves again"


def mod_11_gate(wrong: pytest.MonkeyPatch) -> None:
    """Only numbers with a valid control digit are CPR numbers, as they were until 2007."""
    ours = numbers.find

    def is_valid(digits: str) -> bool:
        return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11 == 0

    def find(text: str) -> Iterator[Span]:
        for span in ours(text):
            digits = "".join(filter(str.isdigit, text[span.start : span.end]))
            if span.type != "cpr" or is_valid(digits):
                yield span

    wrong.setattr(numbers, "find", find)


def zero_width_is_read(wrong: pytest.MonkeyPatch) -> None:
    """What is invisible stands between the digits."""
    wrong.setattr(folded, "_INVISIBLE", frozenset({"Mn", "Me"}))


def hours_are_numbers(wrong: pytest.MonkeyPatch) -> None:
    """Seven digits are seven digits."""
    wrong.setattr(numbers, "_is_time", lambda run, before: False)


def utf_16_offsets(wrong: pytest.MonkeyPatch) -> None:
    """Places as a browser counts them, where an emoji is two."""
    ours = folded.fold

    def fold(text: str) -> Folded:
        view = ours(text)
        unit = list(itertools.accumulate((len(one.encode("utf-16-le")) // 2 for one in text), initial=0))
        return Folded(view.text, tuple(unit[at] for at in view.starts), tuple(unit[at] for at in view.ends))

    wrong.setattr(folded, "fold", fold)


def once_at_intake(wrong: pytest.MonkeyPatch) -> None:
    """What was approved is free of names, so it leaves as it is."""
    wrong.setattr(statements, "_masked", lambda text, places: text)


MUTANTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "mod_11_gate": (mod_11_gate, "CPR"),
    "zero_width_is_read": (zero_width_is_read, "invisible"),
    "hours_are_numbers": (hours_are_numbers, "hours"),
    "utf_16_offsets": (utf_16_offsets, "emoji"),
    "once_at_intake": (once_at_intake, "way out"),
}
"""Each with how its complaint begins."""
