"""Every sentence of the code is there in Danish and English, and what citizens read in five more languages."""

import pytest
from babel.messages.pofile import PoFileError

from app.core.config import ROOT
from app.core.i18n import LANGUAGES
from tests.architecture import catalogues

WHOLE = ("da", "en")
"""The languages of the desk and of everything."""
FOR_CITIZENS = ("pl", "ro", "ar", "fa", "so")
"""Languages that have what citizens read; the desk falls back to English."""
IN_PART = ("kl",)
"""Languages that have only what is sure; what is missing is said in Danish."""
PLANTED = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Untouched."
msgstr ""

msgid "%(name)s is closed."
msgstr "%(navn)s er lukket."

msgid "Code {code}"
msgstr "Kode"

msgid "%(n)s answer"
msgid_plural "%(n)s answers"
msgstr[0] "%(n)s svar"
msgstr[1] ""

msgid "Once."
msgstr "En gang."
"""


@pytest.mark.parametrize("lang", WHOLE)
def test_every_sentence_is_translated_with_its_placeholders_and_plurals(lang: str) -> None:
    assert catalogues.faults(catalogues.read(lang), catalogues.wanted()) == []


@pytest.mark.parametrize("lang", FOR_CITIZENS)
def test_what_citizens_read_on_pages_is_translated(lang: str) -> None:
    assert catalogues.faults(catalogues.read(lang), catalogues.wanted(*catalogues.CITIZENS)) == []


@pytest.mark.parametrize("lang", IN_PART)
def test_what_is_translated_in_part_has_its_placeholders_and_plurals(lang: str) -> None:
    found = catalogues.read(lang)
    there = {msgid: plural for msgid, plural in catalogues.wanted().items() if found.get(msgid)}

    assert len(there) > 40
    assert catalogues.faults(found, there) == []


@pytest.mark.parametrize("lang", [*WHOLE, *FOR_CITIZENS, *IN_PART])
def test_no_catalogue_keeps_a_sentence_nobody_says(lang: str) -> None:
    assert catalogues.left_over(catalogues.read(lang), catalogues.wanted()) == []


def test_every_catalogue_is_of_a_language_we_offer() -> None:
    folders = {path.parents[1].name for path in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po")}

    assert folders <= set(LANGUAGES)
    assert folders == {*WHOLE, *FOR_CITIZENS, *IN_PART}


def test_sentences_are_found_in_code_and_in_templates() -> None:
    files = {file for file, _, _ in catalogues.extracted()}

    assert any(file.endswith(".py") for file in files)
    assert any(file.startswith("templates/web/") for file in files)
    assert any(file.startswith("templates/desk/") for file in files)


def test_a_constant_marked_for_later_is_found_too() -> None:
    assert catalogues.of_text('A = N_("Later.")\nB = ngettext("One", "Many", 2)') == {"Later.": None, "One": "Many"}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('_("Not there.")', "is not in the catalogue: Not there."),
        ('_("Untouched.")', "is not translated: Untouched."),
        ('_("%(name)s is closed.")', "has other placeholders in “%(navn)s er lukket.”: %(name)s is closed."),
        ('_("Code {code}")', "has other placeholders in “Kode”: Code {code}"),
        ('ngettext("%(n)s answer", "%(n)s answers", n)', "is not translated: %(n)s answer"),
        ('ngettext("Once.", "Often.", n)', "is counted in one place and not in the other: Once."),
    ],
)
def test_a_fault_in_a_catalogue_is_named(source: str, fault: str) -> None:
    planted = catalogues.from_text("da", PLANTED)

    assert catalogues.faults(planted, catalogues.of_text(source)) == [fault]


def test_a_sentence_left_over_is_named() -> None:
    assert "Once." in catalogues.left_over(catalogues.from_text("da", PLANTED), {})


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(PoFileError):
        catalogues.from_text("da", 'msgid "Half')
