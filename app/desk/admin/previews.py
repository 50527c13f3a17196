"""One question as people meet it: on a telephone's page, on the tablet, as a text message and on paper."""

from dataclasses import dataclass

from app.core.i18n import direction
from app.surveys import audio, paper_codes, pictures, sms_preview
from app.surveys.audio import Prompt
from app.surveys.pictures import Picture
from app.surveys.questions import Option, Question, Survey, in_language
from app.surveys.sms_preview import Message

_SEVERAL = ("pick", "rank")


@dataclass(frozen=True)
class Box:
    """One answer: its words, its picture if it has one, and its mark on paper."""

    words: str
    lang: str
    picture: Picture | None
    mark: str


@dataclass(frozen=True)
class Preview:
    """Everything the pictures of one question are drawn from."""

    question: Question
    lang: str
    number: int
    total: int
    text: tuple[str, str]
    hint: tuple[str, str]
    boxes: tuple[Box, ...]
    prompt: Prompt | None
    message: Message | None

    @property
    def direction(self) -> str:
        """Which way it is read."""
        return direction(self.lang)

    @property
    def takes_several(self) -> bool:
        """Whether more than one answer may be chosen."""
        return self.question.type in _SEVERAL

    @property
    def has_pictures(self) -> bool:
        """Whether the tablet shows cards rather than bars."""
        return any(box.picture for box in self.boxes)

    @property
    def scale(self) -> range:
        """The steps of a scale; nothing for other questions."""
        if self.question.type != "scale":
            return range(0)
        high = 10 if self.question.high is None else self.question.high
        return range(self.question.low or 0, high + 1)


def of(survey: Survey, question: Question, lang: str) -> Preview:
    """The question in this language, each sentence falling back by itself as it does for citizens."""
    ids = [one.id for one in survey.questions]
    return Preview(
        question=question,
        lang=lang,
        number=ids.index(question.id) + 1 if question.id in ids else len(ids) + 1,
        total=max(len(ids), 1),
        text=in_language(question.text, lang),
        hint=in_language(question.hint, lang),
        boxes=tuple(_box(mark, option, lang) for mark, option in paper_codes.marked(question)),
        prompt=audio.prompt(question.audio, lang),
        message=_message(survey, question, lang),
    )


def _box(mark: str, option: Option, lang: str) -> Box:
    words, words_lang = in_language(option.words, lang)
    picture = pictures.get(option.picture) if option.picture else None
    return Box(words, words_lang, picture, mark)


def _message(survey: Survey, question: Question, lang: str) -> Message | None:
    found = (one for one in sms_preview.previews(survey) if one.lang == lang)
    messages = next((one.messages for one in found), ())
    return next((one for one in messages if one.question == question.id), None)
