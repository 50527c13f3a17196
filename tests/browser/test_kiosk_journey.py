"""What a visitor does at the tablet, with the real server behind it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from app.core import db
from app.surveys import kiosks
from app.surveys.models import Site
from tests.browser import tablets
from tests.browser.tablets import Tablet
from tests.channels.web import factories

OpenTablet = Callable[..., Tablet]


def test_a_code_opens_the_tablet_once(chromium: Browser, live_server: str) -> None:
    site = db.db.session.get(Site, "GH1")
    assert site is not None
    site.hours = "always"  # the tablet goes by the real clock
    _, code = kiosks.create("GH1", "Ved døren", datetime(2026, 3, 2, 10, tzinfo=UTC))
    db.db.session.commit()
    first, second = (chromium.new_page(base_url=live_server, java_script_enabled=True) for _ in range(2))

    first.goto("/kiosk")
    first.fill("input[name=code]", "ABCD2345")
    first.click("button")
    expect(first.locator("input[name=code]")).to_be_visible()
    first.fill("input[name=code]", code)
    first.click("button")
    expect(first.locator("main.start")).to_be_visible()

    second.goto("/kiosk")
    second.fill("input[name=code]", code)
    second.click("button")
    expect(second.locator("input[name=code]")).to_be_visible()
    first.context.close()
    second.context.close()


def test_a_run_arrives_as_it_was_said(tablet: OpenTablet) -> None:
    one = tablet()
    one.to_words()
    code = one.finish("Flere senge", quote=True, code=True)
    one.until_sent()

    [response] = tablets.stored()
    said = factories.answers(response)
    assert (response.lang, response.helped, response.quote_ok, response.is_burst) == ("da", "none", True, False)
    assert said["today"] == ("value", "4")
    assert said["mattered"] == ("value", "staff,food")
    assert said["change"][0] == "words"
    assert "where" not in said
    assert len(code.split()) == 4


def test_a_branch_opens_and_closes_again(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.press(".skip")
    one.press(".skip")
    one.press(".grid button >> nth=2")
    expect(one.page.locator("h1")).to_have_text("Hvor var det ikke trygt?")
    one.press(".grid button >> nth=1")
    one.press(".back")
    one.press(".back")
    one.press(".grid button >> nth=0")
    expect(one.page.locator("h1")).to_have_text("Blev du mødt med respekt?")
    one.press(".skip")
    one.press(".skip")
    one.send()
    one.until_sent()

    said = factories.answers(tablets.stored()[0])
    assert said == {
        "today": ("skipped", None), "mattered": ("skipped", None), "safe": ("value", "yes"),
        "respect": ("skipped", None), "change": ("skipped", None),
    }  # fmt: skip


def test_every_type_can_be_answered(tablet: OpenTablet) -> None:
    factories.publish_every_type()
    factories.site(kiosk_survey="every_type")
    one = tablet()
    one.press(".start .next")
    one.press(".helping .grid button >> nth=2")
    one.press(".promise .main")
    for _ in range(5):
        expect(one.page.locator(".above")).to_contain_text("Den, der hjælper dig, ser dine svar.")
        one.press(".grid button >> nth=1")
    one.press('.pick .grid button >> text="Te"')
    one.page.click('.pick .grid button >> text="Vand"')
    one.page.click('.pick .grid button >> text="Kaffe"')
    expect(one.page.locator(".sub")).to_contain_text("Du kan vælge 2.")
    one.page.click(".next")
    one.press('.rank .grid button >> text="Vand"')
    one.page.click('.rank .grid button >> text="Kaffe"')
    one.page.click('.rank .grid button >> text="Te"')
    one.page.click('.rank .grid button >> text="Kaffe"')
    expect(one.page.locator('.rank .grid button >> text="Te"').locator("..").locator(".mark")).to_have_text("2")
    one.page.click(".next")
    one.press(".steps button >> nth=10")
    one.wait(1)
    one.type("99")
    one.page.click(".next")
    expect(one.page.locator(".sub")).to_contain_text("0")
    one.page.get_by_role("button", name="Slet").click()
    one.page.get_by_role("button", name="Slet").click()
    one.type("12")
    one.page.click(".next")
    one.press('.place .grid button >> text="Vand"')
    one.wait(1)
    one.page.fill("textarea", "Mine ord")
    one.page.click(".next")
    one.wait(1)
    one.page.fill("textarea", "Han siger: flere senge")
    one.finish()
    one.until_sent()

    [response] = tablets.stored()
    said = factories.answers(response)
    values = {name: value for name, (_, value) in said.items()}
    assert response.helped == "staff"
    assert values | {"tx": None, "nt": None} == {
        "s5": "2", "s3": "2", "yn": "no", "ch": "b", "pc": "b", "pk": "b,c", "rk": "c,b", "sc": "10", "nr": "12",
        "pl": "c", "tx": None, "nt": None,
    }  # fmt: skip
    assert {said["tx"][0], said["nt"][0]} == {"words"}


def test_a_double_tap_answers_once(tablet: OpenTablet) -> None:
    one = tablet()
    one.begin()
    one.wait(1)
    one.page.mouse.dblclick(300, 300)
    one.page.mouse.click(300, 300)

    expect(one.page.locator(".above")).to_contain_text("2")
    one.wait(1)
    assert one.page.locator("[aria-pressed=true]").count() == 0


@pytest.mark.parametrize(("keep_partial", "kept"), [(False, 0), (True, 1)])
def test_leaving_half_way_keeps_taps_only_where_the_place_said_so(
    tablet: OpenTablet, *, keep_partial: bool, kept: int
) -> None:
    one = tablet(keep_partial=keep_partial)
    one.press(".start .main")
    assert ("gemmer vi dine tryk" in (one.page.text_content("main") or "")) is keep_partial
    one.press(".promise .main")
    one.press(".grid button >> nth=3")
    one.wait(62)
    one.wait(32)
    expect(one.page.locator("main.start")).to_be_visible()
    one.wait(301)
    one.until_sent()

    found = tablets.stored()
    assert [(one.is_partial, sorted(factories.answers(one))) for one in found] == [(True, ["today"])] * kept


def test_a_test_answer_is_marked_and_said_on_every_screen(tablet: OpenTablet) -> None:
    one = tablet()
    one.to_menu()
    one.press("text=Prøv med et testsvar")
    one.press(".promise .main")
    expect(one.page.locator(".above")).to_contain_text("Det her er en test.")
    for _ in range(5):
        one.press(".skip")
    one.send()
    one.until_sent()

    assert [one.is_test for one in tablets.stored()] == [True]


def test_four_runs_in_a_minute_are_marked_and_taken(tablet: OpenTablet) -> None:
    one = tablet()
    for _ in range(4):
        one.begin()
        for _ in range(5):
            one.press(".skip")
        one.send()
        one.press(".thanks .next")
    one.until_sent()

    assert sorted(one.is_burst for one in tablets.stored()) == [False, False, False, True]


def test_a_code_tells_what_became_of_an_answer_and_leads_back(tablet: OpenTablet) -> None:
    one = tablet()
    code = one.run("Flere senge", code=True)
    one.until_sent()

    one.press(".bar .skip")
    one.page.wait_for_url("**/kiosk/kvittering?lang=da")
    one.page.fill("input.f", code)
    one.page.click("main button")
    expect(one.page.locator("main")).to_contain_text("Modtaget")
    one.page.click("a:has-text('Færdig')")
    expect(one.page.locator("main.start")).to_be_visible()


def test_without_net_a_code_is_sent_elsewhere(tablet: OpenTablet) -> None:
    one = tablet()
    one.page.context.set_offline(True)

    one.press(".bar .skip")

    expect(one.page.locator(".head .sub")).to_contain_text("/kvittering")
    expect(one.page.locator("main.start")).to_be_visible()
