"""Nobody there: the tablet asks, then forgets everything; and the corner of those who work there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.core import db
from app.surveys import kiosk_settings, kiosks
from app.surveys.models import Site
from tests.browser import tablets
from tests.browser.tablets import Tablet
from tests.channels.web import factories

OpenTablet = Callable[..., Tablet]
WORDS = "Kakaduen sover uroligt"
LEFT_BEHIND = """() => ({
  lang: document.documentElement.lang, dir: document.documentElement.dir,
  size: document.documentElement.dataset.size, dark: document.documentElement.dataset.dark,
  fields: [...document.querySelectorAll('input, textarea')].map(one => one.value),
  selection: String(getSelection()), scroll: [scrollX, scrollY], history: history.length,
  screen: document.querySelector('main').className,
  stored: Object.entries(localStorage).filter(([, value]) => value).flat().concat(Object.keys(sessionStorage)),
})"""
CLEAN = {
    "lang": "da", "dir": "ltr", "size": "0", "dark": "0", "fields": [], "selection": "", "scroll": [0, 0],
    "screen": "start", "stored": [],
}  # fmt: skip


def left_behind(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(LEFT_BEHIND)
    return {name: value for name, value in found.items() if name != "history"}


def test_the_warning_has_the_focus_and_can_be_put_off_without_end(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.press(".skip")
    one.press(".grid button >> nth=2")
    for _ in range(3):
        one.wait(62)
        expect(one.page.get_by_role("alertdialog", name="Er du der stadig?")).to_be_visible()
        expect(one.page.get_by_role("button", name="Ja, fortsæt")).to_be_focused()
        one.wait(15)
        expect(one.page.locator(".left")).to_contain_text("Vi sletter dine svar om 1")
        one.page.keyboard.press("Enter")
        expect(one.page.locator(".ask h1")).to_have_text("Hvad betød mest for dig i dag?")
        expect(one.page.locator(".grid [aria-pressed=true]")).to_have_count(1)


def test_words_have_two_minutes_and_come_back_after_the_warning(tablet: OpenTablet) -> None:
    one = tablet()
    one.to_words()
    one.page.fill("textarea", WORDS)
    one.wait(90)
    expect(one.page.locator("textarea")).to_have_value(WORDS)
    one.wait(32)
    one.press("text=Ja, fortsæt")

    expect(one.page.locator("textarea")).to_have_value(WORDS)


@pytest.mark.requirement("R14")
def test_nothing_of_a_person_is_left_for_the_next(tablet: OpenTablet) -> None:
    one = tablet()
    page = one.page
    before = page.evaluate("() => history.length")
    one.press("text=العربية")
    one.press(".tools button >> nth=0")
    page.click(".tools button >> nth=1")
    one.press(".start .next")
    one.press(".helping .grid button >> nth=1")
    one.press(".promise .main")
    for _ in range(4):
        one.press(".skip")
    one.wait(1)
    page.fill("textarea", WORDS)
    page.locator("textarea").select_text()
    one.wait(122)
    expect(page.locator("main.warn")).to_be_visible()
    assert page.evaluate("() => document.documentElement.lang") == "ar"
    one.wait(32)

    expect(page.locator("main.start")).to_be_visible()
    assert left_behind(page) == CLEAN
    assert page.evaluate("() => history.length") == before
    one.to_words()
    assert page.locator("textarea").input_value() == ""
    assert "hjælper dig" not in (page.text_content("main") or "")
    assert tablets.stored() == []
    assert one.queue()["q"] == []


@pytest.mark.requirement("R14")
def test_two_people_in_a_row_share_nothing(tablet: OpenTablet) -> None:
    one = tablet()
    first = one.run(WORDS, code=True)
    assert left_behind(one.page) == CLEAN
    assert first not in one.page.content()
    one.to_words()
    assert one.page.locator("[aria-pressed=true]").count() == 0
    second = one.finish(code=True)
    one.until_sent()

    assert first != second
    assert len({response.id for response in tablets.stored()}) == 2


@pytest.mark.parametrize(("code", "stays"), [(False, 10), (True, 60)])
def test_thanks_leaves_by_itself(tablet: OpenTablet, *, code: bool, stays: int) -> None:
    one = tablet()
    one.to_words()
    one.finish(code=code)
    one.wait(stays - 3)
    expect(one.page.locator("main.thanks")).to_be_visible()
    one.wait(5)

    expect(one.page.locator("main.start")).to_be_visible()


@pytest.mark.requirement("R14")
def test_back_reload_and_the_pages_cache_bring_nothing_back(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.press(".grid button >> nth=3")
    one.page.reload()
    expect(one.page.locator("main.start")).to_be_visible()
    one.begin()
    one.press(".grid button >> nth=3")
    one.page.goto("about:blank")
    one.page.go_back()

    expect(one.page.locator("main.start")).to_be_visible()
    assert left_behind(one.page) == CLEAN


def test_a_tablet_that_slept_wakes_at_its_start(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.page.clock.fast_forward(3_600_000)
    one.wait(2)

    expect(one.page.locator("main.start")).to_be_visible()


def test_help_is_a_touch_away_and_leads_back(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.press(".aid")
    expect(one.page.locator(".lines")).to_contain_text("112")
    one.press(".lines .next")

    expect(one.page.locator(".ask h1")).to_have_text("Hvordan var det at være her i dag?")


def test_nothing_speaks_until_somebody_asked_for_it(tablet: OpenTablet) -> None:
    one = tablet(is_open=False)
    one.page.add_init_script(
        "window.played = []; Audio.prototype.play = HTMLMediaElement.prototype.play = function () "
        "{ window.played.push(this.src); return Promise.resolve(); }"
    )
    one.open()
    one.begin()
    one.wait(62)
    assert one.page.evaluate("() => window.played") == []
    one.press("text=Ja, fortsæt")
    one.press(".listen")
    one.wait(62)

    assert [url.rpartition(".")[2] for url in one.page.evaluate("() => window.played")] == ["mp3", "mp3"]


def test_the_corner_opens_by_pin_without_net_and_slows_guessing_down(tablet: OpenTablet) -> None:
    one = tablet()
    one.page.context.set_offline(True)
    one.to_menu("111111")
    for tries in range(5):
        expect(one.page.locator(".sub")).to_have_text("Det var ikke den rigtige PIN.")
        if tries < 4:
            one.type("111111")
            one.page.click(".next")
            one.page.wait_for_timeout(600)
    one.type("271828")
    one.page.click(".next")
    expect(one.page.locator(".sub")).to_contain_text("sekunder")
    one.wait(31)
    one.page.click(".next")

    expect(one.page.locator("main.menu")).to_be_visible()
    expect(one.page.locator("dl")).to_contain_text("under 5")


def test_four_touches_or_slow_ones_open_nothing(tablet: OpenTablet) -> None:
    one = tablet()
    for _ in range(4):
        one.page.mouse.click(40, 40)
    one.wait(5)
    for _ in range(4):
        one.page.mouse.click(40, 40)

    expect(one.page.locator("main.start")).to_be_visible()


def test_the_house_sleeps_and_help_stays(tablet: OpenTablet) -> None:
    one = tablet(is_open=False)
    site = db.db.session.get(Site, "GH1")
    assert site is not None
    site.hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "09:00-17:00")
    db.db.session.commit()
    one.page.clock.set_system_time("2026-03-03T08:00:00")
    one.open()
    expect(one.page.locator("main.sleep h1")).to_have_text("Vi åbner kl. 9.")
    expect(one.page.locator("main")).to_contain_text("Ring 112")
    one.press(".aid")
    expect(one.page.locator("main.lines")).to_be_visible()
    one.press(".lines .next")
    one.to_menu()
    one.press("text=Væk skærmen")
    expect(one.page.locator("main.start")).to_be_visible()


def test_the_queue_is_saved_as_a_file_of_sealed_boxes_and_the_tablet_leaves(tablet: OpenTablet) -> None:
    one = tablet()
    one.page.route("**/kiosk/api/v1/**", lambda route: route.abort())
    one.run(WORDS)
    one.to_menu()
    one.press("text=Tag skærmen ud af brug")
    expect(one.page.locator(".sub")).to_contain_text("Der venter stadig svar.")
    with one.page.expect_download() as saved:
        one.press("text=Gem køen som en fil")
    content = saved.value.path().read_text()
    assert one.device in content
    assert WORDS not in content
    one.press("text=Tag skærmen ud af brug")
    one.press("text=Tag skærmen ud af brug")

    expect(one.page.locator("input[name=code]")).to_be_visible()
    assert one.page.evaluate("() => localStorage.length") == 0


def test_a_file_that_was_saved_earlier_lets_no_tablet_leave(tablet: OpenTablet) -> None:
    one = tablet()
    one.page.route("**/kiosk/api/v1/**", lambda route: route.abort())
    one.hurry()
    one.press(".thanks .next")
    one.to_menu()
    with one.page.expect_download():
        one.press("text=Gem køen som en fil")
    one.press(".back")
    one.hurry()
    one.press(".thanks .next")
    one.to_menu()
    for _ in range(2):
        one.press("text=Tag skærmen ud af brug")

    expect(one.page.locator(".sub")).to_contain_text("Der venter stadig svar.")
    assert len(one.queue()["q"]) == 2


def test_the_server_hears_of_a_page_that_left_by_itself_and_without_net_the_start_stands_there(
    tablet: OpenTablet,
) -> None:
    one = tablet()
    one.until(lambda: one.page.evaluate("() => !!navigator.serviceWorker.controller"))
    heard = one.page.evaluate("() => fetch('/kiosk?over=x', {redirect: 'manual'}).then(answer => answer.type)")
    one.page.goto(one.page.url.split("?")[0] + "?over=x")
    expect(one.page.locator("main.start")).to_be_visible()
    one.page.context.set_offline(True)
    one.page.goto(one.page.url.split("?")[0] + "?over=x")

    expect(one.page.locator("main.start")).to_be_visible()
    assert heard == "opaqueredirect"


def test_what_the_desk_sets_waits_until_the_run_is_over(tablet: OpenTablet) -> None:
    one = tablet()
    one.to_words()
    device = kiosks.by_id(one.device)
    assert device is not None
    kiosk_settings.change(device, words_screen=False)
    db.db.session.commit()
    with one.page.expect_response("**/heartbeat"):
        one.page.evaluate("() => dispatchEvent(new Event('online'))")
    one.finish("Flere senge")
    one.until_sent()
    with one.page.expect_event("load"):
        one.press(".thanks .next")
    one.begin()
    for _ in range(4):
        one.press(".skip")

    expect(one.page.locator("main.almost")).to_be_visible()
    assert sum("change" in factories.answers(response) for response in tablets.stored()) == 1
