"""Takes the fields of a TOML file one by one; refuses with "file:line: reason" what is missing, wrong or left over."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.i18n import LANGUAGES
from app.surveys import toml_lines
from app.surveys.questions import Words

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_]*")
_REQUIRED_LANGUAGES = ("da", "en")
_MOST_ID = 40


class SurveyFileRefused(Refusal):
    """A survey file with a fault: "file:line: reason"."""


class Fields:
    """One table of the file. Every field taken is crossed off, so that what is left over can be named."""

    def __init__(self, found: dict[str, Any], path: str, filename: str, lines: toml_lines.Lines) -> None:
        self._found = found
        self._path = path
        self._filename = filename
        self._lines = lines
        self._taken: set[str] = set()

    @classmethod
    def of_file(cls, text: str, filename: str) -> "Fields":
        """The whole file; a syntax error is refused with its line too."""
        try:
            return cls(tomllib.loads(text), "", filename, toml_lines.lines(text))
        except tomllib.TOMLDecodeError as error:
            line, reason = toml_lines.syntax_fault(str(error), text)
            raise SurveyFileRefused(f"{filename}:{line}: {reason}") from error
        except RecursionError as error:
            raise SurveyFileRefused(f"{filename}:1: {_('this is nested too deeply to be a survey')}") from error

    def fault(self, name: str, reason: str) -> SurveyFileRefused:
        """The refusal to raise; it names the line of this field."""
        line = toml_lines.nearest(self._lines, self._at(name))
        return SurveyFileRefused(f"{self._filename}:{line}: {reason}")

    def must_be(self, name: str, wanted: object) -> None:
        """A field with one allowed value."""
        if self._take(name) != wanted:
            raise self.fault(name, _("“%(name)s” must be %(wanted)s", name=name, wanted=wanted))

    def string(self, name: str, *, required: bool = True) -> str:
        """Some text; empty where it is optional and missing."""
        value = self._take(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            raise self.fault(name, _("“%(name)s” must be some text", name=name))
        return value

    def identifier(self, name: str, *, most: int = _MOST_ID) -> str:
        """A short name for machines: small letters, digits and underscores."""
        value = self.string(name)
        if len(value) > most or not _IDENTIFIER.fullmatch(value):
            reason = _("“%(name)s” must be at most %(most)s small letters, digits or _", name=name, most=most)
            raise self.fault(name, reason)
        return value

    def whole_number(self, name: str, *, least: int) -> int:
        """A number of at least `least`."""
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.fault(name, _("“%(name)s” must be a whole number from %(least)s", name=name, least=least))
        return value

    def optional_number(self, name: str) -> int | None:
        """A number from 0, or nothing."""
        return self.whole_number(name, least=0) if name in self._found else None

    def boolean(self, name: str) -> bool:
        """true or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            raise self.fault(name, _("“%(name)s” must be true or false", name=name))
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """A list with at least one text in it; a single text is a list of one."""
        value = self._take(name)
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
            raise self.fault(name, _("“%(name)s” must be a list of texts", name=name))
        return tuple(listed)

    def some_of(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """A list of these values only."""
        values = self.strings(name)
        if strange := next((value for value in values if value not in allowed), None):
            raise self.fault(name, _("“%(value)s” is none of %(all)s", value=strange, all=", ".join(allowed)))
        return tuple(dict.fromkeys(values))

    def table(self, name: str) -> "Fields | None":
        """A table inside this one."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fault(name, _("“%(name)s” must be a table", name=name))
        return Fields(value, self._at(name), self._filename, self._lines)

    def tables(self, name: str) -> list["Fields"]:
        """A list of tables, in order."""
        value = self._take(name)
        listed = [] if value is None else value
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise self.fault(name, _("“%(name)s” must be a list of tables", name=name))
        return [
            Fields(one, f"{self._at(name)}.{place}", self._filename, self._lines) for place, one in enumerate(listed)
        ]

    def words(self, name: str, *, required: bool = True) -> Words:
        """Wordings by language; Danish and English must be there if any is."""
        inside = self.table(name)
        if inside is None and required:
            raise self.fault(name, _("“%(name)s” is missing", name=name))
        if inside is None:
            return {}
        words = inside.words_here()
        inside.nothing_else()
        return words

    def words_here(self) -> Words:
        """The languages of this very table."""
        found = {lang: self.string(lang) for lang in LANGUAGES if lang in self._found}
        for lang in _REQUIRED_LANGUAGES:
            if lang not in found:
                what = self._path.rpartition(".")[2] if not self._path[-1:].isdigit() else "option"
                raise self.fault("", _("the %(what)s has no text in “%(lang)s”", what=what, lang=lang))
        return found

    def peek(self, name: str) -> object:
        """A value as it stands, not crossed off."""
        return self._found.get(name)

    def names(self) -> tuple[str, ...]:
        """Every key of this table."""
        return tuple(self._found)

    def nothing_else(self) -> None:
        """Refuses a key nobody has taken: a misspelt one would otherwise be lost in silence."""
        if left := next((name for name in self._found if name not in self._taken), None):
            raise self.fault(left, _("nothing here is called “%(name)s”", name=left))

    def _take(self, name: str) -> Any:
        self._taken.add(name)
        return self._found.get(name)

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}".strip(".")
