"""Which key does what. Every key has a visible button; a person may change the keys or switch them off (WCAG 2.1.4)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.moderation.keyboard import queries

ENTER = "Enter"
DIGITS = frozenset("123456789")
"""Suggestions, in the order they are shown; these never move."""
MOST_RECENT = 9


class BadKeys(Refusal):
    """Keys that cannot be told apart, or that no keyboard sends."""


@dataclass(frozen=True)
class Act:
    """Something a key does."""

    name: str
    key: str
    """The key it has unless the person chose another."""
    about: str


ACTS = (
    Act("next", "j", N_("next text")),
    Act("previous", "k", N_("previous text")),
    Act("approve", ENTER, N_("approve, then the next text")),
    Act("hold", "h", N_("set aside (asks why)")),
    Act("reject", "x", N_("reject (asks why)")),
    Act("skip", "s", N_("skip: the text comes back last")),
    Act("find", "t", N_("find a theme by typing")),
    Act("recent", "c", N_("themes used lately: then a digit")),
    Act("refuse", "n", N_("say no to a suggestion: then its digit")),
    Act("type", "y", N_("kind of text: then a letter")),
    Act("flags", "f", N_("flags: then a letter")),
    Act("masks", "e", N_("masks")),
    Act("group", "g", N_("texts that look alike")),
    Act("memo", "m", N_("memo")),
    Act("safeguarding", "!", N_("worried for someone’s safety")),
    Act("undo", "u", N_("undo")),
    Act("search", "/", N_("search")),
    Act("sheet", "?", N_("all keys")),
)
NAMES = tuple(act.name for act in ACTS)


@dataclass(frozen=True)
class Keys:
    """The keys of one person."""

    is_off: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Act → key, only where the person chose another."""
    recent: tuple[str, ...] = ()
    """Keys of the codes used last, the latest first."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """What keys do, in the order of the sheet."""
        return ACTS

    def of(self, name: str) -> str:
        """The key of an act."""
        return self.chosen.get(name) or next(act.key for act in ACTS if act.name == name)

    def cap(self, name: str) -> Markup:
        """The key as it is printed on its button; nothing where keys are off. Digits and letters print as they are.

        Hidden from screen readers: they hear the button's own words, and the sheet of keys.
        """
        key = name if len(name) == 1 else self.of(name)
        return Markup() if self.is_off else Markup('<kbd aria-hidden="true">{}</kbd>').format(key)

    def for_script(self) -> str:
        """Key → act, as the page hands it to the script; empty where keys are off."""
        return json.dumps({} if self.is_off else {self.of(name): name for name in NAMES})


def of(person: User) -> Keys:
    """The keys of a person, and the codes used last."""
    row = queries.of(person.id)
    return Keys(row.is_off, row.keys, tuple(row.recent)) if row else Keys()


def save(person: User, chosen: Mapping[str, str], *, is_off: bool) -> None:
    """Keep a person's keys; raises BadKeys and changes nothing if two acts would share one."""
    keys = {act.name: _typed(chosen.get(act.name, "")) or act.key for act in ACTS}
    for act in ACTS:
        _check(keys[act.name], _(act.about))
    twice = next((key for key in keys.values() if list(keys.values()).count(key) > 1), None)
    if twice:
        raise BadKeys(_("The key %(key)s would do two things. Choose another for one of them.", key=twice))
    others = {act.name: keys[act.name] for act in ACTS if keys[act.name] != act.key}
    queries.save(person.id, is_off=is_off, keys=others)


def used(person: User, codes: Iterable[str]) -> None:
    """Put codes first among those used last; a digit after `c` takes them again."""
    codes = sorted(codes)
    before = of(person).recent
    now = (*codes, *(code for code in before if code not in codes))[:MOST_RECENT]
    if now != before:
        queries.remember(person.id, now)


def _typed(key: str) -> str:
    key = key.strip()
    return ENTER if key.lower() == ENTER.lower() else key


def _check(key: str, about: str) -> None:
    if key != ENTER and (len(key) != 1 or not key.isprintable() or key in DIGITS):
        raise BadKeys(_("“%(key)s” cannot be the key for: %(act)s. Type one letter or sign.", key=key, act=about))
