"""What a script calls our sentences: `{offer}`, `{q2:en}`. The names, and the wording each of them stands for now."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from app.channels.sms import help_texts, wording
from app.channels.sms.segments import downgrade
from app.core.i18n import translate
from app.surveys import help_lines, queries, question_types, versions
from app.surveys.questions import Question, Survey, in_language
from app.surveys.risk import Kind

ANY = "any"
RECEIPT = "receipt"
_SENTENCES = {
    "offer": (wording.OFFER,),
    "thanks": (wording.THANKS,),
    "nothing kept": (wording.NOTHING_KEPT,),
    "stopped": (wording.STOPPED,),
    "free": (wording.FREE,),
    "ask place": (wording.ASK_PLACE,),
    "orphan": (wording.ORPHAN,),
    "start": (wording.START,),
    "languages": (wording.LANGUAGES, wording.LANGUAGES_NONE_OPEN),
    "deleted": (wording.DELETED,),
    "withdrawn": (wording.WITHDRAWN,),
    "how to delete": (wording.HOW_TO_DELETE,),
    "news": (wording.NOT_READ_YET, wording.READ_WITHOUT_THEME),
    "no such receipt": (wording.NO_SUCH_RECEIPT,),
    "latest news": (wording.NO_NEWS,),
    "no pictures": (wording.NO_PICTURES,),
}
_OF_SURVEYS = ("opening", "hint")
_OF_HELP = ("help", "crisis")
_TYPED = "unknown place"
_QUESTION = re.compile(r"q([1-9]\d?)")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_FOUR_WORDS = "([A-ZÆØÅ]+(?: [A-ZÆØÅ]+){3})"


def is_known(name: str) -> bool:
    """Whether a script may say this between braces."""
    others = (*_SENTENCES, *_OF_SURVEYS, *_OF_HELP, _TYPED, RECEIPT, ANY)
    return name in others or bool(_QUESTION.fullmatch(name))


@dataclass(frozen=True)
class Taken:
    """How much of a reply a placeholder stands for, and the four words if it is a receipt."""

    length: int
    receipt: str = ""


class Wordings:
    """Our sentences in one house: its places' help, and the surveys that are asked by text there."""

    def __init__(self, surveys: Sequence[Survey]) -> None:
        self.surveys = surveys
        self.book = help_lines.current()
        self.local_help = [*(dict(site.local_help) for site in queries.sites()), {}]

    @classmethod
    def of_places(cls) -> "Wordings":
        """Those of the surveys that texts begin at the places of this app."""
        ids = dict.fromkeys(site.sms_survey for site in queries.sites())
        return cls([survey for id_ in ids if (survey := versions.open_one(id_))])

    def names(self) -> Iterator[str]:
        """Every placeholder that stands for a wording of ours, the most telling first."""
        longest = max((len(survey.questions) for survey in self.surveys), default=0)
        yield from ("opening", *(f"q{n}" for n in range(1, longest + 1)), "hint", *_OF_HELP, *_SENTENCES, _TYPED)

    def take(self, name: str, lang: str, reply: str, typed: str) -> Taken | None:
        """How much of the beginning of `reply` this is; None if it is something else. `typed` is what was texted."""
        if name == ANY:
            return Taken(len(reply))
        if name == RECEIPT:
            return self._receipt(lang, reply)
        fitting = [text for text in self._texts(name, lang, typed) if text and reply.startswith(text)]
        return Taken(len(max(fitting, key=len))) if fitting else None

    def wanted(self, name: str, lang: str, typed: str) -> str:
        """One wording of a placeholder, for the report of a difference."""
        if name == RECEIPT:
            return translate(lang, wording.RECEIPT, code="…")
        return next((text for text in self._texts(name, lang, typed) if text), "")

    def _texts(self, name: str, lang: str, typed: str) -> Iterator[str]:
        for text in self._plain_texts(name, lang, typed):
            yield downgrade(text, lang)

    def _plain_texts(self, name: str, lang: str, typed: str) -> Iterator[str]:
        if found := _QUESTION.fullmatch(name):
            yield from (_asked(q, lang) for q in self._questions(int(found[1])))
        elif name == "opening":
            yield from (in_language(survey.sms_opening, lang)[0] for survey in self.surveys)
        elif name == "hint":
            yield from (question_types.by_name(q.type).hint(q, lang) for q in self._questions())
        elif name == "help":
            yield from (help_texts.help_(lang, place, self.book).msgid for place in self.local_help)
        elif name == "crisis":
            every = ((kind, place) for kind in _KINDS for place in self.local_help)
            yield from (help_texts.crisis(kind, lang, place, self.book).msgid for kind, place in every)
        elif name == _TYPED:
            yield translate(lang, wording.UNKNOWN_PLACE, typed=re.sub(r"[^0-9A-ZÆØÅ]", "", typed.upper()))
        else:
            yield from (translate(lang, msgid) for msgid in _SENTENCES.get(name, ()))

    def _questions(self, number: int = 0) -> Iterator[Question]:
        for survey in self.surveys:
            yield from survey.questions[number - 1 : number] if number else survey.questions

    def _receipt(self, lang: str, reply: str) -> Taken | None:
        around = re.escape(translate(lang, wording.RECEIPT, code="@@")).replace("@@", _FOUR_WORDS)
        found = re.match(around, reply)
        return Taken(found.end(), found[1]) if found else None


def _asked(question: Question, lang: str) -> str:
    return in_language(question.sms or question.text, lang)[0]
