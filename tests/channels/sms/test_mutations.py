"""A thousand changed webhooks, none taken; and each way of checking them that is nearly right is caught."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app.channels.sms.providers import twilio_sdk
from app.core import config
from tests import production
from tests.channels.sms import mutations
from tests.channels.sms.factories import deliver, fields
from tests.mutants import webhook_mutants
from tests.requirements import IN_FULL

pytestmark = pytest.mark.one_database

N = 1000 if IN_FULL else 120
BASE = "http://127.0.0.1:8000"
Figure = Callable[[str], None]


@pytest.fixture
def house(app: Flask, content: None) -> Flask:
    """The app, with an account of its own at Twilio."""
    app.extensions["settings"] = replace(config.settings(), twilio_account_sid=mutations.ACCOUNT)
    return app


@pytest.mark.requirement("R10")
def test_no_changed_request_is_taken_and_every_true_one_is(house: Flask, figure: Figure) -> None:
    assert mutations.complaints(house, N, base=BASE) == []
    figure(f"0 of {N} mutations taken")


@pytest.mark.requirement("R10")
def test_behind_a_proxy_that_speaks_tls_the_address_is_still_ours(house: Flask) -> None:
    base = "https://stemme.example"
    house.extensions["settings"] = replace(config.settings(), public_base_url=base)

    assert mutations.complaints(house, N // 4, base=base) == []


@pytest.mark.requirement("R10")
def test_both_tokens_are_believed_while_they_rotate_and_no_third(house: Flask) -> None:
    house.extensions["settings"] = replace(config.settings(), twilio_auth_tokens=("new-token", "demo-token"))
    form = fields("GH1", AccountSid=mutations.ACCOUNT)

    assert [deliver(house, form, token=token).status_code for token in ("new-token", "demo-token")] == [200, 200]
    assert mutations.complaints(house, N // 4, base=BASE) == []


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("token", ["", " ", ","])
def test_production_does_not_start_without_a_token(token: str) -> None:
    given = production.DESK | {"STEMME_SIDE": "all", "STEMME_TWILIO_AUTH_TOKEN": token}

    with pytest.raises(config.SettingsRefused, match="STEMME_TWILIO_AUTH_TOKEN is empty"):
        config.load(given)


@pytest.mark.requirement("R10")
def test_a_signature_is_never_compared_letter_by_letter_until_one_differs() -> None:
    assert webhook_mutants.comparing_complaints(twilio_sdk.is_signed) == []


@pytest.mark.requirement("R10", mutants=True)
@pytest.mark.parametrize("wrong", webhook_mutants.WRONG, ids=lambda one: one.__name__)
def test_a_wrong_check_is_caught(
    house: Flask, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[pytest.MonkeyPatch], None]
) -> None:
    wrong(monkeypatch)

    assert mutations.complaints(house, 60, base=BASE) != []


@pytest.mark.requirement("R10", mutants=True)
def test_a_plain_comparison_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    webhook_mutants.plain_comparison(monkeypatch)

    assert webhook_mutants.comparing_complaints(twilio_sdk.is_signed) != []
