"""Guessing takes time, and nobody is locked out."""

import pytest
from flask import Flask

from app.core import clock as clocks
from app.desk.accounts import throttle as throttles
from app.desk.accounts.throttle import MOST_NAMES, OF_A_NETWORK, Throttle, TooManyTries


def test_five_tries_are_free_and_the_sixth_waits_twelve_seconds() -> None:
    throttle = Throttle()

    assert [throttle.wait("mona", 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 12]


def test_who_waits_gets_one_more_try() -> None:
    throttle = emptied("mona")

    assert throttle.wait("mona", 12.0) == 0
    assert throttle.wait("mona", 12.0) == 12


def test_waiting_is_not_made_longer_by_trying() -> None:
    throttle = emptied("mona")
    for second in range(1, 12):
        throttle.wait("mona", float(second))

    assert throttle.wait("mona", 12.0) == 0


def test_one_name_never_delays_another() -> None:
    assert emptied("mona").wait("malik", 0.0) == 0


def test_a_clock_that_steps_back_gives_nothing_and_takes_nothing() -> None:
    throttle = emptied("mona", now=100.0)

    assert throttle.wait("mona", 0.0) == 12


def test_made_up_names_do_not_fill_the_memory() -> None:
    throttle = Throttle()
    for number in range(MOST_NAMES + 50):
        throttle.wait(f"name{number}", 0.0)

    assert len(throttle.tries_left) == MOST_NAMES


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


def emptied(name: str, *, now: float = 0.0) -> Throttle:
    throttle = Throttle()
    for _ in range(6):
        throttle.wait(name, now)
    return throttle
