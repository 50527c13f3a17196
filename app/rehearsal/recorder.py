"""Writes down what happened between some telephones and us as a script that plays again."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from app.core.i18n import REVIEWED
from app.rehearsal.phones import Act
from app.rehearsal.wordings import RECEIPT, Wordings

_UNITS = ((24 * 60, "d"), (60, "h"), (1, "m"))
_SPECIAL = frozenset("\\{}")


def write(acts: Sequence[Act], wordings: Wordings, *, remark: str = "", is_literal: bool = False) -> str:
    """A script of these acts. Replies are named (`{offer}`) where they are sentences of ours, else said word by word;
    `is_literal` says all of them, except receipts, which are drawn anew every time."""
    lines = [f"# {remark}"] if remark else []
    return "\n".join([*lines, *_Recorder(wordings, is_literal=is_literal).lines(acts)]) + "\n"


class _Recorder:
    """What was said so far: who speaks, and which receipts are known."""

    def __init__(self, wordings: Wordings, *, is_literal: bool) -> None:
        self.wordings, self.is_literal = wordings, is_literal
        self.phone = "A"
        self.receipts: dict[str, str] = {}
        self.sent: dict[str, int] = {}

    def lines(self, acts: Sequence[Act]) -> Iterator[str]:
        for act in acts:
            if act.kind == "time":
                yield f"@time {_duration(act.minutes)}"
                continue
            if act.phone != self.phone:
                self.phone = act.phone
                yield f"@phone {act.phone}"
            yield from self._again(act) if act.kind == "again" else self._text(act)

    def _text(self, act: Act) -> Iterator[str]:
        self.sent[act.phone] = self.sent.get(act.phone, 0) + 1
        if act.pictures:
            yield f"@media {act.pictures}"
        if act.has_answered:
            yield f"@optout {act.has_answered}"
        yield f"> {self._spoken(act)}".rstrip(" ")
        yield f"< {self._replied(act)}".rstrip(" ")

    def _again(self, act: Act) -> Iterator[str]:
        yield "@again" if act.nth == self.sent.get(act.phone) else f"@again {act.nth}"

    def _spoken(self, act: Act) -> str:
        """The text on one line; four words that we gave stand there as the receipt they are."""
        pieces, at = [], 0
        for found in self._receipts_in(act.text):
            pieces += [_visible(act.text[at : found.start()]), f"{{receipt {found.lastgroup}}}"]
            at = found.end()
        line = "".join([*pieces, _visible(act.text[at:])]).replace(f"{{receipt {act.phone}}}", "{receipt}")
        return re.sub("^ +| +$", lambda spaces: "\\u{20}" * len(spaces[0]), line)

    def _receipts_in(self, text: str) -> Iterator[re.Match[str]]:
        words = {phone: r"\W+".join(map(re.escape, said.split())) for phone, said in self.receipts.items()}
        pattern = "|".join(f"(?P<{phone}>{said})" for phone, said in words.items())
        return re.finditer(pattern, text, re.IGNORECASE) if pattern else iter(())

    def _replied(self, act: Act) -> str:
        named = self._named(act)
        if named is None or (self.is_literal and f"{{{RECEIPT}" not in named):
            return "{any}" if _SPECIAL & set(act.reply) else " ".join(act.reply.split())
        return named

    def _named(self, act: Act) -> str | None:
        """The reply as placeholders, None if some of it has no name."""
        rest, signs = act.reply, []
        while rest:
            found = self._longest(rest, act)
            if found is None:
                return None
            length, sign = found
            rest = rest[length:].strip()
            signs.append(sign)
        return " ".join(signs)

    def _longest(self, rest: str, act: Act) -> tuple[int, str] | None:
        found: list[tuple[int, str]] = []
        for lang in REVIEWED:
            for name in (RECEIPT, *self.wordings.names()):
                taken = self.wordings.take(name, lang, rest, act.text)
                if taken and taken.length:
                    found.append((taken.length, f"{{{name}}}" if lang == "da" else f"{{{name}:{lang}}}"))
                if taken and taken.receipt:
                    self.receipts[act.phone] = taken.receipt
        return max(found, key=lambda one: one[0], default=None)


def _visible(text: str) -> str:
    """The text with every character one could not see, or that means something in a script, by its number."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\n":
        return "\\n"
    is_plain = character == " " or unicodedata.category(character)[0] not in "CZM"
    return character if is_plain and character not in _SPECIAL else f"\\u{{{ord(character):x}}}"


def _duration(minutes: int) -> str:
    return next(f"+{minutes // size}{unit}" for size, unit in _UNITS if not minutes % size and (minutes or size == 1))
