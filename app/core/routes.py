"""How addresses are read and built."""

from collections.abc import Callable
from types import MethodType
from typing import Any, ClassVar

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map, Rule, UnicodeConverter
from werkzeug.routing.rules import RulePart

Build = Callable[..., tuple[str, str]]
Pattern = tuple[list[RulePart], list[tuple[bool, str]], dict[str, BaseConverter]]


class LateRule(Rule):
    """A rule that compiles what builds its address late: it is most of what starting costs, and most never need it.

    A command and a rehearsal start the application too: what was read and compiled serves all applications of a
    process, since each has the converters of `init`. A werkzeug without these methods would do it all again.
    """

    _read: ClassVar[dict[str, Pattern]] = {}
    _built: ClassVar[dict[tuple[str, str, bool], Build]] = {}

    def compile(self) -> None:
        if self.rule not in self._read:
            super().compile()
            self._read[self.rule] = self._parts, self._trace, self._converters
            return
        self._parts, self._trace, self._converters = self._read[self.rule]
        self.arguments.update(self._converters)
        self._build, self._build_unknown = MethodType(_WITHOUT_QUERY, self), MethodType(_WITH_QUERY, self)

    def _compile_builder(self, append_unknown: bool = True) -> Build:
        return _WITH_QUERY if append_unknown else _WITHOUT_QUERY

    def builder(self, append_unknown: bool) -> Build:
        """What builds the address of such a rule, compiled when it is first asked for."""
        name = self.rule, str(self.defaults), append_unknown
        if name not in self._built:
            self._built[name] = super()._compile_builder(append_unknown)
        return self._built[name]


def _late(append_unknown: bool) -> Build:
    def build(rule: LateRule, /, **values: Any) -> tuple[str, str]:
        return rule.builder(append_unknown)(rule, **values)

    return build


_WITH_QUERY, _WITHOUT_QUERY = _late(True), _late(False)


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
