"""Every Danish sentence a citizen meets is short and plain: on each page, and in each sentence no page shows today."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from app.surveys import lint, plain_language
from tests.architecture import catalogues
from tests.channels.web import album
from tests.channels.web.visitor import Page
from tests.content import demo_surveys

BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "legend", "label", "dt", "dd", "summary", "button", "caption", "title", "br", "b", "div"}
)
NOT_OURS = frozenset({"blockquote", "table", "nav", "svg", "bdi", "code", "textarea"})
"""People's own words, figures, names of places and of languages."""
OUR_TEMPLATES = ("templates/web/", "surveys/speaking.py", "channels/web/")
OFFICIAL = ("Tilgængelighedserklæring", "Digitaliseringsstyrelsen")
"""The name a law gives the statement, and the name of who hears complaints."""


def said(page: Page) -> str:
    """What the page says in Danish and in our own words, a line for every block."""
    return "".join(_lines(page.tree)).replace(" ", " ")


def _lines(element: ElementTree.Element) -> Iterator[str]:
    if element.tag.rpartition("}")[2] in NOT_OURS or element.get("lang", "da") != "da" or element.get("class") == "c":
        yield " … "
    else:
        edge = "\n" if element.tag in BLOCKS else ""
        yield edge + (element.text or "" if element.tag not in ("style", "script") else "")
        for child in element:
            yield from _lines(child)
            yield child.tail or ""
        yield edge


def faults(text: str) -> list[str]:
    """Everything that makes a text hard, or that we do not say."""
    for name in OFFICIAL:
        text = text.replace(name, "…")
    found = [plain_language.long_sentence(text), plain_language.long_word(text), plain_language.avoided_word(text)]
    found += [f"LIX {lix:.0f}"] if (lix := plain_language.lix(text)) > plain_language.HIGHEST_LIX else []
    return [fault for fault in found if fault] + (["exclamation mark"] if "!" in text else [])


def test_every_page_is_plain_danish() -> None:
    found = {name: faults(said(page)) for name, page in album.of("da").items()}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_sentence_in_the_catalogue_is_plain_danish() -> None:
    danish = catalogues.read("da")
    found = {}
    for msgid in catalogues.wanted(*OUR_TEMPLATES):
        message = danish.get(msgid)
        written = message.string if message else ""
        text = written if isinstance(written, str) else "\n".join(written)
        found[msgid] = [fault for fault in faults(text) if not fault.startswith("LIX")]

    assert {msgid: wrong for msgid, wrong in found.items() if wrong} == {}


def test_every_survey_is_plain_danish() -> None:
    for survey in demo_surveys():
        assert lint.check(survey, "web") == [], survey.id


def test_a_question_asks_one_thing() -> None:
    asked = {name: page.h1.count("?") for name, page in album.of("da").items() if page.title.startswith("Spørgsmål")}

    assert {name: marks for name, marks in asked.items() if marks > 1} == {}


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("Vi svarer dig, når vi har læst det, du har skrevet til os, og når vi har talt om det.", "Vi svarer"),
        ("Din henvendelse om brugertilfredshed er modtaget.", "brugertilfredshed"),
        ("Vi taler med misbrugere.", "misbrugere"),
        ("Tak for det!", "exclamation mark"),
        ("Henvendelsen videreformidles. Besvarelsen behandles fortroligt.", "LIX"),
    ],
)
def test_a_sentence_that_is_not_plain_is_found(planted: str, fault: str) -> None:
    page = album.of("da")["front"]
    spoilt = Page(page.address, 200, page.html.replace("</main>", f"<p>{planted}</p></main>"), 0)

    assert any(found.startswith(fault) for found in (*faults(said(spoilt)), *faults(planted)))
