"""Conversation scripts as text: reading one, and saying what is wrong with it (notation: docs/sms.md, "Scripts")."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, cast

from app.core.errors import Refusal
from app.core.i18n import REVIEWED
from app.rehearsal.phones import NAMES
from app.rehearsal.wordings import is_known

Kind = Literal["say", "reply", "phone", "again", "time", "media", "optout", "expect"]
PLACEHOLDER = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
SPOKEN = re.compile(r"\\n|\\u\{([0-9a-f]{1,6})\}|\{receipt(?: ([A-Z]))?\}")
_TIME = re.compile(r"\+(\d{1,6})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
LONGEST_WAIT = timedelta(days=400)
_EXPECTED = {
    "responses": re.compile(r"\d+"),
    "sessions": re.compile(r"\d+"),
    "answer": re.compile(r"([1-9]\d*) *= *(\S+)"),
    "place": re.compile(r"\w+"),
    "kept": re.compile(r".+"),
    "gone": re.compile(r".+"),
}
_CARRIER_WORDS = ("STOP", "HELP", "START")


class ScriptRefused(Refusal):
    """A script that cannot be played: file:line: reason."""


@dataclass(frozen=True)
class Line:
    """One line that does or expects something."""

    number: int
    kind: Kind
    rest: str
    """What stands behind the sign; a text is still escaped, so that receipts can be put in."""


@dataclass(frozen=True)
class Script:
    """A script that was read and makes sense."""

    name: str
    lines: tuple[Line, ...]


def parse(content: str, name: str) -> Script:
    """The lines of a script, or ScriptRefused with the first line that makes no sense."""
    lines: list[Line] = []
    for number, raw in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        where = f"{name}:{number}"
        if raw.strip() and not raw.startswith("#"):
            lines.append(_line(number, raw.removesuffix("\r"), where))
            _check(lines, where)
    if not any(line.kind == "say" for line in lines):
        raise ScriptRefused(f"{name}:1: nobody says anything: a text begins with >.")
    return Script(name, tuple(lines))


def duration(rest: str) -> timedelta:
    """`+20h` as a span of time; ValueError for anything else."""
    found = _TIME.fullmatch(rest)
    if not found:
        raise ValueError(rest)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def answer_of(rest: str) -> tuple[int, str]:
    """`2 = yes` of `@expect answer 2 = yes`: the question's number and the value."""
    found = _EXPECTED["answer"].fullmatch(rest)
    if not found:
        raise ValueError(rest)
    return int(found[1]), found[2]


def _line(number: int, raw: str, where: str) -> Line:
    if raw.startswith(">"):
        return Line(number, "say", raw[1:].removeprefix(" "))
    if raw.startswith("<"):
        return Line(number, "reply", raw[1:].strip())
    found = re.fullmatch(r"@(phone|again|time|media|optout|expect)(?:\s+(.*?))?\s*", raw)
    if not found:
        raise ScriptRefused(f"{where}: a line begins with >, <, # or @phone, @again, @time, @media, @optout, @expect.")
    return Line(number, cast(Kind, found[1]), found[2] or "")


def _check(lines: list[Line], where: str) -> None:
    line = lines[-1]
    reason = next(_CHECKS[line.kind](line.rest), None)
    if reason is None and line.kind in ("reply", "again") and not any(one.kind == "say" for one in lines):
        reason = "nothing was said before this line."
    if reason:
        raise ScriptRefused(f"{where}: {reason}")


def _say(rest: str) -> Iterator[str]:
    left = SPOKEN.sub("", rest)
    if "\\u{" in left:
        yield "\\u{…} takes a number of 1 to 6 of 0-9 and a-f."
    if any(not _is_character(int(number or "0", 16)) for number, _ in SPOKEN.findall(rest)):
        yield "\\u{…} is no character: the last one is \\u{10ffff}, and d800 to dfff are halves of one."
    if re.search(r"\{receipt", left):
        yield "{receipt} is written so, or {receipt A} with the letter of a telephone."


def _is_character(number: int) -> bool:
    return number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF


def _reply(rest: str) -> Iterator[str]:
    for name, lang in PLACEHOLDER.findall(rest):
        if not is_known(name):
            yield f"there is no placeholder {{{name}}}."
        if lang and lang not in REVIEWED:
            yield f"{{{name}:{lang}}}: texts are sent in {' and '.join(REVIEWED)} only."
    if re.search(r"[{}]", PLACEHOLDER.sub("", rest)):
        yield "a brace that is not closed."


def _phone(rest: str) -> Iterator[str]:
    if rest not in NAMES or len(rest) != 1:
        yield "a telephone is one capital letter, like @phone B."


def _again(rest: str) -> Iterator[str]:
    if rest and not re.fullmatch(r"[1-9]\d{0,3}", rest):
        yield "@again stands alone, or with the number of a text, like @again 2."


def _time(rest: str) -> Iterator[str]:
    if not _TIME.fullmatch(rest):
        yield "time moves on by minutes, hours or days, like @time +20h."
    elif duration(rest) > LONGEST_WAIT:
        yield f"time moves on by {LONGEST_WAIT.days} days at most."


def _media(rest: str) -> Iterator[str]:
    if not re.fullmatch(r"\d{1,2}", rest):
        yield "@media takes the number of pictures, like @media 1."


def _optout(rest: str) -> Iterator[str]:
    if rest not in _CARRIER_WORDS:
        yield f"@optout takes one of {', '.join(_CARRIER_WORDS)}."


def _expect(rest: str) -> Iterator[str]:
    what, _, wanted = rest.partition(" ")
    if what not in _EXPECTED:
        yield f"@expect takes one of {', '.join(_EXPECTED)}."
    elif not _EXPECTED[what].fullmatch(wanted.strip()):
        yield f"@expect {what} is not understood: “{wanted}”."


_CHECKS = {
    "say": _say, "reply": _reply, "phone": _phone, "again": _again, "time": _time, "media": _media,
    "optout": _optout, "expect": _expect,
}  # fmt: skip
