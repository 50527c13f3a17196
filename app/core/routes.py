"""How addresses are read and built."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, Rule, UnicodeConverter

Build = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that compiles what builds its address late: it is most of what starting costs, and most never need it.

    A command and a rehearsal start the application too. A werkzeug without this method would compile early again.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Build:
        compiled: list[Build] = []
        compiling = super()._compile_builder

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compiling(append_unknown))
            return compiled[0](rule, **values)

        return build


class Number(IntegerConverter):
    """A whole number that fits the columns of both databases; a longer one is an address that does not exist."""

    regex = r"[0-9]{1,9}"


class Word(UnicodeConverter):
    """A part of an address; one with a NUL in it does not exist, since PostgreSQL could not even look for it."""

    def __init__(self, map: Map, minlength: int = 1, maxlength: int | None = None, length: int | None = None) -> None:
        super().__init__(map, minlength, maxlength, length)
        self.regex = self.regex.replace("[^/]", "[^/\\x00]")


def init(app: Flask) -> None:
    """Call it before any route is added."""
    app.url_rule_class = LateRule
    app.url_map.converters["int"] = Number
    app.url_map.converters["typed"] = UnicodeConverter
    app.url_map.converters["default"] = app.url_map.converters["string"] = Word
