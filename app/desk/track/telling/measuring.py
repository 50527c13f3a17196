"""How long words are on their channel, how easy they read, and what stands in the way of telling them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.i18n import N_
from app.desk.track import cell_references, public_words
from app.publication import told
from app.publication.told import Wording
from app.surveys import dear_signs, plain_language
from app.surveys.plain_signs import downgrade
from app.surveys.segments import Segments, segments

CHANNEL_NAMES = {
    "web": N_("On the web"),
    "poster": N_("On the poster"),
    "kiosk": N_("On the tablet"),
    "sms": N_("By text message"),
}
_ROOM = {"GSM-7": 160, "UCS-2": 70}
"""What one text message has room for."""
LANGUAGE_NAMES = {"da": N_("in Danish"), "en": N_("in English")}


@dataclass(frozen=True)
class Measure:
    """Words as they will stand, with what their channel counts and every fault in a sentence."""

    words: Wording
    """As they are read: figures for references, no marks."""
    line: str
    characters: int
    most: int
    """Characters there is room for; in a text message fewer once one of them is dear."""
    lix: int | None
    """Reading ease of the Danish; LIX was made for Scandinavian languages."""
    cost: Segments | None
    """Of a text message only."""
    runs: tuple[tuple[str, bool], ...]
    """A text message in pieces, each with whether it is dear."""
    faults: tuple[str, ...]


_WORD = re.compile(r"[^\W\d_]+")


def measure(outcome: str, written: Wording, names: Collection[str] = ()) -> Measure:
    """The words of one channel and language, looked at from every side; `names` are first names of who works here."""
    words = shown(written)
    line = told.line(outcome, words)
    cost = segments(line) if words.channel == "sms" else None
    return Measure(
        words=words,
        line=line,
        characters=cost.units if cost else told.length(outcome, words),
        most=_ROOM[cost.encoding] if cost else told.LONGEST[words.channel],
        lix=round(_lix(written)) if written.lang == "da" else None,
        cost=cost,
        runs=tuple(dear_signs.runs(line)) if words.channel == "sms" else (),
        faults=(*_faults(outcome, written, words), *_faults_of_names(f"{written.said}\n{written.body}", names)),
    )


def shown(written: Wording) -> Wording:
    """The words with their figures. In a text message a figure has no sign that would make it dear."""
    return Wording(written.channel, written.lang, *(_shown(text, written) for text in (written.said, written.body)))


def _shown(text: str, written: Wording) -> str:
    if written.channel == "sms":
        text = public_words.REFERENCE.sub(lambda found: downgrade(_figure(found[0], written.lang), written.lang), text)
    return cell_references.shown(text, written.lang)


def _figure(reference: str, lang: str) -> str:
    return cell_references.shown(reference, lang)


def _lix(written: Wording) -> float:
    """Of both texts together; a figure is left out, for nobody can word it differently."""
    texts = (public_words.unmarked(public_words.REFERENCE.sub("", text)) for text in (written.said, written.body))
    return plain_language.lix("\n".join(texts))


def _faults(outcome: str, written: Wording, words: Wording) -> Iterator[str]:
    if not words.said or not words.body:
        yield _("Write both what people said and what came of it.")
    if words.channel == "sms":
        yield from _faults_of_a_text(outcome, written, words)
    elif told.is_too_long(outcome, words):
        size = {"n": told.length(outcome, words), "most": told.LONGEST[words.channel]}
        yield _("It is %(n)s characters long. There is room for %(most)s.", **size)
    if written.lang == "da" and (lix := round(_lix(written))) > plain_language.HIGHEST_LIX:
        yield _("LIX is %(lix)s. It may be 25 at most.", lix=lix)
    yield from _faults_of_words(f"{written.said}\n{written.body}", written.lang)


def _faults_of_a_text(outcome: str, written: Wording, words: Wording) -> Iterator[str]:
    for sign in dear_signs.all_in(public_words.REFERENCE.sub("", written.said + written.body)):
        yield sign.advice
    cost = segments(told.line(outcome, words))
    if cost.encoding == "GSM-7" and cost.segments > 1:
        yield _(
            "It is %(n)s characters long. One text message has room for %(most)s.",
            n=cost.units,
            most=_ROOM[cost.encoding],
        )


def _faults_of_names(text: str, names: Collection[str]) -> Iterator[str]:
    """Nobody who works here is named in public: what is told is about the place. "Monas" names Mona, "mona" nobody."""
    known = {name.casefold() for name in names}
    for word in dict.fromkeys(_WORD.findall(text)):
        if word[0].isupper() and {word.casefold(), word.casefold().removesuffix("s")} & known:
            yield _("“%(word)s” is the name of somebody who works here. Say what was done, not by whom.", word=word)


def _faults_of_words(text: str, lang: str) -> Iterator[str]:
    found = public_words.counts(text, lang)
    if found:
        yield _("Numbers are never typed: %(found)s. Use a cell reference.", found=", ".join(dict.fromkeys(found)))
    bare = public_words.unmarked(public_words.REFERENCE.sub("", text))
    if "!" in bare:
        yield _("No exclamation marks: they sound like shouting.")
    if word := plain_language.shouted_word(bare):
        yield _("“%(word)s” is in capitals, which sounds like shouting.", word=word)
    if word := plain_language.avoided_word(bare, lang):
        yield _("“%(word)s” is a word we do not use about people.", word=word)
    if word := plain_language.staff_word(bare, lang):
        yield _("“%(word)s” is a word of offices. Say it as people do.", word=word)
    if word := plain_language.placeholder(bare):
        yield _("“%(word)s” is only a placeholder.", word=word)
