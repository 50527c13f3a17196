"""A text as a row of words, each knowing whether it begins a sentence and how it is written."""

import re
from dataclasses import dataclass

from app.privacy.masking import lists

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_ENDS = frozenset('.!?…:;\n•"”“„»«<>*|~')


@dataclass(frozen=True)
class Word:
    """One word of a folded text; `key` is how it is looked up."""

    said: str
    key: str
    start: int
    end: int
    begins: bool
    gap: str  # what stands between the word before and this one

    @property
    def is_capitalised(self) -> bool:
        """Karsten and K, but not KARSTEN, MitID or karsten."""
        return self.said[0].isupper() and (len(self.said) == 1 or not self.said.isupper())


def split(text: str) -> list[Word]:
    """The words of a folded text in order."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        begins = not found or _begins_sentence(gap, found[-1])
        found.append(Word(match.group(), lists.key(match.group()), *match.span(), begins, gap))
        end = match.end()
    return found


def _begins_sentence(gap: str, before: Word) -> bool:
    is_initial = len(before.said) == 1 and before.said.isupper()
    if gap.strip() == "." and (is_initial or before.key in lists.rule("abbreviations")):
        return False
    # Beyond the Latin signs of punctuation stand emoji, arrows and the like: a new thought either way.
    return any(c in _SENTENCE_ENDS or ord(c) > 0x2100 for c in gap)
