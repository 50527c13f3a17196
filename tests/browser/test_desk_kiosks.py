"""Tablets and places at the desk on the narrowest screen: empty, busy and faulty, to axe and to the ruler."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from app.core import clock as clocks
from app.core import db
from app.desk.accounts import session
from app.surveys import kiosks
from app.surveys.models import Kiosk
from tests.browser.tablets import Tablet, stored
from tests.browser.test_desk_axe import NARROW, OPEN_ALL, RULES, console
from tests.browser.widths import too_wide
from tests.desk.accounts.factories import a_user
from tests.desk.admin import factories
from tests.desk.track.factories import SUMMER, a_release

OpenDesk = Callable[..., Page]
LANGUAGES = ("da", "en")
NO_BREAK = "W" * 40
PRINTED = {("T1", "GH1", ""): 36, ("T2", "GH1", "answered"): 32, ("T2", "GH1", "good"): 19}
SMALL = "() => [...document.querySelectorAll('main button, main .button')].filter(one => one.offsetHeight < 44).length"


@pytest.fixture
def desk(app: Flask, chromium: Browser, live_server: str) -> Iterator[OpenDesk]:
    """desk("staff", "GH1", lang="en", script=False) is a browser in which somebody with this role is signed in."""
    contexts = []

    def opened(role: str, site: str | None = None, *, lang: str = "da", script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server, viewport={"width": NARROW, "height": 800}, locale=lang, java_script_enabled=script
        )
        contexts.append(context)
        token = session.begin(a_user(role, site), clocks.now())
        db.db.session.commit()
        context.add_cookies([{"name": session.cookie_name(), "value": token, "url": live_server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def tablets(content: None, clock: clocks.Clock) -> list[Kiosk]:
    """One that is well, one in every trouble at once with a name that breaks nowhere, one closed; and figures."""
    clock.set(SUMMER)
    a_release(printed=PRINTED)
    well, troubled, closed = factories.a_sound_tablet(), factories.a_tablet(NO_BREAK), factories.a_tablet("<b>x</b>")
    bad = replace(factories.WELL, queue="5+", oldest_days=44, quarantined=3, is_persisted=False, storage_pct=97)
    kiosks.hear(troubled, bad, clocks.today())
    troubled.contact_day = kiosks.day_number(clocks.today()) - 9
    kiosks.create("MUE1", "I bussen", clocks.now())
    kiosks.revoke(closed)
    db.db.session.commit()
    return [well, troubled, closed]


def wrong(page: Page) -> list[object]:
    """Everything that is wrong with the page at hand, its folded parts open."""
    page.evaluate(OPEN_ALL)
    violations = Axe().run(page, options=RULES).response["violations"]
    found: list[object] = [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]
    found += [f"{wide} px too wide"] if (wide := too_wide(page)) > 0 else []
    return found + ([f"{small} buttons under 44 px"] if (small := page.evaluate(SMALL)) else [])


def faults(page: Page, *addresses: str) -> dict[str, list[object]]:
    """What is wrong with each page, and what the browser says of it aloud."""
    found = {}
    for where in addresses:
        with console(page) as said:
            answer = page.goto(where)
            found[where] = [*wrong(page), *said, *([answer.status] if answer and answer.status != 200 else [])]
    return {where: faulty for where, faulty in found.items() if faulty}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_of_an_administrator_are_sound(desk: OpenDesk, tablets: list[Kiosk], lang: str) -> None:
    devices = [f"/desk/kiosks/{one.id.hex()}" for one in tablets]

    assert faults(desk("admin", lang=lang), "/desk/kiosks", *devices, f"{devices[1]}/revoke", "/desk/sites/MUE1") == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_of_staff_are_sound(desk: OpenDesk, tablets: list[Kiosk], lang: str) -> None:
    troubled = f"/desk/kiosks/{tablets[1].id.hex()}"

    assert faults(desk("staff", "GH1", lang=lang), "/desk", "/desk/sites/GH1", "/desk/kiosks", troubled) == {}


def test_pages_with_nothing_on_them_are_sound(desk: OpenDesk) -> None:
    assert faults(desk("admin"), "/desk/kiosks", "/desk/sites/GH2") == {}
    assert faults(desk("staff", "GH2"), "/desk", "/desk/kiosks", "/desk/sites/GH2") == {}


def test_a_refusal_and_a_code_are_sound_and_the_code_is_read_by_name(desk: OpenDesk, tablets: list[Kiosk]) -> None:
    page = desk("admin")
    page.goto(f"/desk/kiosks/{tablets[0].id.hex()}")
    page.get_by_label("Ny PIN").fill("111111")
    page.get_by_role("button", name="Gem PIN").click()
    refused = page.locator(".faults").inner_text(), page.title().startswith("Fejl:"), wrong(page)
    page.get_by_role("button", name="Lav en ny kode").click()

    assert refused[1:] == (True, [])
    assert refused[0]
    page.get_by_role("img", name="QR-kode").wait_for()
    assert wrong(page) == []


def test_a_tablet_is_added_ticked_set_and_closed_without_script(desk: OpenDesk) -> None:
    page = desk("admin", script=False)
    page.goto("/desk/kiosks")
    page.get_by_label("Hvor står den?").select_option("GH1")
    page.get_by_label("Hvad kalder I den?").fill("Ved døren")
    page.get_by_role("button", name="Tilføj den, og vis koden").click()
    code = page.locator("#code").inner_text()
    enrolled = kiosks.enrol(code, clocks.now())
    db.db.session.commit()
    page.get_by_role("link", name="Koden er skrevet").click()
    page.get_by_label("Tastaturet lærer ikke ord.").check()
    page.get_by_role("button", name="Gem tjeklisten").click()
    page.get_by_label("Ny PIN").fill("402917")
    page.get_by_role("button", name="Gem PIN").click()
    page.get_by_label("Spørg om folks egne ord").check()
    page.get_by_role("button", name="Gem tider og skærme").click()
    kept = page.get_by_label("Spørg om folks egne ord").is_checked()
    page.get_by_role("link", name="Luk tabletten").click()
    page.get_by_role("button", name="Ja, luk den").click()

    assert enrolled
    assert kept
    assert page.locator(".tag").inner_text() == "Lukket"


def test_a_file_is_read_in_without_script(desk: OpenDesk) -> None:
    device = factories.a_tablet()
    page = desk("staff", "GH1", script=False)
    page.goto(f"/desk/kiosks/{device.id.hex()}")
    file = factories.a_file(device, factories.an_answer())
    page.get_by_label("Filen fra tabletten").set_input_files(
        {"name": "gadens-stemme-GH1.json", "mimeType": "application/json", "buffer": file}
    )
    page.get_by_role("button", name="Læs den ind").click()

    page.get_by_text("Filen er læst ind. Slet den nu fra stikket.").wait_for()


def test_what_a_tablet_saved_without_net_is_read_in_and_counted_once(
    desk: OpenDesk, tablet: Callable[..., Tablet], tmp_path: Path
) -> None:
    one = tablet()
    one.page.context.set_offline(True)
    one.to_words()
    one.finish("Flere senge")
    one.press(".thanks .next")
    one.to_menu()
    one.wait(1)
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="fil").click()
    download.value.save_as(tmp_path / "gadens-stemme-GH1.json")
    page = desk("staff", "GH1")
    page.goto(f"/desk/kiosks/{one.device}")
    page.get_by_label("Filen fra tabletten").set_input_files(tmp_path / "gadens-stemme-GH1.json")
    page.get_by_role("button", name="Læs den ind").click()
    page.get_by_text("Filen er læst ind. Slet den nu fra stikket.").wait_for()
    (response,) = stored()
    one.page.context.set_offline(False)
    one.page.get_by_role("button", name="Send nu").click()
    one.until_sent()

    assert [answer.kind for answer in response.answers if answer.question == "change"] == ["words"]
    assert len(stored()) == 1
