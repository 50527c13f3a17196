"""What is wrong with the translations: sentences of the code against the catalogues, as functions."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po

from app.core.config import ROOT

KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "say": None, "say_number": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
PLURAL_FORMS = {"da": 2, "en": 2, "kl": 2, "pl": 3, "ro": 3, "ar": 6, "fa": 1, "so": 2}
CITIZENS = (
    "channels/web/", "channels/kiosk/", "publication/formats/", "publication/track/", "surveys/speaking.py",
    "templates/web/", "templates/kiosk/", "templates/print/",
)  # fmt: skip
"""Under app/: where sentences come from that citizens may read on a page."""

Wanted = dict[str, str | None]
"""msgid → its plural, or None."""


@cache
def mappings() -> tuple[list[tuple[str, str]], dict[str, dict[str, object]]]:
    """How sentences are found, as `make i18n` is told."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    return [(m["pattern"], m["method"]) for m in told], {m["pattern"]: {"trimmed": m.get("trimmed", "")} for m in told}


@cache
def extracted() -> tuple[tuple[str, str, str | None], ...]:
    """File, msgid and plural of every marked sentence of the code."""
    methods, options = mappings()
    return tuple(
        (filename, *as_pair(message))
        for filename, _, message, _, _ in extract_from_dir(
            ROOT / "app", method_map=methods, options_map=options, keywords=KEYWORDS
        )
    )


def as_pair(message: str | tuple[str, ...]) -> tuple[str, str | None]:
    """The msgid and its plural."""
    return (message, None) if isinstance(message, str) else (message[0], message[1])


def wanted(*folders: str) -> Wanted:
    """The sentences of the code, or of these folders under app/."""
    return {msgid: plural for file, msgid, plural in extracted() if not folders or file.startswith(folders)}


def of_text(source: str) -> Wanted:
    """The sentences of a piece of Python."""
    return dict(as_pair(m[1]) for m in extract("python", BytesIO(source.encode()), keywords=KEYWORDS))


def read(lang: str, folder: Path = ROOT / "translations") -> Catalog:
    """The catalogue of a language; raises PoFileError where the file is broken."""
    with (folder / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=lang, abort_invalid=True)


def from_text(lang: str, text: str) -> Catalog:
    """A catalogue as if it had been read from a file."""
    return read_po(BytesIO(text.encode()), locale=lang, abort_invalid=True)


def faults(catalogue: Catalog, sentences: Wanted) -> list[str]:
    """Every sentence that is missing, untranslated or says something else than the code will fill in."""
    return [
        f"{fault}: {msgid}" for msgid, plural in sentences.items() for fault in of_sentence(catalogue, msgid, plural)
    ]


def of_sentence(catalogue: Catalog, msgid: str, plural: str | None) -> Iterator[str]:
    """What is wrong with one sentence."""
    message = catalogue.get(msgid)
    if message is None:
        yield "is not in the catalogue"
    elif (plural is not None) != message.pluralizable:
        yield "is counted in one place and not in the other"
    elif not all(forms(message)):
        yield "is not translated"
    else:
        yield from _placeholders(message, plural)
        if plural is not None and len(forms(message)) != PLURAL_FORMS[str(catalogue.locale)]:
            yield f"has {len(forms(message))} plural forms"


def forms(message: Message) -> tuple[str, ...]:
    """The translation, or all its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _placeholders(message: Message, plural: str | None) -> Iterator[str]:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    given = names((singular, plural or ""))
    for form in forms(message):
        # "One answer" need not show the number; a placeholder that is not given would raise.
        if names((form,)) - given or (plural is None and names((form,)) != given):
            yield f"has other placeholders in “{form}”"


def names(texts: Iterable[str]) -> set[str]:
    """The placeholders of these texts, %(name)s and {name} alike."""
    return {first or second for text in texts for first, second in PLACEHOLDER.findall(text)}


def left_over(catalogue: Catalog, sentences: Wanted) -> list[str]:
    """Sentences of the catalogue that no code says any more."""
    ids = (m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id)
    return [msgid for msgid in ids if msgid not in sentences]
