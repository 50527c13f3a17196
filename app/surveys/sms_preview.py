"""A survey as people meet it on a telephone: each message with what it costs and what makes it dear."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.i18n import LANGUAGES, REVIEWED, direction
from app.surveys import dear_signs, question_types
from app.surveys.dear_signs import Dear
from app.surveys.plain_signs import downgrade
from app.surveys.questions import Question, Survey, Words
from app.surveys.segments import Segments, segments
from app.surveys.sms_languages import most_segments, spoken


@dataclass(frozen=True)
class Message:
    """One message: its text in runs of cheap and dear characters, its cost, and how many parts it may take."""

    question: str
    runs: tuple[tuple[str, bool], ...]
    cost: Segments
    most: int
    dear: tuple[Dear, ...]
    hint: str
    """What is said to an answer that cannot be read."""

    @property
    def is_too_long(self) -> bool:
        """Whether it takes more parts than its language may."""
        return self.cost.segments > self.most


@dataclass(frozen=True)
class Preview:
    """A survey in one language; `sent_instead` is the language that goes out while nobody has read this one."""

    lang: str
    messages: tuple[Message, ...]
    sent_instead: str | None

    @property
    def direction(self) -> str:
        """Which way it is read."""
        return direction(self.lang)


def previews(survey: Survey) -> list[Preview]:
    """Each language that has a text message, Danish first."""
    found = ((lang, tuple(_messages(survey, lang))) for lang in LANGUAGES)
    return [Preview(lang, messages, _instead(lang)) for lang, messages in found if messages]


def _messages(survey: Survey, lang: str) -> Iterator[Message]:
    for place, question in enumerate(survey.questions):
        opening: Words = survey.sms_opening if place == 0 else {}
        if text := question.sms.get(lang):
            yield _message(question, lang, f"{opening.get(lang, '')} {text}".strip())


def _message(question: Question, lang: str, text: str) -> Message:
    """As it is written where each dear sign is a fault; elsewhere as it would be sent."""
    is_plain_wanted = most_segments(lang) == 1
    shown = text if is_plain_wanted else downgrade(text, lang)
    return Message(
        question=question.id,
        runs=tuple(dear_signs.runs(shown)) if is_plain_wanted else ((shown, False),),
        cost=segments(shown),
        most=most_segments(lang),
        dear=tuple(dear_signs.all_in(shown)) if is_plain_wanted else (),
        hint=downgrade(question_types.by_name(question.type).hint(question, lang), lang),
    )


def _instead(lang: str) -> str | None:
    return None if lang in REVIEWED else spoken(lang)
