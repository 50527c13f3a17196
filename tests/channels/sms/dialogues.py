"""Runs a conversation script (notation: tests/oracles/dialogues/README.md) against the signed webhook."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app import jobs
from app.channels.sms import help_texts, queries, views, wording
from app.channels.sms.providers import Inbound
from app.channels.sms.replies import Way
from app.core import clock, db
from app.core.i18n import translate
from app.privacy import sealing
from app.surveys import help_lines, library, question_types, versions
from app.surveys import queries as surveys
from app.surveys.models import Answer, Response, Site
from app.surveys.questions import Survey, in_language
from tests.channels.sms import factories

FREE_WORDING = {
    "offer": wording.OFFER, "thanks": wording.THANKS, "nothing kept": wording.NOTHING_KEPT, "free": wording.FREE,
    "ask place": wording.ASK_PLACE, "start": wording.START, "orphan": wording.ORPHAN, "stopped": wording.STOPPED,
    "deleted": wording.DELETED, "withdrawn": wording.WITHDRAWN, "how to delete": wording.HOW_TO_DELETE,
    "no pictures": wording.NO_PICTURES, "languages": wording.LANGUAGES, "latest news": wording.NO_NEWS,
    "no such receipt": wording.NO_SUCH_RECEIPT, "lost": wording.LOST,
}  # fmt: skip
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@cache
def survey_of_tests(name: str) -> Survey:
    """A survey beside the scripts, with questions the demo does not ask by text."""
    return library.read(Path(__file__).parent / "surveys" / f"{name}.toml")


@dataclass
class Phone:
    """One telephone: its number, its last texts and its receipt."""

    number: str
    sent: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    receipt: str = ""


class Script:
    """One script being played on a fresh database."""

    def __init__(self, app: Flask, path: Path) -> None:
        self.app, self.path = app, path
        self.phones: dict[str, Phone] = {}
        self.phone = self._phone("A")
        self.pending: dict[str, str] = {}
        self.reply = ""
        self.survey = "sms_core"
        self.sent_ago: timedelta | None = None

    def play(self) -> None:
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1):
            self.where = f"{self.path.name}:{number}: {line}"
            if line.strip():
                self._line(line)

    def _line(self, line: str) -> None:
        acts: tuple[tuple[str, Callable[[str], None]], ...] = (
            ("#", lambda rest: None), (">", self._say), ("<", self._expect_reply), ("@phone", self._turn_to),
            ("@again", self._again), ("@time", self._time), ("@media", self._media), ("@optout", self._optout),
            ("@expect", self._expect), ("@survey", self._ask), ("@close", self._close), ("@recovered", self._recovered),
        )  # fmt: skip
        for sign, act in acts:
            if line.startswith(sign):
                return act(line[len(sign) :].strip() if sign != ">" else line[1:].removeprefix(" "))
        raise AssertionError(f"{self.where}: unknown line")

    def _phone(self, name: str) -> Phone:
        return self.phones.setdefault(name, Phone(factories.a_number()))

    def _turn_to(self, name: str) -> None:
        self.phone = self._phone(name)

    def _say(self, text: str) -> None:
        text = text.replace("\\n", "\n")
        text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
        text = re.sub(r"\{receipt ?(\w?)\}", lambda f: (self.phones[f[1]] if f[1] else self.phone).receipt, text)
        fields = factories.fields(text, sender=self.phone.number, **self.pending)
        self.pending = {}
        self.reply = self._found(fields) if self.sent_ago else self._deliver(fields)
        self.sent_ago = None
        self.phone.sent.append((text, fields, self.reply))

    def _deliver(self, fields: dict[str, str]) -> str:
        answer = factories.deliver(self.app, fields)
        assert answer.status_code == 200, self.where
        return factories.message(answer)

    def _found(self, fields: dict[str, str]) -> str:
        """The text as the sweep takes it from the carrier's list."""
        sent_at = clock.now() - (self.sent_ago or timedelta())
        message = Inbound(id=fields["MessageSid"], sender=fields["From"], text=fields["Body"], sent_at=sent_at)
        return views.taken(message, Way.PENDING).text

    def _again(self, which: str) -> None:
        place = int(which) - 1 if which else -1
        _, fields, before = self.phone.sent[place]
        assert self._deliver(fields) == before, self.where

    def _time(self, moved: str) -> None:
        clock.clock().moved_by += _span(moved[1:]).total_seconds()
        for name in ("retention", "batch"):
            job = jobs.by_name(name)
            assert job
            jobs.run(job, clock.now())

    def _media(self, count: str) -> None:
        self.pending["NumMedia"] = count

    def _optout(self, word: str) -> None:
        self.pending["OptOutType"] = word

    def _ask(self, name: str) -> None:
        self.survey = name
        versions.publish(survey_of_tests(name))
        self._site("GH1").sms_survey = name
        db.db.session.commit()

    def _close(self, code: str) -> None:
        self._site(code).is_open = False
        db.db.session.commit()

    def _recovered(self, ago: str) -> None:
        self.sent_ago = _span(ago[1:])

    def _site(self, code: str) -> Site:
        found = surveys.site(code)
        assert found, self.where
        return found

    # ── what must hold ────────────────────────────────────────────────────────────

    def _expect_reply(self, expected: str) -> None:
        if not expected:
            assert self.reply == "", f"{self.where}: got {self.reply!r}"
            return
        rest = self.reply
        for name, lang, literal in re.findall(r"\{([^}:]+)(?::(\w+))?\}|([^{}]+)", expected):
            rest = self._take(name, lang or "da", rest) if name else _without(literal.strip(), rest)
        assert rest == "", f"{self.where}: left over {rest!r} of {self.reply!r}"

    def _take(self, name: str, lang: str, text: str) -> str:
        if name == "any":
            return ""
        if name == "receipt":
            found = re.match(re.escape(translate(lang, wording.RECEIPT, code="@@")).replace("@@", "([A-ZÆØÅ ]+)"), text)
            assert found, f"{self.where}: no receipt in {text!r}"
            self.phone.receipt = found[1]
            return text[found.end() :].strip()
        wanted = self._wording(name, lang, text)
        assert text.startswith(wanted), f"{self.where}: wanted {wanted!r}, got {text!r}"
        return text[len(wanted) :].strip()

    def _wording(self, name: str, lang: str, text: str) -> str:
        survey = versions.get(self.survey, 1)
        assert survey
        questions = {f"q{n}": q for n, q in enumerate(survey.questions, 1)}
        local = (surveys.texted_site(self._last_place()) or surveys.texted_site("GH1")).local_help  # type: ignore[union-attr]
        book = help_lines.current()
        if name in questions:
            return in_language(questions[name].sms, lang)[0]
        if name == "opening":
            return in_language(survey.sms_opening, lang)[0]
        if name == "hint":
            hints = {question_types.by_name(q.type).hint(q, lang) for q in survey.questions}
            return next((hint for hint in hints if text.startswith(hint)), "no hint")
        if name == "help":
            return next(
                (h for h in (help_texts.help_(lang, place, book).msgid for place in (local, {})) if h == text),
                "no help",
            )
        if name == "crisis":
            kinds = (help_texts.crisis(k, lang, p, book).msgid for k in ("life", "harm", "body") for p in (local, {}))
            return next((c for c in kinds if text.startswith(c)), "no crisis")
        if name == "unknown place":
            return translate(lang, wording.UNKNOWN_PLACE, typed=self.phone.sent[-1][0].upper())
        if name == "closed":
            return translate(lang, wording.CLOSED, site=self._site(self._last_place()).name)
        if name == "news":
            return translate(lang, wording.NOT_READ_YET)
        return translate(lang, FREE_WORDING[name])

    def _last_place(self) -> str:
        said = " ".join(text for text, _, _ in self.phone.sent).upper()
        found = re.findall(r"\b(GH1|MUE2|SIR1)\b", said)
        return found[-1] if found else "GH1"

    def _expect(self, what: str) -> None:
        kind, _, rest = what.partition(" ")
        check: dict[str, Callable[[str], bool]] = {
            "responses": lambda n: _count(Response) == int(n),
            "sessions": lambda n: queries.open_conversations() == int(n),
            "answer": self._has_answer,
            "place": lambda code: code.lower() in self._places(),
            "kept": lambda words: words in _words(),
            "gone": lambda words: words not in _words(),
        }
        assert check[kind](rest), f"{self.where}: answers {_values()}, words {_words()}, places {self._places()}"
        db.db.session.rollback()

    def _has_answer(self, rest: str) -> bool:
        number, value = rest.split(" = ")
        survey = versions.get(self.survey, 1)
        assert survey
        return (survey.questions[int(number) - 1].id, value) in _values()

    def _places(self) -> set[str]:
        return {(code or "none").lower() for code in db.connection().execute(sa.select(Response.site_code)).scalars()}


def _without(literal: str, rest: str) -> str:
    return rest[len(literal) :].strip() if rest.lower().startswith(literal.lower()) else rest


def _span(moved: str) -> timedelta:
    return timedelta(**{_UNITS[moved[-1]]: int(moved[:-1])})


def _count(model: type[Response]) -> int:
    return db.connection().execute(sa.select(sa.func.count()).select_from(model)).scalar_one()


def _values() -> set[tuple[str, str | None]]:
    rows = db.connection().execute(sa.select(Answer.question, Answer.value).where(Answer.kind == "value"))
    return {(row.question, row.value) for row in rows}


def _words() -> set[str]:
    rows = (
        db.connection().execute(sa.select(Answer.id, Answer.month, Answer.sealed).where(Answer.kind == "words")).all()
    )
    return {sealing.unseal(row.sealed, answer_id=row.id, month=row.month) for row in rows}
