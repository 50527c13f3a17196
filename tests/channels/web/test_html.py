"""Every page is HTML by the book (html5lib, strict), and keeps the rules no book has."""

from collections.abc import Callable

import html5lib.html5parser
import pytest

from app.core import i18n
from app.core.i18n import LANGUAGES
from tests.channels.web import album
from tests.channels.web.visitor import Page, keeps_the_form, text_of

BROKEN = (AssertionError, html5lib.html5parser.ParseError)
QUESTION = "smiley_5 0"
RESULTS = ("/resultater", "/api/v1/releases/")
"""In Persian they are told in English: their numbers are printed in few languages."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_keeps_the_form(lang: str) -> None:
    for page in album.of(lang).values():
        keeps_the_form(page)
        assert page.tree.get("lang") in (lang, "en", "da")


@pytest.mark.parametrize("lang", ["da", "en", "ar", "fa"])
def test_every_page_says_its_language_and_direction(lang: str) -> None:
    for name, page in album.of(lang).items():
        said = "en" if lang == "fa" and page.address.startswith(RESULTS) else lang

        assert (page.tree.get("lang"), page.tree.get("dir")) == (said, i18n.direction(said)), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_stands_in_the_title_and_above_the_heading(lang: str) -> None:
    for name, page in album.of(lang).items():
        if name.endswith("wrong"):
            is_wrong(page, lang)
        else:
            assert not [one for one in page.all("div") if one.get("class") == "e"], name


def is_wrong(page: Page, lang: str) -> None:
    """The box comes before the heading, and its link leads to the first field."""
    box = next(one for one in page.all("div") if one.get("class") == "e")
    link = next(box.iter("a"))
    fields = [one.get("id") for one in page.tree.iter() if one.tag in ("input", "textarea") and one.get("id")]
    order = [one for one in page.tree.iter() if one is box or one.tag == "h1"]

    assert any(page.title.startswith(i18n.translate(other, "Error:")) for other in (lang, "en", "da"))
    assert text_of(link)
    assert (link.get("href") or "")[1:] in fields
    assert order[0] is box


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_never_tell_what_was_asked_or_answered(lang: str) -> None:
    for name, page in album.of(lang).items():
        if name.partition(" ")[0] in album.ANSWERS or "page" in name:
            assert page.h1 not in page.title, name
            assert page.title.endswith(" – Gadens Stemme")


PLANTED: dict[str, Callable[[str], str]] = {
    "an element left open": lambda html: html.replace("</fieldset>", ""),
    "an id twice": lambda html: html.replace('id="a2"', 'id="a1"'),
    "a field without a label": lambda html: html.replace('for="a2"', 'for="a9"'),
    "two headings": lambda html: html.replace("</main>", "<h1>Mere</h1></main>"),
    "no heading": lambda html: html.replace("<h1>", "<b>").replace("</h1>", "</b>"),
    "no language": lambda html: html.replace('<html lang="da"', "<html"),
    "no direction": lambda html: html.replace('dir="ltr">\n<head', ">\n<head"),
    "a style attribute": lambda html: html.replace("<main>", '<main style="color:red">'),
    "a handler": lambda html: html.replace("<main>", '<main onclick="x()">'),
    "a script": lambda html: html.replace("</body>", "<script>1</script></body>"),
    "a script in a link": lambda html: html.replace('href="tel:112"', 'href="JavaScript:x()"'),
    "a sheet from elsewhere": lambda html: html.replace("</head>", '<link rel="stylesheet" href="/x.css"></head>'),
    "a frame": lambda html: html.replace("</main>", "<iframe></iframe></main>"),
    "a form that is remembered": lambda html: html.replace(' autocomplete="off"', ""),
    "a dead button": lambda html: html.replace('<button name="act" value="next"', '<button disabled value="next"'),
    "a button without words": lambda html: html.replace(">Næste<", "><"),
    "a button that does nothing": lambda html: html.replace('value="skip"', 'type="button" value="skip"'),
    "no way to 112": lambda html: html.replace("tel:112", "tel:114"),
    "a picture from elsewhere": lambda html: html.replace("</main>", '<img src="//x.example/1.png" alt=""></main>'),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_page_that_is_broken_is_found(planted: str) -> None:
    page = album.of("da")[QUESTION]
    spoilt = PLANTED[planted](page.html)
    assert spoilt != page.html

    with pytest.raises(BROKEN):
        keeps_the_form(Page(page.address, 200, spoilt, 0))


@pytest.mark.parametrize(
    "planted",
    [
        lambda html: html.replace("<title>Fejl: ", "<title>"),
        lambda html: html.replace('href="#a1"', 'href="#b1"'),
        lambda html: html.replace('class="e"', 'class="i"'),
    ],
)
def test_an_error_without_its_title_its_link_or_its_box_is_found(planted: Callable[[str], str]) -> None:
    page = album.of("da")[f"{QUESTION}, wrong"]

    with pytest.raises((AssertionError, StopIteration)):
        is_wrong(Page(page.address, 422, planted(page.html), 0), "da")
