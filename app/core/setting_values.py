"""What each setting is worth: from the environment, or its default. `config` checks and freezes them."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.core.environment import Given, Made

ENVIRONMENTS = ("demo", "production", "testing")
SIDES = ("all", "citizen", "desk")
PROVIDERS = ("console", "twilio", "gatewayapi")
TWILIO_API = {"us1": "https://api.twilio.com", "ie1": "https://api.dublin.ie1.twilio.com"}
"""Region → where its API lives; tokens and keys belong to one region."""
DEMO_TOKEN = "demo-token"  # noqa: S105 - everybody may know it
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SEC 2, 2.4.2


def read(given: Given, *, root: Path, port: int) -> dict[str, Any]:
    """Every setting, from the environment or its default."""
    env = given.one_of("ENV", ENVIRONMENTS, "demo")
    instance = Path(given.text("INSTANCE_DIR") or root / "instance").resolve()
    made = Made(instance / "demo.keys") if env != "production" else None
    values: dict[str, Any] = {
        "env": env,
        "side": given.one_of("SIDE", SIDES, "all"),
        "instance_dir": instance,
        "keys_dir": Path(given.text("KEYS_DIR") or instance / "keys"),
        "database_url": _database(given, instance),
        "public_base_url": given.address("PUBLIC_BASE_URL", f"http://127.0.0.1:{port}"),
        "desk_base_url": given.address("DESK_BASE_URL", ""),
        "secret_keys": _secret_keys(given, made),
        "backup_recipient": given.text("BACKUP_RECIPIENT") or None,
        "was_url": given.text("WAS_URL") or None,
        "demo_password": (given.text("DEMO_PASSWORD") or made.text("demo-password")) if made else None,
        "release_batch": given.whole("RELEASE_BATCH", 1 if env == "demo" else 5, least=1),
        "proxies": given.whole("PROXIES", 0, least=0),
        "processes": given.whole("PROCESSES", 1, least=1),
        "metrics_token": given.text("METRICS_TOKEN") or None,
        "audit_anchor": Path(given.text("AUDIT_ANCHOR")) if given.text("AUDIT_ANCHOR") else None,
    }
    values |= _oidc(given) | _key_pairs(given, made) | _sms(given, is_production=made is None)
    return values


def _secret_keys(given: Given, made: Made | None) -> tuple[bytes, ...]:
    return tuple(part.encode() for part in given.parts("SECRET_KEY")) or ((made.key("secret"),) if made else ())


def _sms(given: Given, *, is_production: bool) -> dict[str, Any]:
    region = given.one_of("TWILIO_REGION", tuple(TWILIO_API), "us1")
    return {
        "sms_provider": given.one_of("SMS_PROVIDER", PROVIDERS, "twilio" if is_production else "console"),
        "sms_number": given.number("SMS_NUMBER", "" if is_production else "+4590000000"),
        "sms_daily_segments": given.whole("SMS_DAILY_SEGMENTS", 2000, least=0),
        "twilio_account_sid": given.text("TWILIO_ACCOUNT_SID"),
        "twilio_auth_tokens": given.parts("TWILIO_AUTH_TOKEN", "" if is_production else DEMO_TOKEN),
        "twilio_api_key": given.text("TWILIO_API_KEY"),
        "twilio_api_secret": given.text("TWILIO_API_SECRET"),
        "twilio_region": region,
        "twilio_api_url": given.address("TWILIO_API_URL", TWILIO_API[region]),
        "gatewayapi_token": given.text("GATEWAYAPI_TOKEN"),
        "gatewayapi_webhook_secret": given.text("GATEWAYAPI_WEBHOOK_SECRET"),
        "gatewayapi_keyword": given.text("GATEWAYAPI_KEYWORD"),
        "gatewayapi_api_url": given.address("GATEWAYAPI_API_URL", "https://gatewayapi.eu"),
    }


def _oidc(given: Given) -> dict[str, Any]:
    """The service of another sign-in: all three of it or nothing."""
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    texts = [given.text(name) for name in names]
    if any(texts) and not all(texts):
        given.faults.append("STEMME_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET belong together")
    issuer, client_id, secret = texts
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": client_id,
        "oidc_client_secret": secret,
        "oidc_acr": given.parts("OIDC_ACR"),
    }


def _database(given: Given, instance: Path) -> str:
    url = given.text("DATABASE_URL") or f"sqlite:///{instance / 'stemme.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        given.faults.append("STEMME_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    elif not _is_address_of_a_database(url):
        given.faults.append(
            "STEMME_DATABASE_URL is not an address like postgresql+psycopg://name:word@host:5432/database"
        )
    return url


def _is_address_of_a_database(url: str) -> bool:
    try:
        make_url(url)
    except (ValueError, ArgumentError):  # a port that is no number
        return False
    return True


def _key_pairs(given: Given, made: Made | None) -> dict[str, Any]:
    is_citizen_only = given.text("SIDE") == "citizen"
    private = given.keys("SEALING_PRIVATE_KEY") or (
        (made.key("sealing"),) if made and not is_citizen_only and not given.says("SEALING_PUBLIC_KEY") else ()
    )
    public = given.key("SEALING_PUBLIC_KEY")
    if public is None and (made or private):
        public = public_half(private[0] if private else made.key("sealing"))  # type: ignore[union-attr]
    if public is None:
        given.faults.append("STEMME_SEALING_PUBLIC_KEY is missing")
    kiosk = given.keys("KIOSK_PRIVATE_KEY") or ((made.key("kiosk"),) if made else ())
    if not all(0 < int.from_bytes(key, "big") < P256_ORDER for key in kiosk):
        given.faults.append("STEMME_KIOSK_PRIVATE_KEY must be a private key of P-256")
    return {"sealing_public_key": public or b"", "sealing_private_keys": private, "kiosk_private_keys": kiosk}


def opens(private: tuple[bytes, ...], public: bytes) -> bool:
    """Whether one of these private keys opens what is sealed to this public key."""
    return public in map(public_half, private)


def public_half(private: bytes) -> bytes:
    """What everybody may know of a private X25519 key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
