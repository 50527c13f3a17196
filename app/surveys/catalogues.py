"""How far our own sentences are in each language: read from the code and the catalogues, so it is never out of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.core import i18n
from app.core.config import ROOT
from app.surveys import kiosk_sentences

REVIEWED, UNREVIEWED, STALE, MISSING = "reviewed", "unreviewed", "stale", "missing"
STATES = (REVIEWED, UNREVIEWED, STALE, MISSING)
"""From best to worst. Stale was read once, before what it was made from changed."""

_FOLDERS = {
    "web": ("channels/web", "templates/web", "publication/formats"),
    "kiosk": ("templates/kiosk/plain",),
    "sms": ("channels/sms", "surveys/question_types"),
    "paper": ("templates/print",),
}
"""Channel → where under app/ the sentences stand that citizens meet there."""
_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS = {"**.html": {"trimmed": "true"}}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "N_": None, "gettext": None, "say": None, "ngettext": (1, 2), "say_number": (1, 2),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as the code says it, in Danish, in the language (empty if missing), and how far it is."""

    msgid: str
    danish: str
    said: str
    state: str


@cache
def on_channel(channel: str) -> frozenset[str]:
    """The sentences, as the code says them, that citizens meet on a channel."""
    own = kiosk_sentences.to_citizens() if channel == "kiosk" else ()
    return frozenset({*own, *(msgid for folder in _FOLDERS[channel] for msgid in _said_in(folder))})


@cache
def sentences(lang: str, channel: str) -> tuple[Sentence, ...]:
    """Every sentence of a channel in this language, in the order of the alphabet."""
    own, danish = _messages(lang), _messages("da")
    return tuple(_sentence(msgid, danish.get(msgid), own.get(msgid)) for msgid in sorted(on_channel(channel)))


def _sentence(msgid: str, danish: Message | None, own: Message | None) -> Sentence:
    said = _first(own)
    if own is None or not said:
        return Sentence(msgid, _first(danish), "", MISSING)
    unread = STALE if own.previous_id else UNREVIEWED
    return Sentence(msgid, _first(danish), said, unread if own.fuzzy else REVIEWED)


def _first(message: Message | None) -> str:
    """The translation; of a counted sentence the last form, which shows the number."""
    if message is None or not message.string:
        return ""
    return str(message.string if isinstance(message.string, str) else message.string[-1])


def _said_in(folder: str) -> Iterator[str]:
    found = extract_from_dir(
        ROOT / "app" / folder, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS
    )  # fmt: skip
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]


@cache
def _messages(lang: str) -> dict[str, Message]:
    with (i18n.DIRECTORY / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    return {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue}
