"""What only a browser can tell of every citizen's page, in four languages; and that each gate sees what it is for."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.browser import album_pages
from tests.browser.conftest import OpenPage
from tests.browser.test_web_journey import next_one
from tests.channels.web import album

LANGUAGES = ("da", "en", "ar", "fa")
GATES = ("width", "large text", "spaced text", "targets", "colours", "print", "console")
LENGTH = """() => new Promise(done => {
  const sound = document.querySelector('video');
  sound.readyState ? done(sound.duration) : sound.onloadedmetadata = () => done(sound.duration);
})"""
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
    spoilt = replace(shot, html=PLANTED[gate](shot.html), headers=album_pages.PLAIN)
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


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_the_mark_of_an_answer_is_on_the_right(chromium: Browser, lang: str) -> None:
    with album_pages.opened(chromium, album.of(lang)) as show:
        page, _ = show("smiley_5 0")
        page.set_viewport_size({"width": 320, "height": 800})
        mark = page.locator("#a1").bounding_box()

    assert mark is not None
    assert mark["x"] > 320 / 2


@pytest.mark.parametrize("planted", ["", ".o input{opacity:0}"])
def test_what_is_chosen_is_seen_without_colour(chromium: Browser, planted: str) -> None:
    shot = album.of("da")["smiley_5 0"]
    spoilt = replace(shot, html=shot.html.replace("</style>", f"{planted}</style>"), headers=album_pages.PLAIN)

    with album_pages.opened(chromium, {"chosen": spoilt if planted else shot}) as show:
        page, _ = show("chosen")
        page.emulate_media(forced_colors="active")
        before = page.locator(".o").nth(1).screenshot()
        page.check("#a2", force=True)
        page.evaluate("() => document.activeElement.blur()")
        after = page.locator(".o").nth(1).screenshot()

    assert (before != after) is not bool(planted)


def test_thanks_prints_its_words_and_results_their_tables(chromium: Browser) -> None:
    with album_pages.opened(chromium, album.of("da")) as show:
        for name, what in (("thanks", ".c"), ("release", "table"), ("release", "svg rect")):
            page, _ = show(name)
            page.emulate_media(media="print")

            assert page.locator(what).first.is_visible(), name
            page.emulate_media(media="screen")


def test_a_page_is_one_request_without_cookies_or_a_word_in_the_console(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", script=True)
    asked: list[tuple[str, str]] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append((request.method, request.url.partition("?")[0])))
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    page.click("button[value=start]")
    next_one(page, "a4")

    address = page.url.partition("?")[0]
    assert asked == [("GET", address), ("POST", address), ("GET", address), ("POST", address), ("GET", address)]
    assert said == []
    assert page.context.cookies() == []
    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_style_or_script_that_is_smuggled_in_later_does_nothing(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", script=True)
    page.evaluate("""() => {
      document.body.insertAdjacentHTML('beforeend', '<style>h1 { display: none }</style>');
      const smuggled = document.createElement('script');
      smuggled.textContent = 'window.smuggled = true';
      document.body.append(smuggled);
    }""")

    assert page.locator("h1").is_visible()
    assert page.evaluate("() => window.smuggled") is None


def test_a_sound_plays_when_it_is_pressed_and_not_before(open_page: OpenPage) -> None:
    page = open_page("/s/GH1", script=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert not [url for url in asked if "/lyd/" in url]
    page.click(".h")

    page.wait_for_selector("video")
    assert page.evaluate(LENGTH) > 1
    page.go_back()
    assert (page.text_content("h1") or "").startswith("Fortæl os om")
