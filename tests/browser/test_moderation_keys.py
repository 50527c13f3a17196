"""The moderators' desk by keyboard alone, the same without script, and two people at once."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock, db
from app.desk.accounts import session
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import rows

SAID = (
    "Køen til badet er alt for lang om morgenen",
    "Flere senge til natten",
    "Personalet lytter, tak for det",
    "Der mangler låste skabe",
    "Kaffen er god",
)
OpenDesk = Callable[..., Page]


@pytest.fixture
def desk(chromium: Browser, live_server: str, app: Flask) -> Iterator[OpenDesk]:
    """desk(script=False, name="malik") is a moderator's browser."""
    factories.the_codebook()
    contexts = []

    def opened(*, script: bool = True, name: str = "mona") -> Page:
        token = session.begin(accounts.a_user("moderator", name=name), clock.now())
        db.db.session.commit()
        context = chromium.new_context(
            base_url=live_server, locale="en", java_script_enabled=script, viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def texts(how_many: int) -> list[str]:
    """The addresses of texts, in the order they are read."""
    ids = [factories.a_text(SAID[n % 5], week=f"2026-W{10 + n}") for n in range(how_many)]
    return [f"/desk/statements/{text_id.hex()}" for text_id in ids]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def approve_by_keys(page: Page) -> None:
    """Enter leads to the questions, each is answered by itself, and Enter on the button approves."""
    press(page, "Enter")
    press(page, *["Space"] * 5)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        press(page, "Enter")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_twenty_texts_by_keyboard_alone(desk: OpenDesk) -> None:
    texts(20)
    page = desk()
    page.goto("/desk/queue")

    press(page, "j", "j", "k", "Enter")
    for n in range(20):
        page.wait_for_function(f"() => document.querySelector('.trays .count').textContent === '{20 - n}'")
        if n == 0:
            page.wait_for_selector("#approve")
            page.evaluate("window.node = document.getElementById('said')")
        else:
            page.wait_for_function("() => document.activeElement.id === 'heading'")
        press(page, "1", "y", "k")
        if n % 4 == 1:
            press(page, "t")
            page.keyboard.type("åbningst")
            press(page, "Enter", "Escape", "f", "a")
        if n % 4 == 2:
            press(page, "c", "1", "n", "1")
        if n == 5:
            press(page, "s")
            page.wait_for_function("() => document.getElementById('said').textContent.startsWith('Skipped')")
            page.wait_for_function("() => document.activeElement.id === 'heading'")
            press(page, "y", "r")
        if n == 6:
            press(page, "h", "Space", "Enter")
            continue
        approve_by_keys(page)
    page.wait_for_url("**/desk/queue*")

    assert page.inner_text("#said") == "Approved. 0 left."
    assert page.evaluate("window.node === document.getElementById('said')")
    assert dict(rows("SELECT state, count(*) FROM text_item GROUP BY state")) == {"approved": 19, "held": 1}
    tagged = dict(rows("SELECT c.key, count(*) FROM tagging t JOIN code c ON c.guid = t.code_guid GROUP BY c.key"))
    assert (tagged["KRITIK"] + tagged["ROS"], tagged["ANSAT"], tagged["ADG.AAB"] >= 4) == (19, 4, True)


def test_the_same_without_script(desk: OpenDesk) -> None:
    texts(20)
    page = desk(script=False)
    page.goto("/desk/queue")
    page.click("#begin")

    for n in range(20):
        if n == 5:
            page.click("#skip-button")
        page.check("#approve input[value=KRITIK]")
        if n % 4 == 1:
            page.click(".themes summary >> nth=0")
            page.check(".themes input[value='ADG.AAB']")
        if n == 6:
            page.click("summary[data-key=hold]")
            page.check("#hold input >> nth=-1")
            page.click("#hold button")
            continue
        page.evaluate("for (const one of document.querySelectorAll('input[name=asked]')) one.click()")
        page.click("#approve-button")

    assert page.url.endswith("/desk/queue?said=approved")
    assert dict(rows("SELECT state, count(*) FROM text_item GROUP BY state")) == {"approved": 19, "held": 1}


def test_finding_a_theme_never_takes_back_what_is_chosen(desk: OpenDesk) -> None:
    page = desk()
    page.goto(texts(1)[0])

    press(page, "t")
    for typed in ("koe", "ADG.PLA", "mad"):
        page.keyboard.type(typed)
        press(page, "Enter")
        assert page.input_value("#find-code") == ""
    page.keyboard.type("zzzz")

    chosen = page.locator("#chosen button").all_inner_texts()
    assert len(chosen) >= 3
    assert "No theme has these letters." in page.inner_text("#found")
    assert page.locator("#themes input:checked").count() >= 3
    press(page, "Escape", "x", "Escape")
    assert page.locator("#themes input:checked").count() >= 3


def test_keys_are_dead_while_typing_and_when_switched_off_or_changed(desk: OpenDesk) -> None:
    address, *_others = texts(2)
    page = desk()
    page.goto(address)
    page.click("summary[data-key=reject]")
    page.focus("#note")
    page.keyboard.type("stfxhjk 1")
    assert (page.input_value("#note"), page.url.endswith(address)) == ("stfxhjk 1", True)

    page.goto("/desk/keys")
    page.fill("#key-hold", "q")
    page.click("#keys-button")
    page.goto(address)
    press(page, "h")
    assert not page.evaluate("document.querySelector('[data-key=hold]').parentElement.open")
    press(page, "q")
    assert page.evaluate("document.querySelector('[data-key=hold]').parentElement.open")

    page.goto("/desk/keys")
    page.check("#keys-off")
    page.click("#keys-button")
    page.goto(address)
    press(page, "q", "1", "j")
    assert page.url.endswith(address)
    assert page.locator("kbd:visible").count() == page.locator("#approve input:checked").count() == 0


def test_a_hard_text_is_opened_by_the_first_enter_and_approved_only_after_the_questions(desk: OpenDesk) -> None:
    address = f"/desk/statements/{factories.a_text('Jeg kan ikke mere', is_urgent=True).hex()}"
    page = desk()
    page.goto(address)
    assert not page.is_visible(".said-by-citizen")

    press(page, "Enter")
    assert page.is_visible(".said-by-citizen")
    press(page, "Enter")
    assert focused(page).startswith("asked-")
    press(page, "Enter")
    assert rows("SELECT state FROM text_item") == [("waiting",)]


def test_two_at_once_one_decides_and_the_other_reads_along(desk: OpenDesk) -> None:
    (address,) = texts(1)
    mona, malik = desk(name="mona"), desk(name="malik")
    mona.goto(address)
    malik.goto(address)
    assert "is reading it" in malik.inner_text("#held")
    assert malik.locator("#approve").count() == 0

    press(mona, "y", "k")
    clock.clock().moved_by += 16 * 60
    malik.reload()
    press(malik, "y", "r")
    approve_by_keys(mona)
    mona.wait_for_selector("#problem")

    assert "is reading this text" in mona.inner_text("#problem")
    assert mona.is_checked("#approve input[value=KRITIK]")
    assert rows("SELECT state FROM text_item") == [("waiting",)]
    approve_by_keys(malik)
    malik.wait_for_url("**/desk/queue*")
    assert rows("SELECT state FROM text_item") == [("approved",)]
