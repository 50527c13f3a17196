"""What may be set on a tablet: times within bounds, and the PIN of the staff corner."""

import base64
import hashlib
import os
from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.surveys.models import Kiosk

BOUNDS = {"idle": (30, 180), "idle_words": (30, 300), "warn": (20, 60), "thanks": (5, 60), "thanks_code": (20, 180)}
"""Seconds, least and most. A warning under 20 seconds would break WCAG 2.2.1."""
USUAL: Mapping[str, Any] = {
    "idle": 60, "idle_words": 120, "warn": 30, "thanks": 10, "thanks_code": 60,
    "keep_partial": False, "words_screen": False, "volume": 0.8,
}  # fmt: skip
"""What holds until a place decides otherwise. The words screen waits until the keyboard has learning off."""
CHECKS = ("lock", "keyboard", "app", "profile", "sound", "place")
"""What staff look at once the tablet stands in its place; what is ticked is kept beside the settings."""
_CHECKED = "checked"
PIN_LENGTH = 6
ROUNDS = 200_000


class SettingRefused(Refusal):
    """A time out of bounds, or a PIN that anybody would try first."""


def of(device: Kiosk) -> dict[str, Any]:
    """Every setting of a tablet."""
    return {name: device.settings.get(name, usual) for name, usual in USUAL.items()}


def change(device: Kiosk, **wanted: Any) -> None:
    """Set some of them. Raises SettingRefused; an unknown name is a bug."""
    for name, value in wanted.items():
        _check(name, value)
    _keep(device, {**of(device), **wanted}, checked(device))


def checked(device: Kiosk) -> tuple[str, ...]:
    """What of the checklist is ticked, in its order."""
    return tuple(one for one in CHECKS if one in device.settings.get(_CHECKED, ()))


def check_off(device: Kiosk, ticked: Collection[str]) -> None:
    """Set what is ticked. A keyboard that learns words gets none: the words screen goes with its tick."""
    _keep(device, {**of(device), **({} if "keyboard" in ticked else {"words_screen": False})}, ticked)


def set_pin(device: Kiosk, pin: str) -> None:
    """The PIN of the staff corner; only what it is checked against is kept. Raises SettingRefused."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdecimal()):
        raise SettingRefused(_("The PIN is 6 digits."))
    if is_easy(pin):
        raise SettingRefused(_("That PIN is easy to guess. Choose another one."))
    salt = os.urandom(16)
    found = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, ROUNDS)
    device.pin = {"salt": _text(salt), "hash": _text(found), "rounds": ROUNDS}


def is_easy(pin: str) -> bool:
    """One or two digits again and again, the same three twice, or digits in steps, like 123456."""
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in zip(digits, digits[1:], strict=False)}
    return len(steps) == 1 or len(set(digits)) <= 2 or pin[:3] == pin[3:]


def _keep(device: Kiosk, wanted: Mapping[str, Any], ticked: Collection[str]) -> None:
    changed = {name: value for name, value in wanted.items() if value != USUAL[name]}
    known = [one for one in CHECKS if one in ticked]
    device.settings = {**changed, **({_CHECKED: known} if known else {})}


def _check(name: str, value: Any) -> None:
    if name in BOUNDS:
        least, most = BOUNDS[name]
        if not (isinstance(value, int) and least <= value <= most):
            raise SettingRefused(_("Choose between %(least)s and %(most)s seconds.", least=least, most=most))
    elif name == "volume":
        if not 0 <= value <= 1:
            raise SettingRefused(_("Choose a volume from 0 to 1."))
    elif not isinstance(value, bool) or name not in USUAL:
        raise ValueError(f"{name} is no setting of a tablet")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
