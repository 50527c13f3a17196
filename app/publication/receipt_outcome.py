"""What a receipt code shows on any channel: received, read, theme, answer. Never the text, the place or the week."""

from dataclasses import dataclass
from difflib import get_close_matches

from app.core import folding, i18n
from app.privacy import receipts, wordlist
from app.privacy.queries import Found
from app.publication import queries, themes, told
from app.publication.models import Told
from app.surveys import responses
from app.surveys.questions import Words

LONGEST = 200
"""Characters of a typed code that are looked at."""
_MOST = 2
"""Decisions, and as many things that were done or dropped: more nobody reads on a telephone."""


@dataclass(frozen=True)
class Answer:
    """What was told back: whether it is a decision or what was done of it, and both texts by language."""

    is_decision: bool
    is_done: bool
    said: Words
    body: Words


@dataclass(frozen=True)
class Status:
    """How far an answer has come. Two people with the same themes in the same phase read the same."""

    is_read: bool
    themes: tuple[Words, ...]
    answers: tuple[Answer, ...]
    can_be_deleted: bool


@dataclass(frozen=True)
class Misspelt:
    """A word no code has, and the word it may have been."""

    typed: str
    nearest: str | None


def status(typed: str) -> Status | None:
    """What the code shows; None alike for unknown and for malformed words."""
    found = receipts.find(typed)
    if found is None:
        return None
    told_back = tuple(map(_answer, answers(found)))
    return Status(found.is_read, tuple(map(_name, main_themes(found))), told_back, found.response_id is not None)


def main_themes(receipt: Found) -> list[str]:
    """The main themes somebody found in what was said."""
    return list(dict.fromkeys(themes.main(code) for code in receipt.themes.split(",") if code))


def answers(receipt: Found) -> list[Told]:
    """What was told back on its themes in the phase of its week; decisions first, then what was done, newest first.

    Looked up by theme and week, never by the response: it stays when the pointer is cut. Without a theme (marks and
    no words) it is what answers everybody. Nothing is shown before the answer is read.
    """
    found = queries.told_to(main_themes(receipt) or [""], receipt.week) if receipt.is_read else ()
    readable = [one for one in found if "da" in told.on(one, "web")]
    decided = [one for one in readable if _is_decision(one)]
    done = [one for one in readable if not _is_decision(one)]
    return [*decided[:_MOST], *done[:_MOST]]


def is_done(item: Told) -> bool:
    """Whether it tells of something that was done, not only decided."""
    return item.outcome == "did" and not _is_decision(item)


def withdraw(typed: str) -> bool:
    """Delete the answer behind the code with all that came of it; False if there is nothing to delete any more."""
    found = receipts.find(typed)
    if found is None or found.response_id is None:
        return False
    responses.delete(found.response_id)
    return True


def misspelt(typed: str) -> list[Misspelt]:
    """The words that stand in no code. The list of words is public, so this gives nothing away."""
    known = {folding.fold(word): word for word in wordlist.words()}
    strange = [word for word in folding.words(folding.fold(typed))[: receipts.LENGTH * 2] if word not in known]
    return [Misspelt(word, _nearest(word, known)) for word in strange]


def _nearest(word: str, known: dict[str, str]) -> str | None:
    close = get_close_matches(word[:20], known, n=1, cutoff=0.6)
    return known[close[0]] if close else None


def _name(code: str) -> Words:
    lang = i18n.current()
    names = {known: themes.name(code, known) for known in ("da", "en")}
    own = themes.name(code, lang)
    if own not in names.values():  # else the name is really in the language it fell back to
        names[lang] = own
    return names


def _answer(item: Told) -> Answer:
    deed = told.deed(item)
    return Answer(_is_decision(item), item.outcome == "did", deed.said, deed.body)


def _is_decision(item: Told) -> bool:
    return item.code.startswith("B")
