"""What is printed for a place: which sheets there are, and what stands on each of them."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from app.core import qr
from app.core.config import Settings
from app.core.i18n import N_, REVIEWED
from app.surveys import help_lines, versions, wordlists
from app.surveys.help_lines import HelpLine
from app.surveys.models import Site
from app.surveys.questions import Words
from app.surveys.sms_languages import spoken


@dataclass(frozen=True)
class Product:
    """A sheet one can print: its template, what staff read about it, the side of its QR code in millimetres."""

    name: str
    label: str
    about: str
    qr: int
    most_help: int = 3


PRODUCTS = (
    Product("poster", N_("Poster, A4"), N_("For the wall and the notice board."), 64),
    Product("door", N_("Door card, A5"), N_("For the inside of a door."), 42, most_help=2),
    Product("toilet", N_("Toilet card, A5"), N_("A larger code, to scan from where you sit."), 50, most_help=2),
    Product("tent", N_("Table card, A4 folded once"), N_("For the tables. Fold it in the middle."), 40, most_help=1),
    Product("sms", N_("Text message sheet, A4"), N_("How to answer by text, and the words that always work."), 34),
    Product(
        "told", N_("You said, we did, A4"), N_("What was decided, and the figures everybody may see."), 34, most_help=2
    ),
)
_GROUP = 2
_INSIDE_A_NUMBER = re.compile(r"(?<=\d) (?=\d)")


@dataclass(frozen=True)
class Sheet:
    """What stands on every sheet of a place."""

    site: Site
    question: Words
    about: Words
    qr: str
    host: str
    """Our address without https://, as it is written by hand; the place's part follows."""
    texted: str
    number: str
    """Where to text; empty where the place does not ask by text."""
    phone: str
    help: tuple[HelpLine, ...]


def named(name: str) -> Product | None:
    """The product of this name."""
    return next((one for one in PRODUCTS if one.name == name), None)


def languages(site: Site, *, is_production: bool) -> list[str]:
    """What a place may print in: real paper hangs for months, so nothing that only a machine has written."""
    return [lang for lang in site.languages if lang in REVIEWED or not is_production] or ["da"]


def sheet(product: Product, site: Site, lang: str, settings: Settings) -> Sheet:
    """The content of one sheet in one language."""
    asked = versions.open_one(site.web_survey) or versions.open_one(site.sms_survey)
    return Sheet(
        site=site,
        question=asked.title if asked else {},
        about=asked.about if asked else {},
        qr=qr.data_uri(qr_content(settings.public_base_url, site.code), millimetres=product.qr),
        host=host(settings),
        texted=texted(site.code, lang, settings),
        number=written(settings.sms_number) if takes_texts(site, settings) else "",
        phone=written(settings.sms_number),
        help=_help(site, lang)[: product.most_help],
    )


def takes_texts(site: Site, settings: Settings) -> bool:
    """Whether the place asks by text, and this host knows the number."""
    return bool(site.sms_survey and settings.sms_number)


def host(settings: Settings) -> str:
    """Our address as people write it by hand."""
    return settings.public_base_url.partition("://")[2]


def qr_content(base: str, code: str) -> str:
    """The address in capitals, which make a smaller code; nothing else goes in, not even which poster it was."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}".upper() + f"{parts.path}/S/{quote(code)}"


def texted(code: str, lang: str, settings: Settings) -> str:
    """What one writes to begin: the code, with a language where the answers would not be Danish."""
    keyword = settings.gatewayapi_keyword if settings.sms_provider == "gatewayapi" else ""
    in_texts = spoken(lang)
    return " ".join(part for part in (keyword, code, "" if in_texts == "da" else in_texts.upper()) if part)


def written(number: str) -> str:
    """A number in pairs, as people read it aloud: +45 90 00 00 00. A short code stays as it is."""
    if not number.startswith("+45"):
        return number
    digits = number.removeprefix("+45")
    return "\N{NO-BREAK SPACE}".join(("+45", *(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))))


def reserved_words(lang: str) -> dict[str, str]:
    """The words that mean the same at any moment of a text conversation, as they are written in a language."""
    return {name: words[lang][0] for name, words in wordlists.load("reserved_words.toml")["words"].items()}


def _help(site: Site, lang: str) -> tuple[HelpLine, ...]:
    book = help_lines.current()
    lines = help_lines.for_place(book, municipality=site.municipality, region=site.region, lang=lang)
    return tuple(replace(line, say=_unbroken(line.say)) for line in lines)


def _unbroken(say: Words) -> Words:
    """The same sentence, in which no number falls apart at the end of a line."""
    return {lang: _INSIDE_A_NUMBER.sub("\N{NO-BREAK SPACE}", sentence) for lang, sentence in say.items()}
