"""The citizens' pages in Chromium without scripts: there and back, sent once, taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.channels.web import factories

BOXES = (("a4",), ("a1", "a5"), ("a1",), ("a1",))
"""What is chosen on each page of the survey at GH1."""
HERE = "() => [document.activeElement.id || document.activeElement.value || document.activeElement.textContent.trim()]"
RING = """() => {
  const one = document.activeElement, around = document.querySelector(`label[for="${one.id}"]`) || one;
  return [one, around].some(seen => getComputedStyle(seen).outlineStyle !== 'none' &&
    parseFloat(getComputedStyle(seen).outlineWidth) >= 2);
}"""


def next_one(page: Page, *boxes: str) -> None:
    for box in boxes:
        page.check(f"#{box}")
    page.click("button[value=next]")


def to_last_page(page: Page) -> Page:
    page.click("button[value=start]")
    for boxes in BOXES:
        next_one(page, *boxes)
    return page


@pytest.mark.parametrize(("lang", "thanks"), [("da", "Tak."), ("en", "Thank you."), ("ar", "شكرًا")])
def test_a_journey_without_script_ends_in_thanks(open_page: OpenPage, lang: str, thanks: str) -> None:
    page = to_last_page(open_page("/s/GH1", lang=lang))
    page.fill("textarea", "Flere senge")
    page.check("#code")
    page.click("button[value=send]")

    expect(page.locator("h1")).to_contain_text(thanks)
    assert len((page.text_content(".c") or "").split()) == 4
    assert len(factories.stored()) == 1


def test_back_shows_the_step_before_and_reload_changes_nothing_at_every_step(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    seen = [page.text_content("h1")]
    page.click("button[value=start]")
    for boxes in BOXES:
        seen.append(page.text_content("h1"))
        page.reload()
        assert page.text_content("h1") == seen[-1]
        page.go_back()
        assert page.text_content("h1") == seen[-2]
        page.go_forward()
        assert page.text_content("h1") == seen[-1]
        next_one(page, *boxes)

    expect(page.locator("h1")).to_have_text("Dine svar")
    assert len(set(seen)) == len(seen) == 5
    assert factories.stored() == []


def test_an_answer_that_is_changed_after_back_is_the_one_that_counts(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    page.click("button[value=start]")
    next_one(page, "a4")
    page.go_back()
    next_one(page, "a1")
    for boxes in BOXES[1:]:
        next_one(page, *boxes)
    page.click("button[value=send]")

    assert factories.answers(factories.stored()[0])["today"] == ("value", "1")


def test_send_pressed_twice_in_a_hurry_is_one_answer(open_page: OpenPage) -> None:
    page = to_last_page(open_page("/s/GH1"))
    page.check("#code")
    page.dblclick("button[value=send]")

    expect(page.locator(".c")).to_be_visible()
    assert len(factories.stored()) == 1


def test_back_from_thanks_and_send_again_is_one_answer(open_page: OpenPage) -> None:
    page = to_last_page(open_page("/s/GH1"))
    page.check("#code")
    page.click("button[value=send]")
    words = page.text_content(".c")
    page.reload()
    assert page.text_content(".c") == words
    page.go_back()

    assert (page.text_content("h1") or "").startswith("Fortæl os om")
    assert len(factories.stored()) == 1


def test_an_answer_is_looked_up_and_taken_back(open_page: OpenPage) -> None:
    page = to_last_page(open_page("/s/GH1"))
    page.check("#code")
    page.click("button[value=send]")
    words = page.text_content(".c") or ""
    page.goto("/kvittering")
    page.fill("#kode", words.upper())
    page.click("main button")
    expect(page.locator("main")).to_contain_text("Ingen har læst det endnu.")
    page.click("text=Slet mit svar")
    page.click("button[value=delete]")

    expect(page.locator("h1")).to_have_text("Dit svar er slettet")
    assert factories.stored() == []


def tab_to(page: Page, name: str) -> None:
    """Press Tab until this has the focus; everything on the way is seen to have it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate(HERE)
        if page.evaluate(HERE) == [name]:
            return
    raise AssertionError(f"Tab never comes to {name}")


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_the_keyboard_is_enough_from_the_front_page_to_taking_it_back(open_page: OpenPage) -> None:
    page = open_page("/", script=True)
    tab_to(page, "kode")
    page.keyboard.type("gh 1")
    press(page, "Enter")
    tab_to(page, "start")
    press(page, "Enter")
    for boxes in BOXES:
        tab_to(page, boxes[0] if len(boxes) > 1 else "a1")
        page.keyboard.press("Space")
        tab_to(page, "next")
        press(page, "Enter")
    tab_to(page, "w-change")
    page.keyboard.type("Flere senge")
    tab_to(page, "code")
    page.keyboard.press("Space")
    tab_to(page, "send")
    press(page, "Enter")
    words = page.text_content(".c") or ""
    page.goto("/kvittering")
    tab_to(page, "kode")
    page.keyboard.type(words)
    press(page, "Enter")
    tab_to(page, "Slet mit svar")
    press(page, "Enter")
    tab_to(page, "delete")
    press(page, "Enter")

    expect(page.locator("h1")).to_have_text("Dit svar er slettet")
    assert factories.stored() == []


def test_arrows_move_between_the_answers(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    page.click("button[value=start]")
    page.focus("#a1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Hvad betød mest for dig i dag?")


def test_a_focus_that_cannot_be_seen_is_found(open_page: OpenPage) -> None:
    page = open_page("/", script=True)
    page.evaluate("() => { for (const one of document.querySelectorAll('a')) one.style.outline = 'none' }")

    with pytest.raises(AssertionError):
        tab_to(page, "kode")


def test_what_is_wrong_leads_to_the_first_box(open_page: OpenPage) -> None:
    page = open_page("/s/GH1")
    page.click("button[value=start]")
    page.click("button[value=next]")
    page.click(".e a")
    page.keyboard.press("Tab")

    assert page.url.endswith("#a1")
    assert page.title().startswith("Fejl: ")
