"""A carrier for tests of the gateway: a Twilio on this machine that the app is set to."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from app.core import config
from tests.channels.sms.benches import Bench, bench_of
from tests.channels.sms.fake_twilio import FakeTwilio
from tests.channels.sms.stage import Stage


@pytest.fixture
def twilio(environ: dict[str, str]) -> Iterator[FakeTwilio]:
    """Ask for it before `app`: it changes the settings."""
    with FakeTwilio() as fake:
        environ |= {
            "STEMME_SMS_PROVIDER": "twilio",
            "STEMME_TWILIO_API_URL": fake.url,
            "STEMME_TWILIO_ACCOUNT_SID": fake.account,
        }
        yield fake


@pytest.fixture
def stage(twilio: FakeTwilio, app: Flask, content: None) -> Stage:
    """The app and its carrier; the service has been swept once."""
    stage = Stage(app, twilio)
    stage.sweep()
    return stage


@pytest.fixture
def bench(request: pytest.FixtureRequest, app: Flask, environ: dict[str, str]) -> Iterator[Bench]:
    """A carrier by its name, and the app set to it."""
    with ExitStack() as stack:
        bench = bench_of(request.param, app, stack)
        app.extensions["settings"] = config.load(environ | bench.environ())
        yield bench
