"""Where each key of a TOML file stands, so that a fault can name its line (tomllib does not say)."""

import re
from collections import Counter

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w\"'.-]+)\s*=")
_SYNTAX = re.compile(r"(?P<reason>.+) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")

Lines = dict[str, int]


def lines(text: str) -> Lines:
    """Path → line. An array of tables counts from 0: `questions.2.options.0.id`."""
    found: Lines = {}
    seen: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            table = _path_of(header[2], seen, is_array=header[1] == "[[")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def nearest(found: Lines, path: str) -> int:
    """The line of this path, or of the closest thing around it that has one."""
    while path:
        if path in found:
            return found[path]
        path = path.rpartition(".")[0]
    return 1


def syntax_fault(message: str, text: str) -> tuple[int, str]:
    """Line and reason out of what tomllib says about a file it cannot read."""
    match = _SYNTAX.fullmatch(message)
    if match is None:
        return 1, message
    return int(match["line"] or len(text.splitlines()) or 1), match["reason"]


def _path_of(name: str, seen: Counter[str], *, is_array: bool) -> str:
    """`questions.options` inside the third question's second option → `questions.2.options.1`."""
    path = ""
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for position, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if is_array and position == len(parts) - 1:
            seen[path] += 1
        if seen[path]:
            path = f"{path}.{seen[path] - 1}"
    return path
