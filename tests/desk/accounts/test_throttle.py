"""Guessing takes time, and nobody is locked out."""

from app.desk.accounts.throttle import MOST_NAMES, Throttle


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


def emptied(name: str, *, now: float = 0.0) -> Throttle:
    throttle = Throttle()
    for _ in range(6):
        throttle.wait(name, now)
    return throttle
