"""Guessing takes time, and nobody is locked out."""

from contextlib import suppress

import pytest
from flask import Flask

from app.core import clock as clocks
from app.desk.accounts import throttle as throttles
from app.desk.accounts.throttle import CODES_EVERYWHERE, EVERYWHERE, LATELY, MOST, OF_A_NETWORK, Throttle, TooManyTries
from tests.desk.accounts import factories, telephones
from tests.desk.accounts.factories import PASSWORD, Browser

HERE, THERE = b"192", b"198"


def test_five_tries_are_free_and_the_sixth_waits_twelve_seconds() -> None:
    throttle = Throttle()

    assert [throttle.wait("mona", HERE, 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 12]


def test_who_waits_gets_one_more_try() -> None:
    throttle = emptied("mona")

    assert throttle.wait("mona", HERE, 12.0) == 0
    assert throttle.wait("mona", HERE, 12.0) == 12


def test_waiting_is_not_made_longer_by_trying() -> None:
    throttle = emptied("mona")
    for second in range(1, 12):
        throttle.wait("mona", HERE, float(second))

    assert throttle.wait("mona", HERE, 12.0) == 0


def test_one_name_never_delays_another() -> None:
    assert emptied("mona").wait("malik", HERE, 0.0) == 0


def test_a_stranger_elsewhere_who_never_stops_trying_delays_nobody_here() -> None:
    throttle = emptied("mona", network=THERE)
    tries = [throttle.wait("mona", THERE, 12.0 * number) for number in range(1, 50)]

    assert set(tries) == {0}
    assert throttle.wait("mona", HERE, 12.0 * 49) == 0


def test_many_networks_together_guess_one_name_slowly() -> None:
    throttle = Throttle()
    free = [throttle.wait("mona", bytes([number]), 0.0) for number in range(EVERYWHERE + 5)]

    assert free.count(0) == EVERYWHERE
    assert throttle.wait("malik", HERE, 0.0) == 0


def test_however_many_networks_try_the_name_has_its_tries_where_it_was_let_in_lately() -> None:
    throttle = Throttle()
    throttle.let_in("mona", HERE, 0.0)
    for number in range(2 * EVERYWHERE):
        throttle.wait("mona", bytes([number]), 60.0)

    assert throttle.wait("mona", HERE, 60.0) == 0
    assert throttle.wait("mona", THERE, 60.0) > 0
    assert [throttle.wait("mona", HERE, 60.0) for _ in range(5)][-1] == 12
    assert {throttle.wait("mona", bytes([number]), LATELY) for number in range(EVERYWHERE)} == {0}
    assert throttle.wait("mona", HERE, LATELY) > 0


def test_a_clock_that_steps_back_gives_nothing_and_takes_nothing() -> None:
    throttle = emptied("mona", now=100.0)

    assert throttle.wait("mona", HERE, 0.0) == 12


def test_made_up_names_do_not_fill_the_memory() -> None:
    throttle = Throttle()
    for number in range(MOST // 2 + 50):
        throttle.wait(f"name{number}" + "n" * 60, HERE, 0.0)

    assert len(throttle.tries_left) == MOST
    assert {len(bucket) for bucket in throttle.tries_left} == {16}


@pytest.mark.one_database
@pytest.mark.usefixtures("content")
def test_the_person_gets_in_while_strangers_try_her_name_from_many_networks(app: Flask, clock: clocks.Clock) -> None:
    _, telephone, _ = telephones.with_telephone("moderator", "mona")
    mona, stranger = Browser(app, app.response_class), Browser(app, app.response_class)
    before = [login(mona, "192.0.2.7"), code(mona, "192.0.2.7", telephone.shows())]
    login(stranger, "203.0.0.7")  # somebody who knows her password, even
    guesses = [code(stranger, f"203.0.{number}.7", "000000") for number in range(12)]
    for number in range(EVERYWHERE):
        try_name(app, "mona", f"198.51.{number % 12}.7")
    elsewhere = login(stranger, "198.51.100.7")
    clock.moved_by += 30

    assert guesses == [422] * (CODES_EVERYWHERE - 1) + [429] * 3  # the first of the ten was hers
    assert elsewhere == 429
    assert [*before, login(mona, "192.0.2.99"), code(mona, "192.0.2.99", telephone.shows())] == [303] * 4


def test_whoever_goes_through_many_names_waits_and_people_elsewhere_do_not(app: Flask, clock: clocks.Clock) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        for number in range(OF_A_NETWORK.most):
            throttles.take_try(f"name{number}")
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.99"}), pytest.raises(TooManyTries) as waiting:
        throttles.take_try("another")
    with app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
        throttles.take_try("another")
    clock.moved_by += waiting.value.seconds
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        throttles.take_try("mona")

    assert waiting.value.seconds == 3


def emptied(name: str, *, now: float = 0.0, network: bytes = HERE) -> Throttle:
    throttle = Throttle()
    for _ in range(6):
        throttle.wait(name, network, now)
    return throttle


def login(visitor: Browser, address: str) -> int:
    form = factories.form(visitor, "login", name="mona", password=PASSWORD)
    return visitor.post("/desk/login", data=form, environ_base={"REMOTE_ADDR": address}).status_code


def code(visitor: Browser, address: str, shown: str) -> int:
    form = factories.form(visitor, "code", code=shown)
    return visitor.post("/desk/code", data=form, environ_base={"REMOTE_ADDR": address}).status_code


def try_name(app: Flask, name: str, address: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}), suppress(TooManyTries):
        throttles.take_try(name)
