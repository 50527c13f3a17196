"""The settings: read once from the environment, checked, frozen."""

import os
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from flask import current_app

from app.core import host, setting_values
from app.core.environment import Given
from app.core.errors import Refusal
from app.core.setting_values import DEMO_TOKEN

ROOT = Path(__file__).resolve().parents[2]
WEAKEST_SECRET = 32  # bytes
FEWEST_SIGNS = 8  # different bytes, below which a secret was typed and not drawn


class SettingsRefused(Refusal):
    """One line that names every setting that is unknown, missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the operator decided. Secrets never show in a repr, a log or an error."""

    env: str
    side: str
    instance_dir: Path
    keys_dir: Path
    database_url: str = field(repr=False)
    public_base_url: str
    desk_base_url: str
    """Empty where staff use the same address as citizens; `desk_address` is what holds."""
    secret_keys: tuple[bytes, ...] = field(repr=False)
    sealing_public_key: bytes
    sealing_private_keys: tuple[bytes, ...] = field(repr=False)
    """X25519, newest first: an old one stays until the months that were made under it are gone."""
    kiosk_private_keys: tuple[bytes, ...] = field(repr=False)
    """P-256, newest first: tablets seal to the first, and what waited on one of them may need an older one."""
    backup_recipient: str | None
    was_url: str | None
    sms_provider: str
    sms_number: str
    sms_daily_segments: int
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...] = field(repr=False)
    twilio_api_key: str
    twilio_api_secret: str = field(repr=False)
    twilio_region: str
    twilio_api_url: str
    gatewayapi_token: str = field(repr=False)
    gatewayapi_webhook_secret: str = field(repr=False)
    gatewayapi_keyword: str
    gatewayapi_api_url: str
    oidc_issuer: str
    """The service with which people who work here may sign in; empty where there is none."""
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    oidc_acr: tuple[str, ...]
    """What the service calls a sign-in with two factors, beside what its `amr` says."""
    demo_password: str | None = field(repr=False)
    release_batch: int
    proxies: int
    processes: int
    metrics_token: str | None = field(repr=False)
    audit_anchor: Path | None
    """Where the head of the audit trail is written once a day; on another disk."""

    @property
    def is_demo(self) -> bool:
        """True where the accounts, the content and the keys are there to be tried out."""
        return self.env == "demo"

    @property
    def is_https(self) -> bool:
        """True where browsers reach us over TLS: cookies are then Secure and HSTS is sent."""
        return self.public_base_url.startswith("https://")

    @property
    def desk_address(self) -> str:
        """Where staff reach the desk."""
        return self.desk_base_url or self.public_base_url

    @property
    def own_addresses(self) -> tuple[str, ...]:
        """Where browsers may reach this process."""
        citizens = (self.public_base_url,) if self.has_citizen_side else ()
        return (*citizens, self.desk_address) if self.has_desk_side else citizens

    @property
    def deletes_copies(self) -> bool:
        """True where our copies at the SMS company can be deleted; the promise says which."""
        return self.sms_provider != "gatewayapi"

    @property
    def has_citizen_side(self) -> bool:
        """True in a process that citizens reach."""
        return self.side in ("all", "citizen")

    @property
    def has_desk_side(self) -> bool:
        """True in a process that staff reach."""
        return self.side in ("all", "desk")


Checks = tuple[tuple[object, str], ...]
"""Pairs: what must be true, and the sentence where it is not."""
SECRETS = (
    "SECRET_KEY", "SEALING_PRIVATE_KEY", "KIOSK_PRIVATE_KEY", "TWILIO_AUTH_TOKEN", "TWILIO_API_SECRET",
    "GATEWAYAPI_TOKEN", "GATEWAYAPI_WEBHOOK_SECRET", "DEMO_PASSWORD", "DATABASE_URL",
    "METRICS_TOKEN", "OIDC_CLIENT_SECRET",
)  # fmt: skip
NAMES = (
    "ENV", "SIDE", "INSTANCE_DIR", "KEYS_DIR", "DATABASE_URL", "PUBLIC_BASE_URL", "DESK_BASE_URL",
    "SECRET_KEY",
    "SEALING_PUBLIC_KEY", "SEALING_PRIVATE_KEY", "KIOSK_PRIVATE_KEY", "BACKUP_RECIPIENT", "WAS_URL",
    "SMS_PROVIDER", "SMS_NUMBER", "SMS_DAILY_SEGMENTS",
    "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_REGION", "TWILIO_API_URL",
    "GATEWAYAPI_TOKEN", "GATEWAYAPI_WEBHOOK_SECRET", "GATEWAYAPI_KEYWORD", "GATEWAYAPI_API_URL",
    "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ACR",
    "DEMO_PASSWORD", "RELEASE_BATCH", "PROXIES", "PROCESSES", "METRICS_TOKEN", "AUDIT_ANCHOR",
)  # fmt: skip


def load(environ: Mapping[str, str] | None = None, *, port: int = 8000) -> Settings:
    """Read, check and freeze the settings, or refuse with one line that names every fault.

    Demo and testing fall back to what `stemme init` made under the instance folder
    (`demo.keys/`); production has no fallback for a secret.
    """
    given = Given(os.environ if environ is None else environ, names=NAMES, secret_names=SECRETS)
    found = setting_values.read(given, root=ROOT, port=port)
    assert set(found) == {one.name for one in fields(Settings)}  # noqa: S101 - a programmer's slip, not input
    settings = Settings(**found)
    faults = given.faults + (production_faults(settings) if settings.env == "production" else [])
    if faults:
        raise SettingsRefused("Settings refused: " + "; ".join(faults) + ".")
    return settings


def production_faults(settings: Settings) -> list[str]:
    """What must never reach real people: weak secrets, an unsigned webhook, plain http, a tool for trying out."""
    checks = (
        (all(len(k) >= WEAKEST_SECRET for k in settings.secret_keys) and settings.secret_keys,
         "STEMME_SECRET_KEY must be at least 32 bytes"),
        (not any(_is_no_secret(key, settings.instance_dir) for key in settings.secret_keys),
         "STEMME_SECRET_KEY must be random, and not the demo's"),
        (settings.is_https, "STEMME_PUBLIC_BASE_URL must begin with https://"),
        (settings.desk_address.startswith("https://"), "STEMME_DESK_BASE_URL must begin with https://"),
        (settings.sms_provider != "console" or not settings.has_citizen_side,
         "STEMME_SMS_PROVIDER=console is for demo and testing only"),
        (settings.sms_number or not settings.has_citizen_side, "STEMME_SMS_NUMBER is missing"),
        (settings.backup_recipient, "STEMME_BACKUP_RECIPIENT is missing"),
        (settings.side != "citizen" or not settings.sealing_private_keys,
         "STEMME_SEALING_PRIVATE_KEY must not be known to the citizen side"),
        (not settings.has_desk_side or settings.sealing_private_keys,
         "STEMME_SEALING_PRIVATE_KEY is missing"),
        (not settings.sealing_private_keys
         or setting_values.opens(settings.sealing_private_keys, settings.sealing_public_key),
         "STEMME_SEALING_PUBLIC_KEY is the public half of no STEMME_SEALING_PRIVATE_KEY"),
        (settings.side != "desk" or not settings.kiosk_private_keys,
         "STEMME_KIOSK_PRIVATE_KEY must not be known to the desk side"),
        (not settings.has_citizen_side or host.is_in_memory(settings.keys_dir),
         "STEMME_KEYS_DIR must be on a tmpfs, where keys leave no trace"),
        (settings.metrics_token is None or len(settings.metrics_token.encode()) >= WEAKEST_SECRET,
         "STEMME_METRICS_TOKEN must be at least 32 bytes"),
        (settings.oidc_issuer.startswith("https://") or not settings.oidc_issuer,
         "STEMME_OIDC_ISSUER must begin with https://"),
        (settings.proxies > 0,
         "STEMME_PROXIES is 0: whoever comes through the proxy that speaks TLS would count as one network"),
        (os.environ.get("FLASK_DEBUG", "0") in ("", "0"), "FLASK_DEBUG must be off"),
    )  # fmt: skip
    carrier = _CARRIER_CHECKS[settings.sms_provider](settings) if _speaks_to_carrier(settings) else ()
    return [fault for kept, fault in (*checks, *carrier) if not kept]


def _is_no_secret(key: bytes, instance: Path) -> bool:
    """Whether everybody could know it: it was typed with few signs, or the demo made it in the folder we run in."""
    made = instance / "demo.keys" / "secret"
    return len(set(key)) < FEWEST_SIGNS or (made.exists() and key in (made.read_bytes(), b64decode(made.read_bytes())))


def _speaks_to_carrier(settings: Settings) -> bool:
    """A desk of its own needs no carrier; given half of one, it is told what is missing."""
    twilio = (settings.twilio_account_sid, settings.twilio_api_key, settings.twilio_api_secret)
    other = (settings.gatewayapi_token, settings.gatewayapi_webhook_secret)
    return settings.has_citizen_side or any((*twilio, *settings.twilio_auth_tokens, *other))


def _twilio_checks(settings: Settings) -> Checks:
    return (
        (settings.twilio_auth_tokens, "STEMME_TWILIO_AUTH_TOKEN is empty"),
        (DEMO_TOKEN not in settings.twilio_auth_tokens, "STEMME_TWILIO_AUTH_TOKEN is the demo's"),
        (settings.twilio_account_sid, "STEMME_TWILIO_ACCOUNT_SID is empty"),
        (bool(settings.twilio_api_key) == bool(settings.twilio_api_secret),
         "STEMME_TWILIO_API_KEY and STEMME_TWILIO_API_SECRET belong together"),
        (settings.twilio_api_url.startswith("https://"), "STEMME_TWILIO_API_URL must begin with https://"),
    )  # fmt: skip


def _gatewayapi_checks(settings: Settings) -> Checks:
    return (
        (settings.gatewayapi_token, "STEMME_GATEWAYAPI_TOKEN is empty"),
        (len(settings.gatewayapi_webhook_secret.encode()) >= WEAKEST_SECRET,
         "STEMME_GATEWAYAPI_WEBHOOK_SECRET must be at least 32 bytes"),
        (settings.gatewayapi_api_url.startswith("https://"), "STEMME_GATEWAYAPI_API_URL must begin with https://"),
    )  # fmt: skip


_CARRIER_CHECKS: dict[str, Callable[[Settings], Checks]] = {
    "console": lambda settings: (),
    "twilio": _twilio_checks,
    "gatewayapi": _gatewayapi_checks,
}


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = current_app.extensions["settings"]
    return found
