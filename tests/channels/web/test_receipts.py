"""Four words in, an answer out: read, theme, answer. Never the text, and the power to take it back."""

import re
from datetime import timedelta
from urllib.parse import unquote_plus

import pytest

from app.core import clock as clocks
from app.core import db
from app.desk.track.telling import receipts as told_receipts
from app.privacy import queries, receipts
from app.publication import themes
from tests.channels.web import factories
from tests.channels.web.conftest import Arrive
from tests.channels.web.test_journey import to_last_page
from tests.channels.web.visitor import Visitor
from tests.publication.telling import tell

SECRET = "Flere senge om natten"


def with_code(arrive: Arrive) -> tuple[Visitor, str]:
    visitor = to_last_page(arrive()).press("send", **{"words-change": SECRET, "code": "1"})
    return visitor, visitor.page.code


def look_up(visitor: Visitor, words: str) -> Visitor:
    return visitor.visit("/kvittering").press("", kode=words)


def was_read(themes: str) -> None:
    queries.mark_receipt(factories.stored()[0].id, themes)
    db.db.session.commit()


def stages(visitor: Visitor) -> int:
    return len([one for one in visitor.page.all("li") if one.get("class") == "y"])


def test_a_new_answer_is_received_and_not_read(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    look_up(visitor, words)

    assert stages(visitor) == 1
    assert "Ingen har læst det endnu." in visitor.page.text


def test_what_was_read_shows_its_theme_and_the_answer(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    was_read("BOL.NAT,TRY")
    tell(themes=("TRY",), outcome="did_not", body="der mangler penge til en vagt.")
    told_receipts.write(clocks.now())
    db.db.session.commit()
    look_up(visitor, words)

    assert stages(visitor) == 4
    assert themes.name("BOL", "da") in visitor.page.text
    assert "Vi gjorde det ikke, fordi der mangler penge til en vagt." in visitor.page.text


@pytest.mark.requirement("R16")
def test_a_status_tells_no_text_place_week_or_sub_theme(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    was_read("BOL.NAT")
    look_up(visitor, words)

    for secret in (SECRET, "Ankeret", "GH1", "W10", "uge 10", themes.name("BOL.NAT", "da"), words):
        assert secret not in visitor.page.text


@pytest.mark.parametrize("change", [str.upper, str.title, lambda w: w.replace(" ", "-"), lambda w: f"  {w}. "])
def test_a_code_is_read_as_people_write_it(arrive: Arrive, change: object) -> None:
    visitor, words = with_code(arrive)
    spelled = words.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")

    assert look_up(visitor, change(spelled)).page.h1 == "Det skete der med det, du sagde"  # type: ignore[operator]


@pytest.mark.requirement("R16")
@pytest.mark.parametrize("words", ["kat hund sol måne", "kat", "x " * 90, "😀", "<b>", "hudd kat kat kat", "\0\0"])
def test_a_wrong_code_gets_the_same_kind_answer(arrive: Arrive, words: str) -> None:
    page = look_up(arrive(), words).page

    assert page.status == 200
    assert "Vi finder ikke et svar med den kode." in page.text


def test_a_wrong_word_is_named_with_the_nearest(arrive: Arrive) -> None:
    assert "hudd er ikke i nogen kode. Er det hund?" in look_up(arrive(), "hudd kat kat kat").page.text


def test_an_empty_field_asks_for_four_words(arrive: Arrive) -> None:
    page = look_up(arrive(), "  ").page

    assert page.status == 422
    assert "Skriv de 4 ord i din kode." in page.text


def test_nothing_of_a_code_stands_in_an_address(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    look_up(visitor, words)

    parts = re.split(r"[^\w]+", unquote_plus(visitor.page.address))
    assert not set(words.split()) & set(parts)


def test_an_answer_can_be_taken_back_with_one_more_press(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    look_up(visitor, words).follow("Slet mit svar")
    assert len(factories.stored()) == 1
    visitor.press("delete")

    assert visitor.page.h1 == "Dit svar er slettet"
    assert factories.stored() == []
    assert receipts.find(words) is None


def test_deleting_twice_says_the_same(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    confirm = look_up(visitor, words).follow("Slet mit svar").page
    visitor.press("delete")
    visitor.page = confirm

    assert visitor.press("delete").page.h1 == "Dit svar er slettet"


def test_keeping_it_leads_back(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    look_up(visitor, words).follow("Slet mit svar").follow("Nej, behold det")

    assert visitor.page.h1 == "Det skete der med det, du sagde"
    assert len(factories.stored()) == 1


@pytest.mark.requirement("R16")
def test_after_the_pointer_is_cut_the_status_stays_and_deleting_is_over(arrive: Arrive) -> None:
    visitor, words = with_code(arrive)
    was_read("TRY")
    queries.cut_receipts("2026-W10")
    db.db.session.commit()
    look_up(visitor, words)

    assert stages(visitor) == 3
    assert "De 30 dage er gået." in visitor.page.text
    assert not [link for link in visitor.page.all("a") if "Slet" in (link.text or "")]


def test_a_look_up_leads_nowhere_after_a_while(arrive: Arrive, clock: clocks.Clock) -> None:
    visitor, words = with_code(arrive)
    address = look_up(visitor, words).page.address
    clock.set(clock.now() + timedelta(minutes=25))

    assert visitor.visit(address).page.h1 == "Se, hvad der skete med det, du sagde"
    assert "Modtaget" not in visitor.page.text


def test_an_old_form_asks_once_more(arrive: Arrive, clock: clocks.Clock) -> None:
    visitor = arrive().visit("/kvittering")
    clock.set(clock.now() + timedelta(hours=3))

    assert visitor.press("", kode="kat hund sol due").page.status == 422
    assert "Skriv koden en gang til." in visitor.page.text


@pytest.mark.parametrize("token", ["", "x", "A" * 300])
def test_deleting_without_the_page_that_asks_deletes_nothing(arrive: Arrive, token: str) -> None:
    visitor, _ = with_code(arrive)
    response = visitor.client.post("/kvittering", data={"act": "delete", "t": token})

    assert response.status_code == 422
    assert len(factories.stored()) == 1


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_every_page_of_a_receipt_speaks_the_language(arrive: Arrive, lang: str) -> None:
    _, words = with_code(arrive)
    visitor = arrive(lang)
    for act in (lambda: look_up(visitor, words), lambda: visitor.visit(next(
        link.get("href", "") for link in visitor.page.all("a") if link.get("class") == "b n"
    )), lambda: visitor.press("delete")):  # fmt: skip
        act()
        assert visitor.page.tree.get("lang") == lang
        assert not [one for one in visitor.page.all("span") if one.get("lang")]
