"""The settings: read once from the environment, checked, frozen."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app

from app.core.errors import Refusal

PREFIX = "STEMME_"
ROOT = Path(__file__).resolve().parents[2]
WEAKEST_SECRET = 32  # bytes


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
    secret_keys: tuple[bytes, ...] = field(repr=False)
    sealing_public_key: bytes
    sealing_private_key: bytes | None = field(repr=False)
    kiosk_private_key: bytes | None = field(repr=False)
    backup_recipient: str | None
    was_url: str | None
    sms_provider: str
    sms_number: str
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...] = field(repr=False)
    twilio_api_url: str
    demo_password: str | None = field(repr=False)
    release_batch: int
    proxies: int

    @property
    def is_demo(self) -> bool:
        """True where the accounts, the content and the keys are there to be tried out."""
        return self.env == "demo"

    @property
    def is_https(self) -> bool:
        """True where browsers reach us over TLS: cookies are then Secure and HSTS is sent."""
        return self.public_base_url.startswith("https://")

    @property
    def has_citizen_side(self) -> bool:
        """True in a process that citizens reach."""
        return self.side in ("all", "citizen")

    @property
    def has_desk_side(self) -> bool:
        """True in a process that staff reach."""
        return self.side in ("all", "desk")


ENVIRONMENTS = ("demo", "production", "testing")
SIDES = ("all", "citizen", "desk")
PROVIDERS = ("console", "twilio", "gatewayapi")
SECRETS = (
    "SECRET_KEY", "SEALING_PRIVATE_KEY", "KIOSK_PRIVATE_KEY", "TWILIO_AUTH_TOKEN", "DEMO_PASSWORD", "DATABASE_URL",
)  # fmt: skip
NAMES = (
    "ENV", "SIDE", "INSTANCE_DIR", "KEYS_DIR", "DATABASE_URL", "PUBLIC_BASE_URL", "SECRET_KEY",
    "SEALING_PUBLIC_KEY", "SEALING_PRIVATE_KEY", "KIOSK_PRIVATE_KEY", "BACKUP_RECIPIENT", "WAS_URL",
    "SMS_PROVIDER", "SMS_NUMBER", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_URL",
    "DEMO_PASSWORD", "RELEASE_BATCH", "PROXIES",
)  # fmt: skip


def load(environ: Mapping[str, str] | None = None, *, port: int = 8000) -> Settings:
    """Read, check and freeze the settings, or refuse with one line that names every fault.

    Demo and testing fall back to what `stemme init` made under the instance folder
    (`demo.keys/`); production has no fallback for a secret.
    """
    given = _Given(dict(os.environ if environ is None else environ))
    settings = given.settings(port)
    faults = given.faults + (production_faults(settings) if settings.env == "production" else [])
    if faults:
        raise SettingsRefused("Settings refused: " + "; ".join(faults) + ".")
    return settings


def production_faults(settings: Settings) -> list[str]:
    """What must never reach real people: weak secrets, an unsigned webhook, plain http, a tool for trying out."""
    checks = (
        (all(len(k) >= WEAKEST_SECRET for k in settings.secret_keys) and settings.secret_keys,
         "STEMME_SECRET_KEY must be at least 32 bytes"),
        (settings.is_https, "STEMME_PUBLIC_BASE_URL must begin with https://"),
        (settings.sms_provider != "console" or not settings.has_citizen_side,
         "STEMME_SMS_PROVIDER=console is for demo and testing only"),
        (settings.sms_provider != "gatewayapi", "STEMME_SMS_PROVIDER=gatewayapi is not built yet"),
        (settings.sms_provider != "twilio" or settings.twilio_auth_tokens,
         "STEMME_TWILIO_AUTH_TOKEN is empty"),
        (settings.sms_provider != "twilio" or settings.twilio_account_sid,
         "STEMME_TWILIO_ACCOUNT_SID is empty"),
        (settings.sms_number or not settings.has_citizen_side, "STEMME_SMS_NUMBER is missing"),
        (settings.backup_recipient, "STEMME_BACKUP_RECIPIENT is missing"),
        (settings.side != "citizen" or settings.sealing_private_key is None,
         "STEMME_SEALING_PRIVATE_KEY must not be known to the citizen side"),
        (not settings.has_desk_side or settings.sealing_private_key is not None,
         "STEMME_SEALING_PRIVATE_KEY is missing"),
        (not settings.has_citizen_side or _is_in_memory(settings.keys_dir),
         "STEMME_KEYS_DIR must be on a tmpfs, where keys leave no trace"),
        (os.environ.get("FLASK_DEBUG", "0") in ("", "0"), "FLASK_DEBUG must be off"),
    )  # fmt: skip
    return [fault for kept, fault in checks if not kept]


class _Given:
    """The raw environment, read name by name; every fault is collected before anything is refused."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.raw = {k[len(PREFIX) :]: v for k, v in environ.items() if k.startswith(PREFIX)}
        self.faults: list[str] = []
        known = set(NAMES) | {f"{name}_FILE" for name in SECRETS}
        self.faults += [f"{PREFIX}{name} is not a setting" for name in sorted(set(self.raw) - known)]

    def settings(self, port: int) -> Settings:
        env = self.one_of("ENV", ENVIRONMENTS, "demo")
        instance = Path(self.text("INSTANCE_DIR") or ROOT / "instance").resolve()
        made = _Made(instance / "demo.keys") if env != "production" else None
        values: dict[str, Any] = {
            "env": env,
            "side": self.one_of("SIDE", SIDES, "all"),
            "instance_dir": instance,
            "keys_dir": Path(self.text("KEYS_DIR") or instance / "keys"),
            "database_url": self.database(instance),
            "public_base_url": self.base_url(port),
            "secret_keys": self.secret_keys(made),
            "backup_recipient": self.text("BACKUP_RECIPIENT") or None,
            "was_url": self.text("WAS_URL") or None,
            "sms_provider": self.one_of("SMS_PROVIDER", PROVIDERS, "console" if made else "twilio"),
            "sms_number": self.text("SMS_NUMBER") or ("+4590000000" if made else ""),
            "twilio_account_sid": self.text("TWILIO_ACCOUNT_SID"),
            "twilio_auth_tokens": self.tokens("demo-token" if made else ""),
            "twilio_api_url": self.text("TWILIO_API_URL") or "https://api.twilio.com",
            "demo_password": (self.text("DEMO_PASSWORD") or made.text("demo-password")) if made else None,
            "release_batch": self.whole("RELEASE_BATCH", 1 if env == "demo" else 5, least=1),
            "proxies": self.whole("PROXIES", 0, least=0),
        }
        values |= self.key_pairs(made)
        assert set(values) == {f.name for f in fields(Settings)}  # noqa: S101 - a programmer's slip, not input
        return Settings(**values)

    def text(self, name: str) -> str:
        if name in SECRETS and f"{name}_FILE" in self.raw:
            return self.file(name)
        return self.raw.get(name, "").strip()

    def file(self, name: str) -> str:
        if name in self.raw:
            self.faults.append(f"{PREFIX}{name} and {PREFIX}{name}_FILE are both set")
        try:
            return Path(self.raw[f"{name}_FILE"]).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.faults.append(f"{PREFIX}{name}_FILE cannot be read")
            return ""

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name) or default
        if value not in allowed:
            self.faults.append(f"{PREFIX}{name} must be one of {', '.join(allowed)}")
            return default
        return value

    def whole(self, name: str, default: int, *, least: int) -> int:
        value = self.text(name) or str(default)
        if not value.isdecimal() or int(value) < least:
            self.faults.append(f"{PREFIX}{name} must be a whole number of at least {least}")
            return default
        return int(value)

    def database(self, instance: Path) -> str:
        url = self.text("DATABASE_URL") or f"sqlite:///{instance / 'stemme.sqlite3'}"
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.faults.append(f"{PREFIX}DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
        return url

    def base_url(self, port: int) -> str:
        url = (self.text("PUBLIC_BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            self.faults.append(f"{PREFIX}PUBLIC_BASE_URL must be an address without query or fragment")
        return url

    def secret_keys(self, made: "_Made | None") -> tuple[bytes, ...]:
        given = self.text("SECRET_KEY")
        if given:
            return tuple(part.strip().encode() for part in given.split(",") if part.strip())
        return (made.key("secret"),) if made else ()

    def tokens(self, default: str) -> tuple[str, ...]:
        given = self.raw.get("TWILIO_AUTH_TOKEN") is not None or "TWILIO_AUTH_TOKEN_FILE" in self.raw
        text = self.text("TWILIO_AUTH_TOKEN") if given else default
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def key_pairs(self, made: "_Made | None") -> dict[str, bytes | None]:
        citizen_only = self.raw.get("SIDE", "all") == "citizen"
        private = self.key("SEALING_PRIVATE_KEY") or (
            made.key("sealing") if made and not citizen_only and "SEALING_PUBLIC_KEY" not in self.raw else None
        )
        public = self.key("SEALING_PUBLIC_KEY")
        if public is None and (made or private):
            public = _public_half(private or made.key("sealing"))  # type: ignore[union-attr]
        if public is None:
            self.faults.append(f"{PREFIX}SEALING_PUBLIC_KEY is missing")
        kiosk = self.key("KIOSK_PRIVATE_KEY") or (made.key("kiosk") if made else None)
        return {"sealing_public_key": public or b"", "sealing_private_key": private, "kiosk_private_key": kiosk}

    def key(self, name: str) -> bytes | None:
        text = self.text(name)
        if not text:
            return None
        try:
            key = base64.b64decode(text, validate=True)
        except ValueError:
            key = b""
        if len(key) != WEAKEST_SECRET:
            self.faults.append(f"{PREFIX}{name} must be 32 bytes in base64")
            return None
        return key


class _Made:
    """What a demo makes for itself once and keeps under its instance folder, mode 0600."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key(self, name: str) -> bytes:
        return base64.b64decode(self._kept(name, lambda: base64.b64encode(secrets.token_bytes(32)).decode()))

    def text(self, name: str) -> str:
        return self._kept(name, lambda: secrets.token_urlsafe(9))

    def _kept(self, name: str, make: Callable[[], str]) -> str:
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_suffix(f".{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(make(), "ascii")
            try:
                path.hardlink_to(draft)  # the first of several processes wins, all read the same
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text("ascii")


def _public_half(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _is_in_memory(folder: Path) -> bool:
    """Whether the deepest mount above `folder` is tmpfs or ramfs, as the kernel tells it."""
    best, kind = "", ""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        mount = left.split()[4]
        inside = str(folder.absolute()) == mount or str(folder.absolute()).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, right.split()[0]
    return kind in ("tmpfs", "ramfs")


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = current_app.extensions["settings"]
    return found
