"""What only a browser can tell of every citizen's page, in four languages; and that each gate sees what it is for."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.browser import album_pages
from tests.channels.web import album

LANGUAGES = ("da", "en", "ar", "fa")
GATES = ("width", "large text", "spaced text", "targets", "colours", "print", "console")
SIGNED = {
    "color-contrast": "text over the print of a native radio; our own measure of contrast decides",
}
"""What axe cannot decide, and why it is right all the same."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("gate", GATES)
def test_every_page_passes(chromium: Browser, gate: str, lang: str) -> None:
    assert album_pages.seen(chromium, lang).of(gate) == {}


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_axe_finds_nothing_on_any_page_right_or_wrong(chromium: Browser, lang: str) -> None:
    assert album_pages.seen(chromium, lang).of("axe") == {}


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_what_axe_cannot_decide_is_signed(chromium: Browser, lang: str) -> None:
    assert {rule for rule, _ in album_pages.seen(chromium, lang).unsure} <= set(SIGNED)


def css(old: str, new: str) -> Callable[[str], str]:
    return lambda html: html.replace(old, new)


PLANTED: dict[str, Callable[[str], str]] = {
    "width": css("</main>", "<p style='width:400px'>bred</p></main>"),
    "large text": css("overflow-wrap:break-word}", "overflow-wrap:normal;word-wrap:normal}.k{white-space:nowrap}"),
    "spaced text": css("legend{padding:0", "legend{height:4rem;overflow:hidden;padding:0"),
    "targets": css("main{padding-top", "main button{min-height:0;padding:.2rem}main{padding-top"),
    "colours": css("#6b6b6b", "#b0b0b0"),
    "print": css("footer,form{display:none}", "header{color:#000}"),
    "axe": css('<label for="a1">', '<label for="b1">'),
}


@pytest.mark.parametrize("gate", PLANTED)
def test_a_page_with_this_fault_is_found(chromium: Browser, gate: str) -> None:
    shot = album.of("da")["smiley_5 0"]
    spoilt = replace(shot, html=PLANTED[gate](shot.html), headers=(("Content-Type", "text/html; charset=utf-8"),))
    assert spoilt.html != shot.html

    with album_pages.opened(chromium, {"planted": spoilt}) as show:
        faults, _ = album_pages.inspect(*show("planted"))

    assert faults[gate]


@pytest.mark.parametrize("planted", ["<style>h1{display:none}</style>", "<script>window.smuggled = 1</script>"])
def test_what_is_smuggled_in_is_blocked_and_heard(chromium: Browser, planted: str) -> None:
    shot = album.of("da")["smiley_5 0"]
    spoilt = replace(shot, html=shot.html.replace("</body>", f"{planted}</body>"))

    with album_pages.opened(chromium, {"planted": spoilt}) as show:
        page, said = show("planted")

        assert page.locator("h1").is_visible()
        assert page.evaluate("() => window.smuggled") is None
        assert any("Content Security Policy" in text for text in said)


def test_a_picture_from_elsewhere_is_blocked_and_heard(chromium: Browser) -> None:
    shot = album.of("da")["front"]
    spoilt = replace(shot, html=shot.html.replace("</main>", '<img src="https://x.example/1.png" alt=""></main>'))

    with album_pages.opened(chromium, {"planted": spoilt}) as show:
        assert album_pages.inspect(*show("planted"))[0]["console"]
