"""What becomes of words that came up: a hint of a code, a reason for a new code, or nothing. Views commit."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.moderation.codebook import drafting
from app.desk.moderation.codebook.changes import Change
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.suggesting import new_words, queries, teaching
from app.desk.moderation.suggesting.models import VERDICTS
from app.desk.moderation.suggesting.new_words import NewWord


class NotSettled(Refusal):
    """A word that cannot be settled like this."""


@dataclass(frozen=True)
class Found:
    """A word with the texts it stands in."""

    word: NewWord
    texts: Sequence[AnyRow]


def to_look_at(me: User, *, most: int) -> list[Found] | None:
    """The most striking words within the wall, with the texts of at least three voices; None before they are counted.

    The texts are asked for now: one that was withdrawn since the words were counted is not among them.
    """
    found = _words(me)
    if found is None:
        return None
    with_texts = [Found(word, queries.readable(word.statement_ids, me)) for word in found[:most]]
    return [one for one in with_texts if len(one.texts) >= new_words.FEWEST]


def settle(stem: str, verdict: str, key: str, by: User) -> None:
    """Settle a word. A hint goes into the codebook's draft, where a second person agrees to it."""
    word = next((word for word in _words(by) or () if word.stem == stem), None)
    if word is None or verdict not in VERDICTS:
        raise NotSettled(_("That word is not among the new ones any more."))
    if verdict == "hint":
        _propose_hint(word.said, key, by)
    queries.settle(stem, verdict)


def _words(me: User) -> list[NewWord] | None:
    corpus = teaching.teacher().corpus
    return None if corpus is None else new_words.found(corpus, but=me.site_code, settled=queries.settled())


def _propose_hint(said: str, key: str, by: User) -> None:
    line = drafting.drafted().by_key(key)
    if line is None or not line.is_active or line.parent_key is None:
        raise NotSettled(_("Choose the code it is a hint for."))
    reason = _("Came up in texts of the last weeks.")
    drafting.propose([Change("edit", line.guid, {"hints": (*line.hints, said)})], reason, by)
