"""The tablet's script as it is sent: its parts without comments and spaces, and with short names for its own.

A name becomes short only where nothing else could be meant: it is declared in the parts, it is nowhere a property or
a key, and it stands in no template string. The parts keep to that: every statement ends with a semicolon.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_letters

_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*)|(?P<text>'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)|(?P<pattern>(?<=\()/(?:\\.|[^/\\\n])+/[a-z]*)"
    r"|(?P<word>[A-Za-z_$][\w$]*)|(?P<space>\s+)|(?P<sign>\.\.\.|=>|\+\+|--|\d[\w.]*|.)",
    re.DOTALL,
)
_RESERVED = frozenset(
    ("async", "await", "break", "case", "catch", "const", "continue", "delete", "do", "else", "false", "finally", "for",
     "function", "if", "in", "instanceof", "let", "new", "null", "of", "return", "this", "throw", "true", "try",
     "typeof", "undefined", "void", "while")
)  # fmt: skip
_DECLARES = re.compile(r"(?:const|let)\s+(\[[^\]]*\]|[\w$]+(?:\s*,\s*[\w$]+)*(?=\s*[;=])|[\w$]+)")
_ALSO_DECLARES = re.compile(r"(?<=[,(\[])\s*([\w$]+)\s*=(?![=>])")
_PARAMETERS = re.compile(r"(?:\(([^()]*)\)|([\w$]+))\s*=>|catch \(([\w$]+)\)")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_GLUES = re.compile(r"[\w$]{2}|\+\+|--")


def shortened(parts: Sequence[str]) -> list[str]:
    """The same parts, shorter; a name is the same short one in all of them."""
    streams = [list(_tokens(part)) for part in parts]
    own = _declared(streams) - _taken_elsewhere(streams)
    uses = Counter(word for stream in streams for kind, word in stream if kind == "word")
    foreign = set(uses) - own
    names = dict(zip(sorted(own, key=lambda name: (-uses[name], name)), _short(foreign), strict=False))
    return [_written(stream, names) for stream in streams]


def _tokens(part: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(part):
        if found.lastgroup not in ("comment", "space"):
            yield str(found.lastgroup), found.group()


def _declared(streams: Sequence[Sequence[tuple[str, str]]]) -> set[str]:
    found = set()
    for stream in streams:
        plain = " ".join("''" if kind in ("text", "pattern") else word for kind, word in stream)
        for pattern in (_DECLARES, _ALSO_DECLARES, _PARAMETERS):
            for groups in pattern.finditer(plain):
                found |= {name for group in groups.groups() if group for name in _NAME.findall(group)}
    return found - _RESERVED


def _taken_elsewhere(streams: Sequence[Sequence[tuple[str, str]]]) -> set[str]:
    """Names that are also properties or keys, or that a template string speaks of."""
    found = set()
    for stream in streams:
        open_: list[str] = []
        edged = [("sign", ";"), *stream, ("sign", ";")]
        for (_, before), (kind, word), (_, after) in zip(edged, stream, edged[2:], strict=False):
            if word in "([{":
                open_.append(word)
            elif word in ")]}":
                open_.pop()
            if kind == "text" and word[0] == "`":
                found |= set(_NAME.findall(word))
            is_key = after == ":" and before in ("{", ",")
            is_both = before in ("{", ",") and after in (",", "}") and open_[-1:] == ["{"]
            if kind == "word" and (before == "." or is_key or is_both):
                found.add(word)
    return found


def _short(foreign: set[str]) -> Iterator[str]:
    every = ("".join(letters) for length in count(1) for letters in product(ascii_letters, repeat=length))
    return (name for name in every if name not in foreign and name not in _RESERVED)


def _written(stream: Sequence[tuple[str, str]], names: dict[str, str]) -> str:
    out = ""
    for kind, word in stream:
        piece = names.get(word, word) if kind == "word" else word
        if out and _GLUES.match(out[-1] + piece[0]):
            out += " "
        out += piece
    return out
