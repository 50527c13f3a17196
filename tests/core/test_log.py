"""What a citizen's request sets off is written when its hour is over, and in no order."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.core import config, log
from app.core.log import OneLineOfJson, UntilTheHourIsOver

Say = Callable[..., None]
AN_HOUR = 3600.0


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def patient(out: io.StringIO) -> UntilTheHourIsOver:
    handler = UntilTheHourIsOver(out)
    handler.setFormatter(OneLineOfJson())
    return handler


@pytest.fixture
def say(patient: UntilTheHourIsOver) -> Say:
    """say("fault", at=…) writes a line about a citizen, or about staff."""

    def say(event: str, *, at: float = AN_HOUR, is_of_citizen: bool = True) -> None:
        record = logging.LogRecord("stemme", logging.ERROR, "", 0, event, None, None)
        record.created, record.is_of_citizen = at, is_of_citizen
        patient.handle(record)

    return say


@pytest.fixture
def in_production(app: Flask, settings: config.Settings, out: io.StringIO) -> Iterator[UntilTheHourIsOver]:
    """This app writes as it does in production; the log of the tests is back afterwards."""
    app.extensions["settings"] = replace(settings, env="production")
    before = logging.getLogger().handlers[:]
    log.init(app)
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, UntilTheHourIsOver)
    handler.setStream(out)
    yield handler
    handler.close()
    logging.getLogger().handlers[:] = before


def events(out: io.StringIO) -> list[str]:
    return [json.loads(line)["event"] for line in out.getvalue().splitlines()]


@pytest.mark.requirement("R12")
def test_a_line_about_a_citizen_waits_until_its_hour_is_over(
    say: Say, patient: UntilTheHourIsOver, out: io.StringIO
) -> None:
    for at in range(20):
        say(f"citizen {at}", at=AN_HOUR + at)
    say("staff", is_of_citizen=False)
    patient.let_go(2 * AN_HOUR - 1)
    assert events(out) == ["staff"]

    patient.let_go(2 * AN_HOUR)

    assert set(events(out)) == {"staff", *(f"citizen {at}" for at in range(20))}
    assert events(out)[1:] != [f"citizen {at}" for at in range(20)]
    assert "is_of_citizen" not in out.getvalue()


def test_what_waits_leaves_when_the_process_ends_and_is_never_more_than_a_thousand(
    say: Say, patient: UntilTheHourIsOver, out: io.StringIO
) -> None:
    for _ in range(log.MOST_HELD + 5):
        say("citizen")

    patient.close()

    assert len(events(out)) == log.MOST_HELD


@pytest.mark.one_database
def test_in_production_a_failing_page_of_citizens_is_not_written_at_once(
    app: Flask, in_production: UntilTheHourIsOver, out: io.StringIO
) -> None:
    for path in ("/s/GH1", "/desk/nowhere", "/healthz"):
        with app.test_request_context(path):
            log.begin()
            log.unavailable(ValueError(path))
    assert events(out) == ["unavailable"] * 2
    assert "/s/" not in out.getvalue()

    for record in in_production._held:
        record.created -= AN_HOUR
    with app.test_request_context("/healthz"):
        log.begin()
    assert "/s/" in out.getvalue()


@pytest.mark.requirement("R12")
def test_what_waits_leaves_with_no_citizens_request_whose_instant_it_would_carry(
    app: Flask, in_production: UntilTheHourIsOver, out: io.StringIO
) -> None:
    record = logging.LogRecord("stemme", logging.ERROR, "", 0, "fault", None, None)
    record.created, record.is_of_citizen = AN_HOUR, True
    in_production.handle(record)
    told = []
    for address in ("/privatliv", "/healthz"):
        app.test_client().get(address)
        told.append("fault" in events(out))

    assert told == [False, True]
