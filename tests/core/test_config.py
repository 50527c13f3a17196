"""The settings: what they refuse, in one line, and what they never show."""

import base64
from pathlib import Path

import pytest

from app.core import config
from app.core.config import SettingsRefused
from tests.production import DESK as PRODUCTION

SECRET = "a-secret-of-a-carrier-0123456789abcdef"
TWILIO = {"STEMME_TWILIO_ACCOUNT_SID": "AC0", "STEMME_TWILIO_AUTH_TOKEN": "token"}
GATEWAYAPI = {
    "STEMME_SMS_PROVIDER": "gatewayapi",
    "STEMME_GATEWAYAPI_TOKEN": "token",
    "STEMME_GATEWAYAPI_WEBHOOK_SECRET": SECRET,
}


def load(tmp_path: Path, *given: dict[str, str]) -> config.Settings:
    environ = {"STEMME_INSTANCE_DIR": str(tmp_path / "instance")}
    for more in given:
        environ |= more
    return config.load(environ)


def refused(tmp_path: Path, *given: dict[str, str]) -> str:
    with pytest.raises(SettingsRefused) as refusal:
        load(tmp_path, *given)
    return str(refusal.value)


@pytest.mark.parametrize("carrier", [TWILIO, GATEWAYAPI], ids=["twilio", "gatewayapi"])
def test_a_carrier_with_its_secrets_is_good_for_production(tmp_path: Path, carrier: dict[str, str]) -> None:
    assert load(tmp_path, PRODUCTION, carrier).env == "production"


@pytest.mark.parametrize(
    ("carrier", "fault"),
    [
        (TWILIO | {"STEMME_TWILIO_AUTH_TOKEN": " , "}, "STEMME_TWILIO_AUTH_TOKEN is empty"),
        (TWILIO | {"STEMME_TWILIO_ACCOUNT_SID": ""}, "STEMME_TWILIO_ACCOUNT_SID is empty"),
        (TWILIO | {"STEMME_TWILIO_API_KEY": "SK0"}, "STEMME_TWILIO_API_KEY and STEMME_TWILIO_API_SECRET"),
        (TWILIO | {"STEMME_TWILIO_API_URL": "http://127.0.0.1:1"}, "STEMME_TWILIO_API_URL must begin with https"),
        (GATEWAYAPI | {"STEMME_GATEWAYAPI_TOKEN": ""}, "STEMME_GATEWAYAPI_TOKEN is empty"),
        (GATEWAYAPI | {"STEMME_GATEWAYAPI_WEBHOOK_SECRET": "short"}, "STEMME_GATEWAYAPI_WEBHOOK_SECRET must be"),
        (GATEWAYAPI | {"STEMME_GATEWAYAPI_WEBHOOK_SECRET": ""}, "STEMME_GATEWAYAPI_WEBHOOK_SECRET must be"),
        (GATEWAYAPI | {"STEMME_GATEWAYAPI_API_URL": "http://127.0.0.1:1"}, "STEMME_GATEWAYAPI_API_URL must begin"),
    ],
)
def test_a_carrier_that_could_not_prove_itself_keeps_production_from_starting(
    tmp_path: Path, carrier: dict[str, str], fault: str
) -> None:
    assert fault in refused(tmp_path, PRODUCTION, carrier)


def test_the_simulator_is_not_for_citizens(tmp_path: Path) -> None:
    console = {"STEMME_SMS_PROVIDER": "console", "STEMME_SIDE": "citizen", "STEMME_SMS_NUMBER": "+4590000000"}

    assert "STEMME_SMS_PROVIDER=console" in refused(tmp_path, PRODUCTION, console)


@pytest.mark.parametrize(
    "address",
    [
        "https://stemme.example/#ct=3000&rt=8000",
        "https://stemme.example/#",
        "https://stemme.example?a=b",
        "stemme.example",
        "ftp://stemme.example",
        "https://stemme.example:port",
    ],
)
def test_an_address_with_anything_behind_it_is_refused(tmp_path: Path, address: str) -> None:
    assert "STEMME_PUBLIC_BASE_URL must be" in refused(tmp_path, {"STEMME_PUBLIC_BASE_URL": address})


@pytest.mark.parametrize("number", ["+45 90 00 00 00", "Stemme", "123", "+٤٥٩٠٠٠٠"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, number: str) -> None:
    assert "STEMME_SMS_NUMBER must be a number" in refused(tmp_path, {"STEMME_SMS_NUMBER": number})


@pytest.mark.parametrize("number", ["+4590000000", "1204"])
def test_a_long_number_and_a_short_code_are_taken(tmp_path: Path, number: str) -> None:
    assert load(tmp_path, {"STEMME_SMS_NUMBER": number}).sms_number == number


def test_the_address_of_the_api_follows_the_region(tmp_path: Path) -> None:
    assert load(tmp_path).twilio_api_url == "https://api.twilio.com"
    assert load(tmp_path, {"STEMME_TWILIO_REGION": "ie1"}).twilio_api_url == "https://api.dublin.ie1.twilio.com"
    assert "STEMME_TWILIO_REGION must be one of us1, ie1" in refused(tmp_path, {"STEMME_TWILIO_REGION": "eu"})


def test_two_tokens_stand_while_one_is_changed(tmp_path: Path) -> None:
    settings = load(tmp_path, {"STEMME_TWILIO_AUTH_TOKEN": " new , old,, "})

    assert settings.twilio_auth_tokens == ("new", "old")


def test_an_empty_token_is_no_token_in_demo_either(tmp_path: Path) -> None:
    assert load(tmp_path, {"STEMME_TWILIO_AUTH_TOKEN": ""}).twilio_auth_tokens == ()


@pytest.mark.parametrize("name", config.SECRETS)
def test_a_secret_may_lie_in_a_file_and_never_shows(tmp_path: Path, name: str) -> None:
    secret = {
        "DATABASE_URL": "sqlite:////srv/secret-place.sqlite3",
        "SEALING_PRIVATE_KEY": base64.b64encode(b"s" * 32).decode(),
        "KIOSK_PRIVATE_KEY": base64.b64encode(b"k" * 32).decode(),
    }.get(name, SECRET)
    (tmp_path / "secret").write_text(f"{secret}\n")

    service = {"STEMME_OIDC_ISSUER": "https://id.example", "STEMME_OIDC_CLIENT_ID": "stemme"}
    beside = service if name.startswith("OIDC") else {}

    settings = load(tmp_path, beside, {f"STEMME_{name}_FILE": str(tmp_path / "secret")})

    assert secret not in repr(settings)
    assert "ssssssss" not in repr(settings)
    both = {f"STEMME_{name}_FILE": str(tmp_path / "secret"), f"STEMME_{name}": secret}
    assert secret not in refused(tmp_path, both)


def test_what_is_wrong_is_named_and_never_repeated(tmp_path: Path) -> None:
    said = refused(tmp_path, {"STEMME_KIOSK_PRIVATE_KEY": SECRET, "STEMME_SMS_NUMBER": "4520123456x"})

    assert "STEMME_KIOSK_PRIVATE_KEY must be 32 bytes" in said
    assert SECRET not in said
    assert "4520123456" not in said


@pytest.mark.requirement("R5")
def test_the_citizens_side_refuses_the_key_that_opens(tmp_path: Path) -> None:
    given = PRODUCTION | TWILIO | {"STEMME_SIDE": "citizen"}

    assert "STEMME_SEALING_PRIVATE_KEY must not be known to the citizen side" in refused(tmp_path, given)


@pytest.mark.requirement("R5")
def test_the_desk_refuses_the_key_of_the_tablets(tmp_path: Path) -> None:
    kiosk = {"STEMME_KIOSK_PRIVATE_KEY": base64.b64encode(b"k" * 32).decode()}

    assert "STEMME_KIOSK_PRIVATE_KEY must not be known to the desk side" in refused(tmp_path, PRODUCTION, TWILIO, kiosk)


@pytest.mark.parametrize(
    "secret", ["0" * 40, "abcabcabcabcabcabcabcabcabcabcabcabc", "0123456789abcdef" * 2 + "," + "x" * 40]
)
def test_a_secret_that_was_typed_and_not_drawn_is_refused(tmp_path: Path, secret: str) -> None:
    assert "STEMME_SECRET_KEY must be random" in refused(tmp_path, PRODUCTION, TWILIO, {"STEMME_SECRET_KEY": secret})


def test_what_everybody_may_know_is_no_secret_in_production(tmp_path: Path) -> None:
    load(tmp_path)
    made = (tmp_path / "instance" / "demo.keys" / "secret").read_text("ascii")

    assert "and not the demo's" in refused(tmp_path, PRODUCTION, TWILIO, {"STEMME_SECRET_KEY": made})
    demo = TWILIO | {"STEMME_TWILIO_AUTH_TOKEN": "new-token,demo-token"}
    assert "STEMME_TWILIO_AUTH_TOKEN is the demo's" in refused(tmp_path, PRODUCTION, demo)


def test_production_is_told_everything_that_is_wrong_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    wrong = {
        "STEMME_SIDE": "all", "STEMME_SECRET_KEY": "short", "STEMME_PUBLIC_BASE_URL": "http://stemme.example",
        "STEMME_BACKUP_RECIPIENT": "", "STEMME_TWILIO_AUTH_TOKEN": "", "STEMME_SMS_NUMBER": "",
        "STEMME_METRICS_TOKEN": "short", "STEMME_KEYS_DIR": "/keys-on-a-disk",
    }  # fmt: skip
    said = refused(tmp_path, PRODUCTION, TWILIO, wrong)

    assert "\n" not in said
    for fault in (
        "STEMME_SECRET_KEY must be at least 32 bytes", "STEMME_PUBLIC_BASE_URL must begin with https",
        "STEMME_BACKUP_RECIPIENT is missing", "STEMME_TWILIO_AUTH_TOKEN is empty", "STEMME_SMS_NUMBER is missing",
        "STEMME_METRICS_TOKEN must be", "STEMME_KEYS_DIR must be on a tmpfs", "FLASK_DEBUG must be off",
    ):  # fmt: skip
        assert fault in said
