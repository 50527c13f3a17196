"""Plays a script in a rehearsal and says where what happened is not what stands there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.channels.sms import queries as sms
from app.core.errors import Refusal
from app.rehearsal import queries, script, stored
from app.rehearsal.phones import Act
from app.rehearsal.sandbox import Rehearsal
from app.rehearsal.script import Line, Script
from app.rehearsal.wordings import Wordings

_NO_ROW = b""


@dataclass(frozen=True)
class Difference:
    """A line that did not come true."""

    where: str
    reason: str

    def __str__(self) -> str:
        return " ".join(f"{self.where}: {self.reason}".split())


def play(played: Script, rehearsal: Rehearsal) -> list[Difference]:
    """Every difference, in the order of the script; in the rehearsal's own app."""
    player = _Player(rehearsal, Wordings.of_places())
    found = []
    for line in played.lines:
        try:
            reasons = list(player.line(line))
        except Refusal as refusal:
            reasons = [str(refusal)]
        found += [Difference(f"{played.name}:{line.number}", reason) for reason in reasons]
    return found


Snapshot = dict[bytes, tuple[str | None, frozenset[bytes]]]


@dataclass
class _Player:
    """Where the play is: who speaks, what was said last, which response was touched last."""

    rehearsal: Rehearsal
    wordings: Wordings
    phone: str = "A"
    pictures: int = 0
    has_answered: str | None = None
    last: Act | None = None
    receipts: dict[str, str] = field(default_factory=dict)
    latest: bytes = _NO_ROW
    """The response that changed last: ids do not tell, so it is watched."""
    before: Snapshot = field(default_factory=dict)

    def line(self, line: Line) -> Iterator[str]:
        """Do what a line says; what is not as it says."""
        yield from getattr(self, f"_{line.kind}")(line.rest) or ()

    # ── what happens ──────────────────────────────────────────────────────────────

    def _phone(self, name: str) -> None:
        self.phone = name
        self.rehearsal.phones.add(name)

    def _media(self, count: str) -> None:
        self.pictures = int(count)

    def _optout(self, word: str) -> None:
        self.has_answered = word

    def _say(self, rest: str) -> Iterator[str]:
        unknown = {name or self.phone for name in _receipts_in(rest)} - self.receipts.keys()
        if unknown:
            yield f"telephone {', '.join(sorted(unknown))} has no receipt yet."
        text = script.SPOKEN.sub(self._unescaped, rest)
        phones = self.rehearsal.phones
        self.last = phones.say(self.phone, text, pictures=self.pictures, has_answered=self.has_answered)
        self.pictures, self.has_answered = 0, None
        self._watch()

    def _again(self, nth: str) -> Iterator[str]:
        before = _everything()
        again = self.rehearsal.phones.again(self.phone, int(nth or 0))
        self.last = again
        first = self.rehearsal.phones.texts_of(self.phone)[again.nth - 1]
        if again.reply != first.reply:
            yield f"the reply was “{first.reply}”, and to the second delivery it is “{again.reply}”."
        if _everything() != before:
            yield "the second delivery changed what is stored."

    def _time(self, rest: str) -> None:
        self.rehearsal.wait(script.duration(rest))
        self._watch()

    def _unescaped(self, found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        return "\n" if found[0] == "\\n" else self.receipts.get(found[2] or self.phone, "")

    def _watch(self) -> None:
        now = _snapshot()
        changed = [row for row, content in now.items() if self.before.get(row) != content]
        if changed:
            self.latest = changed[-1]
        self.before = now

    # ── what must hold ────────────────────────────────────────────────────────────

    def _reply(self, expected: str) -> Iterator[str]:
        said = self.last.reply if self.last else ""
        if not expected:
            if said:
                yield f"no reply was expected, and it is “{said}”."
            return
        reason = self._unlike(expected, said)
        if reason:
            yield f"{reason}; the reply is “{said}”." if said else f"{reason}; there is no reply."

    def _unlike(self, expected: str, said: str) -> str:
        """Why the reply is not what is expected; empty if it is."""
        rest, at, is_whole = said, 0, True
        for found in script.PLACEHOLDER.finditer(expected):
            literal, at = expected[at : found.start()], found.end()
            missing, rest = _after(literal, rest)
            if missing:
                return f"“{missing}” is missing"
            is_whole = is_whole and not literal.strip()
            reason, rest = self._after_placeholder(found[1], found[2] or "da", rest, is_searched=bool(literal.strip()))
            if reason:
                return reason
        missing, _ = _after(expected[at:], rest)
        if missing:
            return f"“{missing}” is missing"
        is_whole = is_whole and not expected[at:].strip()
        return f"“{rest}” is left over" if is_whole and rest else ""

    def _after_placeholder(self, name: str, lang: str, rest: str, *, is_searched: bool) -> tuple[str, str]:
        """What is wrong with a placeholder, and what is left behind it; behind literal words it may come later."""
        typed = self.last.text if self.last else ""
        starts = [at for at in range(len(rest) + 1) if not at or rest[at - 1] == " "] if is_searched else [0]
        for start in starts:
            taken = self.wordings.take(name, lang, rest[start:], typed)
            if taken:
                if taken.receipt and self.last:
                    self.receipts[self.last.phone] = taken.receipt
                return "", rest[start + taken.length :].strip()
        return f"{{{name}:{lang}}} is “{self.wordings.wanted(name, lang, typed)}”", rest

    def _expect(self, rest: str) -> Iterator[str]:
        what, _, wanted = rest.partition(" ")
        wanted = wanted.strip()
        if what in ("kept", "gone"):
            is_there = any(wanted in words for words in stored.words())
            if is_there != (what == "kept"):
                yield f"“{wanted}” is {'not ' if what == 'kept' else ''}among the stored words."
        elif what == "answer":
            yield from self._answered(*script.answer_of(wanted))
        else:
            found = self._found(what)
            if found.lower() != wanted.lower():
                yield f"{what} {wanted} was expected, and it is {found}."

    def _found(self, what: str) -> str:
        if what == "responses":
            return str(len(queries.responses()))
        if what == "sessions":
            return str(sms.open_conversations())
        place = next((row.site_code for row in queries.responses() if row.id == self.latest), None)
        return str(place or "none")

    def _answered(self, number: int, wanted: str) -> Iterator[str]:
        answers = [row for row in queries.answers() if row.response_id == self.latest]
        asked = {survey.questions[number - 1].id for survey in self.wordings.surveys if number <= len(survey.questions)}
        values = [row.value for row in answers if row.question in asked and row.kind == "value"]
        if wanted not in values:
            yield f"answer {number} = {wanted} was expected, and it is {', '.join(map(str, values)) or 'not there'}."


def _after(literal: str, text: str) -> tuple[str, str]:
    """The first word of `literal` that does not occur in `text` in its turn, and what is left behind the last one."""
    folded, at = text.casefold(), 0
    for word in literal.casefold().split():
        found = folded.find(word, at)
        if found < 0:
            return word, text
        at = found + len(word)
    return "", text[at:].strip() if at else text


def _receipts_in(rest: str) -> list[str]:
    return [found[2] for found in script.SPOKEN.finditer(rest) if found[0].startswith("{")]


def _snapshot() -> Snapshot:
    answers = queries.answers()
    return {
        row.id: (row.site_code, frozenset(one.id for one in answers if one.response_id == row.id))
        for row in queries.responses()
    }


def _everything() -> tuple[object, ...]:
    """All that a second delivery might change."""
    return _snapshot(), sorted(queries.conversations()), len(queries.remembered()), queries.receipts(), queries.tally()
