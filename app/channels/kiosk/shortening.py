"""The tablet's script as it is sent: its parts without comments and spaces, and with short names for its own.

A name that stands alone at the top of a part belongs to all parts and is the same short one in all of them; any other
belongs to its statement, so that the same few letters come again and the whole packs well. What follows a dot or is a
key stays as it is; `{name}` becomes `{name:a}`. The parts keep to this: a statement ends with a semicolon, a template
string speaks of no name of ours, and no name of ours is also one of the browser's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise, product
from typing import NamedTuple

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
_DECLARES = re.compile(r"(?:const|let)\s+([\[{][^\]}]*[\]}]|[\w$]+(?:\s*,\s*[\w$]+)*(?=\s*[;=])|[\w$]+)")
_ALSO_DECLARES = re.compile(r"(?<=[,(\[])\s*([\w$]+)\s*=(?![=>])")
_PARAMETERS = re.compile(r"(?:\(([^()]*)\)|([\w$]+))\s*=>|catch\s*\(\s*([\w$]+)\s*\)")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_GLUES = re.compile(r"[\w$]{2}|\+\+|--")
_LETTERS = "etnrisouaflchpdvmgybwESxTNCkLAOM_DPHBjFIqRUzWXV$JKQGYZ"
"""In the order of how often the language's own words have them, which packs better."""
_BEFORE_A_BLOCK = frozenset((")", "=>", ";", "{", "}", "else", "try", "finally", ""))


class Token(NamedTuple):
    """A piece of a part; `use` says what a word is: a `name`, a `both` (name and key), or something to leave."""

    kind: str
    word: str
    use: str = ""


Statement = list[Token]
Table = dict[str, str]


def shortened(parts: Sequence[str]) -> list[str]:
    """The same parts, shorter; a name of all parts is the same short one in each."""
    split = [list(_statements(_read(part))) for part in parts]
    every = [statement for statements in split for statement in statements]
    shared = {name for statement in every for name in _at_the_top(statement)}
    own = [_declared(statement) - shared for statement in every]
    pairs = list(zip(every, own, strict=True))
    foreign = {token.word for statement, names in pairs for token in statement if token.use} - shared
    foreign -= {name for names in own for name in names}
    letters = _short(foreign)
    locals_ = [next(letters) for _ in range(max(map(len, own), default=0))]
    of_all = _table(every, shared, letters, is_by_use=True)
    tables = iter([of_all | _table([statement], names, locals_) for statement, names in pairs])
    return [_written([token for one in statements for token in _renamed(one, next(tables))]) for statements in split]


def _read(part: str) -> Iterator[Token]:
    """The pieces of a part, each word with its use."""
    found = [(str(one.lastgroup), one.group()) for one in _TOKEN.finditer(part)]
    found = [(kind, word) for kind, word in found if kind not in ("comment", "space")]
    edged = [("sign", ""), *found, ("sign", "")]
    open_: list[str] = []
    for (_, before), (kind, word), (_, after) in zip(edged, found, edged[2:], strict=False):
        if kind == "sign" and word in "([{":
            open_.append("block" if word == "{" and before in _BEFORE_A_BLOCK else word)
        elif kind == "sign" and word in ")]}":
            open_.pop()
        yield Token(kind, word, _use(word, before, after, open_[-1:]) if kind == "word" else "")


def _use(word: str, before: str, after: str, inside: list[str]) -> str:
    is_key = inside == ["{"] and before in ("{", ",")
    if word in _RESERVED or before == "." or (is_key and after == ":"):
        return ""
    return "both" if is_key and after in (",", "}", "=") else "name"


def _statements(tokens: Iterator[Token]) -> Iterator[Statement]:
    depth, statement = 0, []
    for token in tokens:
        statement.append(token)
        depth += (token.kind == "sign") * ((token.word in "([{") - (token.word in ")]}"))
        if token.word == ";" and depth == 0:
            yield statement
            statement = []
    yield statement


def _at_the_top(statement: Statement) -> Iterator[str]:
    """The names a statement declares for all parts."""
    depth, before = 0, ""
    for token in statement if statement and statement[0].word in ("const", "let") else ():
        depth += (token.kind == "sign") * ((token.word in "([{") - (token.word in ")]}"))
        if depth == 0 and token.use and before in ("const", "let", ","):
            yield token.word
        before = token.word


def _declared(statement: Statement) -> set[str]:
    plain = " ".join("''" if token.kind in ("text", "pattern") else token.word for token in statement)
    found = {
        name
        for pattern in (_DECLARES, _ALSO_DECLARES, _PARAMETERS)
        for groups in pattern.finditer(plain)
        for group in groups.groups("")
        for name in _NAME.findall(group)
    }
    return found - _RESERVED


def _table(
    statements: Iterable[Statement], names: set[str], letters: Iterable[str], *, is_by_use: bool = False
) -> Table:
    """Who gets which letters: the most used the first ones, or, which packs better within a statement, in order."""
    uses = Counter(token.word for one in statements for token in one if token.use and token.word in names)
    ordered = [name for name, _ in uses.most_common()] if is_by_use else list(uses)
    return dict(zip(ordered, letters, strict=False))


def _short(foreign: set[str]) -> Iterator[str]:
    every = ("".join(letters) for length in count(1) for letters in product(_LETTERS, repeat=length))
    return (name for name in every if name not in foreign and name not in _RESERVED)


def _renamed(statement: Statement, names: Table) -> Iterator[str]:
    for token in statement:
        short = names.get(token.word, token.word) if token.use else token.word
        yield f"{token.word}:{short}" if token.use == "both" and short != token.word else short


def _written(words: Sequence[str]) -> str:
    """Without what the language can do without: spaces, a last comma or semicolon, a second `const`."""
    out = ""
    for piece, after in pairwise([*_joined_declarations(words), ""]):
        if (piece in (",", ";") and after == "}") or (piece == "," and after in (")", "]")):
            continue
        out += f" {piece}" if out and _GLUES.match(out[-1] + piece[0]) else piece
    return out


def _joined_declarations(words: Sequence[str]) -> Iterator[str]:
    """`const a = 1; const b = 2;` as one statement."""
    begun, before, is_more = [""], ";", False
    for word, after in pairwise([*words, ""]):
        if word in ("[", "(", "{"):
            begun.append("")
        elif word in ("]", ")", "}"):
            begun.pop()
        elif before in (";", "{"):
            begun[-1] = word
        is_second, is_more = is_more, word == ";" and after in ("const", "let") and after == begun[-1]
        if not is_second:
            yield "," if is_more else word
        before = word
