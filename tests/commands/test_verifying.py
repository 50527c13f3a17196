"""`stemme check`: what it says of the carrier, what it asks a person to do, and when it fails."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands.verifying import check
from app.core import host
from app.core.config import SettingsRefused
from app.surveys import help_lines
from tests.databases import create_schema
from tests.production import DESK as PRODUCTION

Run = Callable[..., Result]
TWILIO = {"STEMME_SMS_PROVIDER": "twilio", "STEMME_TWILIO_ACCOUNT_SID": "AC0", "STEMME_TWILIO_AUTH_TOKEN": "token"}
GATEWAYAPI = {
    "STEMME_SMS_PROVIDER": "gatewayapi",
    "STEMME_GATEWAYAPI_TOKEN": "token-of-the-gateway",
    "STEMME_GATEWAYAPI_WEBHOOK_SECRET": "a-secret-of-a-carrier-0123456789abcdef",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`stemme check` with these settings."""

    def run(**environ: str) -> Result:
        for name, value in {"STEMME_INSTANCE_DIR": str(tmp_path / "instance"), **environ}.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(check)

    return run


def test_the_demo_is_told_what_production_lacks_and_that_nobody_can_text_it(run: Run) -> None:
    result = run()

    assert result.exit_code == 0
    assert "Settings: good for demo." in result.output
    assert "Not ready for production: STEMME_SMS_PROVIDER=console" in result.output
    assert "nobody can text us" in result.output


def test_twilio_is_told_its_address_and_what_to_switch_off(run: Run) -> None:
    said = run(**TWILIO, STEMME_PUBLIC_BASE_URL="https://stemme.example").output

    assert "https://stemme.example/sms/twilio#ct=3000&rt=8000&tt=15000&rc=3&rp=ct,rt,5xx" in said
    assert "By hand: Ask Twilio's support to switch off its own opt-out" in said
    assert "in the answer to the webhook" in said
    assert "Two auth tokens" not in said


def test_ireland_is_told_that_replies_leave_by_api(run: Run) -> None:
    assert "by API once stored" in run(**TWILIO, STEMME_TWILIO_REGION="ie1").output


def test_a_second_token_is_not_forgotten(run: Run) -> None:
    assert "Two auth tokens are believed" in run(**TWILIO | {"STEMME_TWILIO_AUTH_TOKEN": "new,old"}).output


def test_gatewayapi_is_told_that_its_copies_stay(run: Run) -> None:
    said = run(**GATEWAYAPI, STEMME_GATEWAYAPI_KEYWORD="stemme").output

    assert "By hand: This carrier cannot delete copies" in said
    assert "the keyword stemme" in said
    assert "STEMME_GATEWAYAPI" not in said


def test_languages_that_no_speaker_has_read_are_named(run: Run) -> None:
    said = run().output

    assert "Texts are sent in da, en." in said
    assert "until a speaker has read the texts: kl, pl, ro, ar, fa, so." in said


def test_help_lines_that_nobody_has_confirmed_are_named(run: Run) -> None:
    book = help_lines.every()
    waiting = [line.key for line in book.lines if not help_lines.is_confirmed(line, book, today=date.today())]  # noqa: DTZ011

    assert waiting
    assert ", ".join(waiting) in run().output


def test_no_secret_shows(run: Run) -> None:
    said = run(**GATEWAYAPI).output + run(**TWILIO | {"STEMME_TWILIO_API_SECRET": "secret-of-the-key"}).output

    for secret in ("a-secret-of-a-carrier", "token-of-the-gateway", "secret-of-the-key"):
        assert secret not in said


def test_a_desk_alone_is_told_nothing_of_texts(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "plain_swaps", list)
    create_schema(f"sqlite:///{tmp_path / 'desk.sqlite3'}", tmp_path)

    result = run(**PRODUCTION, **TWILIO, STEMME_DATABASE_URL=f"sqlite:///{tmp_path / 'desk.sqlite3'}")

    assert result.exit_code == 0, result.output
    assert "Text messages" not in result.output
    assert "Could be better: On SQLite both sides read the same file" in result.output


def test_what_a_start_would_refuse_is_said_without_starting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "plain_swaps", lambda: ["/dev/sda2"])

    result = run(**PRODUCTION, **TWILIO)

    assert result.exit_code == 1
    assert "Not ready for production: the swap /dev/sda2 is not encrypted." in result.output
    assert "Not ready for production: the database does not answer" in result.output


def test_production_with_a_fault_does_not_start_at_all(run: Run) -> None:
    result = run(**PRODUCTION, **TWILIO | {"STEMME_TWILIO_AUTH_TOKEN": ""})

    assert isinstance(result.exception, SettingsRefused)
    assert "STEMME_TWILIO_AUTH_TOKEN is empty" in str(result.exception)
