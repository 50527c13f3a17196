"""A form that comes twice is one answer; thanks can be read again; the words stay the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask

from app.core import clock as clocks
from tests.channels.web import factories
from tests.channels.web.conftest import Arrive
from tests.channels.web.test_journey import to_last_page
from tests.channels.web.visitor import Visitor


def test_send_pressed_twice_is_one_answer_and_the_same_thanks(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    last = visitor.page
    first = visitor.press("send", code="1").page.code
    visitor.page = last
    second = visitor.press("send", code="1").page.code

    assert first == second
    assert len(first.split()) == 4
    assert len(factories.stored()) == 1


def test_five_presses_at_the_same_moment_are_one_answer(arrive: Arrive, app: Flask) -> None:
    page = to_last_page(arrive()).page

    def press(_: int) -> str:
        visitor = Visitor(app.test_client())
        visitor.page = page
        with app.app_context():
            return visitor.press("send", code="1").page.code

    with ThreadPoolExecutor(5) as crowd:
        codes = set(crowd.map(press, range(5)))

    assert len(codes) == 1
    assert len(factories.stored()) == 1


def test_the_thanks_page_shows_the_same_words_when_it_is_loaded_again(arrive: Arrive) -> None:
    visitor = to_last_page(arrive()).press("send", code="1")
    first = visitor.page

    assert visitor.visit(first.address).page.code == first.code


def test_the_thanks_page_is_gone_after_a_while(arrive: Arrive, clock: clocks.Clock) -> None:
    visitor = to_last_page(arrive()).press("send", code="1")
    address = visitor.page.address
    clock.set(clock.now() + timedelta(minutes=25))

    assert visitor.visit(address).page.h1.startswith("Fortæl os om")


def test_no_code_is_drawn_for_who_does_not_want_one(arrive: Arrive) -> None:
    page = to_last_page(arrive()).press("send").page

    assert "Din kode" not in page.text
    assert "Vi læser dit svar senest lørdag 7. marts." in page.text


def test_send_after_delete_everything_stores_nothing(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    last = visitor.page
    visitor.press("delete")
    visitor.page = last
    visitor.press("send", **{"words-change": "Alligevel"})

    assert factories.stored() == []
    assert "Intet er gemt." in visitor.page.text
