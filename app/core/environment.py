"""The raw environment: read name by name, every fault collected before anything is refused."""

import base64
import secrets
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "STEMME_"
KEY_BYTES = 32
SHORTEST_CODE = 4  # digits


class Given:
    """What the environment says. A fault names the setting, never its value."""

    def __init__(self, environ: Mapping[str, str], *, names: Collection[str], secret_names: Collection[str]) -> None:
        self.raw = {k[len(PREFIX) :]: v for k, v in environ.items() if k.startswith(PREFIX)}
        self.secret_names = secret_names
        known = set(names) | {f"{name}_FILE" for name in secret_names}
        self.faults = [f"{PREFIX}{name} is not a setting" for name in sorted(set(self.raw) - known)]

    def says(self, name: str) -> bool:
        """Whether it is set at all, be it to nothing."""
        return name in self.raw or f"{name}_FILE" in self.raw

    def text(self, name: str) -> str:
        """The value, trimmed; of a secret also from its file."""
        if name in self.secret_names and f"{name}_FILE" in self.raw:
            return self._file(name)
        return self.raw.get(name, "").strip()

    def parts(self, name: str, default: str = "") -> tuple[str, ...]:
        """Several values with commas between, none of them blank; the default only where nothing is set."""
        text = self.text(name) if self.says(name) else default
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self.text(name) or default
        if value not in allowed:
            self.faults.append(f"{PREFIX}{name} must be one of {', '.join(allowed)}")
            return default
        return value

    def whole(self, name: str, default: int, *, least: int) -> int:
        """A whole number."""
        value = self.text(name) or str(default)
        if not value.isdecimal() or int(value) < least:
            self.faults.append(f"{PREFIX}{name} must be a whole number of at least {least}")
            return default
        return int(value)

    def address(self, name: str, default: str) -> str:
        """An http or https address. A fragment is neither sent nor signed, so none may hide in it."""
        url = (self.text(name) or default).rstrip("/")
        if url and not _is_plain_address(url):
            self.faults.append(f"{PREFIX}{name} must be an address without query or fragment")
        return url

    def number(self, name: str, default: str) -> str:
        """A telephone number with its country code, or a short code."""
        number = self.text(name) or default
        if number and not (number.removeprefix("+").isdecimal() and number.isascii() and len(number) >= SHORTEST_CODE):
            self.faults.append(f"{PREFIX}{name} must be a number like +4590000000, without blanks")
        return number

    def key(self, name: str) -> bytes | None:
        """Key material: 32 bytes in base64."""
        text = self.text(name)
        return self._decoded(name, text) if text else None

    def keys(self, name: str) -> tuple[bytes, ...]:
        """Several of them, with commas between."""
        return tuple(key for part in self.parts(name) if (key := self._decoded(name, part)))

    def _decoded(self, name: str, text: str) -> bytes | None:
        try:
            key = base64.b64decode(text, validate=True)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            self.faults.append(f"{PREFIX}{name} must be 32 bytes in base64")
            return None
        return key

    def _file(self, name: str) -> str:
        if name in self.raw:
            self.faults.append(f"{PREFIX}{name} and {PREFIX}{name}_FILE are both set")
        try:
            return Path(self.raw[f"{name}_FILE"]).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.faults.append(f"{PREFIX}{name}_FILE cannot be read")
            return ""


def _is_plain_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - a port that is no number raises here
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and "?" not in url and "#" not in url


class Made:
    """What a demo makes for itself once and keeps under its instance folder, mode 0600."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key(self, name: str) -> bytes:
        """32 random bytes."""
        return base64.b64decode(self._kept(name, lambda: base64.b64encode(secrets.token_bytes(32)).decode()))

    def text(self, name: str) -> str:
        """A random password."""
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
