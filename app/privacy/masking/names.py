"""Names of people: after a cue, on the list, or with a capital where Danish writes none."""

from collections.abc import Iterator

from app.privacy.masking import lists, span, words
from app.privacy.masking.span import Span
from app.privacy.masking.words import Word

_LONGEST_CUE = 4
_SHORTEST_SURNAME = 6
_SHORTEST_THING = 6
_SHORTEST_ROOT = 4
_FEWEST_TO_JUDGE = 4


def find(text: str, allow: frozenset[str]) -> Iterator[Span]:
    """Names in a folded text; `allow` are folded words (sites, stops) that are nobody's name here."""
    row = words.split(text)
    reader = _Reader(row, allow)
    reasons = [reader.reason(at) for at in range(len(row))]
    for at in range(len(row)):
        reasons[at] = reasons[at] or reader.joined(at, reasons)
    yield from _spans(row, reasons)


class _Reader:
    """One text: which of its words are names, and why."""

    def __init__(self, row: list[Word], allow: frozenset[str]) -> None:
        self.row = row
        self.allow = allow
        inside = [word for word in row if not word.begins]
        capitals = sum(word.is_capitalised for word in inside)
        # Where every other word has a capital, capitals say nothing.
        self.capitals_tell = len(inside) < _FEWEST_TO_JUDGE or 2 * capitals <= len(inside)

    def reason(self, at: int) -> str | None:
        """Why this word by itself is a name, None where it is not."""
        word = self.row[at]
        if self._is_ordinary(word) or self._names_a_place(at) or self._is_verb(at):
            return None
        if self._is_cued(at) and self._may_be_called(word):
            return span.NAME_CUE
        if self._is_known(word):
            return span.NAME_KNOWN
        if word.key in lists.ambiguous() or _without_s(word.key) in lists.ambiguous():
            return self._ambiguous(at)
        if word.is_capitalised and self.capitals_tell and not word.begins and self._is_unusual(at):
            return span.NAME_CAPITAL
        return span.NAME_KNOWN if word.begins and word.is_capitalised and _sounds_like_a_name(word) else None

    def joined(self, at: int, reasons: list[str | None]) -> str | None:
        """Why this word belongs to the name beside it: a family name, an initial, 'van', the first of two."""
        word = self.row[at]
        before = self.row[at - 1] if at and reasons[at - 1] and word.gap == " " else None
        after = self._name_after(at, reasons)
        is_initial = len(word.said) == 1 and word.said.isupper() and word.said != "I"
        looks_it = is_initial or (word.is_capitalised and self.capitals_tell) or _is_surname(word)
        if before and looks_it and (word.key in lists.surnames() or not self._is_ordinary(word)):
            return reasons[at - 1]
        if after and is_initial:
            return reasons[at + 1]
        if before and after and word.key in lists.rule("particles") and after.is_capitalised:
            return reasons[at - 1]
        if word.begins and word.is_capitalised and self._may_begin_a_name(word):
            return reasons[at + 1] if after and after.is_capitalised else self._named_with_another(at, reasons)
        return None

    def _name_after(self, at: int, reasons: list[str | None]) -> Word | None:
        after = self.row[at + 1] if at + 1 < len(self.row) and reasons[at + 1] else None
        return after if after and after.gap in (" ", ". ") else None

    def _named_with_another(self, at: int, reasons: list[str | None]) -> str | None:
        """'Ronja og Sofus': the first of two is a name when the second is."""
        if at + 2 < len(self.row) and self.row[at + 1].key == "og" and self.row[at + 2].is_capitalised:
            return reasons[at + 2]
        return None

    def _is_ordinary(self, word: Word) -> bool:
        key = word.key
        if key in self.allow or _without_s(key) in self.allow:
            return True
        if key in lists.ordinary() or (_without_s(key) in lists.ordinary() and key not in lists.given()):
            return key not in lists.ambiguous()
        first, hyphen, second = word.said.partition("-")
        # Facebook-gruppen and Peer-medarbejdere are things; Anne-Birthe is not.
        return bool(hyphen) and first[0].isupper() and second[:1].islower()

    def _names_a_place(self, at: int) -> bool:
        """'i Opdigtet' and 'stedet hedder Reden' name no person; a known name does, wherever it stands."""
        before = self.row[at - 1].key if at else ""
        if before in ("i", "in") and not self.row[at].begins:
            about_somebody = at > 1 and self.row[at - 2].key in lists.rule("in_somebody")
            return not about_somebody and not self._is_known(self.row[at])
        if before in lists.rule("houses") and self.row[at].is_capitalised:
            return not self._is_known(self.row[at])
        return before in ("hedder", "hed") and at > 1 and self.row[at - 2].key in lists.rule("no_person")

    def _is_verb(self, at: int) -> bool:
        """'når det regner': the ending of a verb right behind its subject; 'det peter sagde' is somebody."""
        word, rest = self.row[at], self.row[at + 1 : at + 3]
        behind_subject = at > 0 and word.gap == " " and self.row[at - 1].key in lists.rule("subjects")
        if word.is_capitalised or not behind_subject or not word.key.endswith(lists.endings("verb_endings")):
            return False
        if at > 1 and self.row[at - 2].key in lists.rule("before_subject"):
            return True
        if not rest or rest[0].gap != " ":
            return True
        if rest[0].key == "og" and len(rest) > 1:
            return not self._is_known(rest[1])
        acts = rest[0].key in lists.rule("acts") | lists.rule("states")
        return not acts and not rest[0].key.endswith(lists.endings("past_endings"))

    def _is_cued(self, at: int) -> bool:
        while at > 1 and self.row[at - 1].key in lists.rule("between_cue_and_name"):
            at -= 1
        if at >= len(self.row) or len(self.row[at].gap.strip(" :.,\n-")) > 0:
            return False
        before = tuple(word.key for word in self.row[max(0, at - _LONGEST_CUE) : at])
        return any(before[start:] in lists.cues() for start in range(len(before)))

    def _may_be_called(self, word: Word) -> bool:
        if word.is_capitalised or word.key in lists.given() or word.key in lists.ambiguous():
            return True
        if not word.said[0].isascii() and not word.said[0].islower():
            return True  # scripts without capitals
        return len(word.key) > 2 and not word.key.endswith(lists.endings("role_endings")) and not _is_thing(word.key)

    def _is_known(self, word: Word) -> bool:
        if len(word.key) < 3 and not word.is_capitalised:
            return False
        keys = {word.key, _without_s(word.key), *(part for part in word.key.split("-") if len(part) > 2)}
        return not keys.isdisjoint(lists.given()) and word.key not in lists.ambiguous()

    def _ambiguous(self, at: int) -> str | None:
        word = self.row[at]
        after = self.row[at + 1].key if at + 1 < len(self.row) else ""
        if word.is_capitalised and not word.begins:
            return span.NAME_CAPITAL if self.capitals_tell else None
        acts = after in lists.rule("acts")
        is_something = after in lists.rule("states")
        if word.is_capitalised and (acts or (is_something and word.key in lists.rule("somebody"))):
            return span.NAME_KNOWN
        cued = at > 0 and self.row[at - 1].key in lists.rule("roles") and (acts or is_something)
        return span.NAME_CUE if cued else None

    def _is_unusual(self, at: int) -> bool:
        word = self.row[at]
        if len(word.said) == 1 or _is_mixed(word.said):
            return False
        is_place = len(word.key) >= _SHORTEST_THING and word.key.endswith(lists.endings("place_endings"))
        return self._is_known(self.row[at - 1]) or not (is_place or _is_thing(word.key) or _is_bent_ordinary(word.key))

    def _may_begin_a_name(self, word: Word) -> bool:
        looks_common = word.key.endswith(("en", "et", "er", "erne")) or _is_thing(word.key)
        return not looks_common and not self._is_ordinary(word)


def _is_thing(key: str) -> bool:
    return len(key) >= _SHORTEST_THING and key.endswith(lists.endings("thing_endings"))


def _is_bent_ordinary(key: str) -> bool:
    """Hunde and Cigaretterne, where the list has hund and cigaret."""
    roots = (key.removesuffix(ending) for ending in ("e", "en", "et", "er", "ene", "erne"))
    return any(len(root) >= _SHORTEST_ROOT and root in lists.ordinary() for root in roots)


def _is_mixed(said: str) -> bool:
    """MitID and iPhone are things; Anne-Birthe and O'Brien are not."""
    return any(c.isupper() for c in said[1:]) and not {"-", "'", "’"} & set(said)


def _without_s(key: str) -> str:
    return key[:-1].rstrip("'") if len(key) > 3 and key.endswith("s") else key.rstrip("'")


def _sounds_like_a_name(word: Word) -> bool:
    """A first word nobody listed: it sounds like a name we know, or is spelled as no Danish word is."""
    keys = (word.key, _without_s(word.key))
    if any(len(key) >= lists.SHORTEST_SOUND and lists.sound(key) in lists.given_sounds() for key in keys):
        return True
    is_foreign = "q" in word.key or word.key.startswith(lists.endings("foreign_beginnings"))
    return is_foreign or word.key.endswith(lists.endings("name_endings"))


def _is_surname(word: Word) -> bool:
    if word.key in lists.surnames() or word.key.startswith(("al-", "el-", "abu-")):
        return True
    return len(word.key) >= _SHORTEST_SURNAME and word.key.endswith(lists.endings("surname_endings"))


def _spans(row: list[Word], reasons: list[str | None]) -> Iterator[Span]:
    """Names side by side are one mask."""
    at = 0
    while at < len(row):
        reason = reasons[at]
        if reason is None:
            at += 1
            continue
        first = last = at
        while last + 1 < len(row) and reasons[last + 1] and row[last + 1].gap in (" ", ". "):
            last += 1
        yield Span("name", row[first].start, row[last].end, reason)
        at = last + 1
