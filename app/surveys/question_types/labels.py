"""Finds an option by its words: the longest label at a place, in the conversation's language before da and en."""

from collections.abc import Iterable, Iterator, Mapping

from app.surveys.question_types import whole
from app.surveys.question_types.spoken import Spoken
from app.surveys.question_types.whole import Phrase, folded
from app.surveys.questions import Option, Question

Labels = Mapping[Phrase, str]
"""Folded label → option id."""

_LEAST_LETTERS = 3  # of a word that may stand for the label it begins


def of(question: Question, language: Spoken, also: Iterable[tuple[str, str, Phrase]] = ()) -> Labels:
    """The labels of a menu; `also` adds (language, option id, phrase). The first language to use a label owns it."""
    known = [*_labels(question.menu, language), *also]
    found: dict[Phrase, str] = {}
    for lang in language.langs:
        for label_lang, option_id, phrase in known:
            if label_lang == lang and phrase and (lang == language.langs[0] or phrase not in language.nobodys):
                found.setdefault(phrase, option_id)
    return found


def at(words: Phrase, place: int, labels: Labels) -> tuple[str, int] | None:
    """The option whose longest label begins at this word, and how many words it takes."""
    phrase = whole.longest_at(words, place, labels)
    return (labels[phrase], len(phrase)) if phrase else None


def begun_by(words: Phrase, labels: Labels) -> str | None:
    """The one option a single word is the beginning of (uden → Udenfor)."""
    if len(words) != 1 or len(words[0]) < _LEAST_LETTERS or not words[0].isalpha():
        return None
    options = {option for phrase, option in labels.items() if " ".join(phrase).startswith(words[0])}
    return options.pop() if len(options) == 1 else None


def _labels(options: Iterable[Option], language: Spoken) -> Iterator[tuple[str, str, Phrase]]:
    for option in options:
        for wording in (option.words, option.short):
            for lang in language.langs:
                if lang in wording:
                    yield lang, option.id, folded(wording[lang])
