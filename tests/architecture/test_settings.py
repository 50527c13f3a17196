"""docs/settings.md and the code name the same settings with the same defaults."""

import re
from pathlib import Path

import pytest

from app.core import config
from app.core.config import ROOT, SettingsRefused
from tests import production

ROW = re.compile(r"^\| STEMME_(\w+) \| ([^|]*) \| ([^|]*) \| ([^|]+) \|$", re.MULTILINE)
FIELDS = {
    "SECRET_KEY": "secret_keys", "TWILIO_AUTH_TOKEN": "twilio_auth_tokens", "KIOSK_PRIVATE_KEY": "kiosk_private_keys",
    "SEALING_PRIVATE_KEY": "sealing_private_keys",
}  # fmt: skip
"""Settings whose field in `Settings` has another name, because it holds several."""
PRODUCTION = production.DESK | {"STEMME_TWILIO_ACCOUNT_SID": "AC0", "STEMME_TWILIO_AUTH_TOKEN": "token"}


def rows(text: str) -> dict[str, tuple[str, str]]:
    """Name → what the table says of demo and of production."""
    return {name: (demo.strip(), production.strip()) for name, demo, production, _ in ROW.findall(text)}


def documented() -> dict[str, tuple[str, str]]:
    return rows((ROOT / "docs" / "settings.md").read_text("utf-8"))


def value(settings: config.Settings, name: str) -> object:
    found = getattr(settings, FIELDS.get(name, name.lower()))
    return ", ".join(found) if name == "TWILIO_AUTH_TOKEN" else found


def differences(table: dict[str, tuple[str, str]], demo: config.Settings, production: config.Settings) -> list[str]:
    """Every default that is not as the table says."""
    found = []
    for name, (in_demo, in_production) in table.items():
        for cell, settings in ((in_demo, demo), (in_production, production)):
            if not agrees(cell, value(settings, name), settings.instance_dir):
                found.append(f"STEMME_{name}: {cell} in {settings.env}")
    return found


def agrees(cell: str, actual: object, instance: Path) -> bool:
    """Whether a cell says what the code does: a value in `…`, made, required, or – for nothing."""
    if cell.startswith("`"):
        return str(actual).replace(str(instance), "instance") == cell.strip("`")
    return cell == "required" or (cell == "made" and bool(actual)) or (cell == "–" and actual in (None, "", ()))


@pytest.fixture
def in_demo(tmp_path: Path) -> config.Settings:
    return config.load({"STEMME_INSTANCE_DIR": str(tmp_path / "instance")})


@pytest.fixture
def in_production(tmp_path: Path) -> config.Settings:
    return config.load(PRODUCTION | {"STEMME_INSTANCE_DIR": str(tmp_path / "instance")})


def test_the_page_names_every_setting_and_no_other() -> None:
    assert set(documented()) == set(config.NAMES)


def test_the_page_tells_the_defaults(in_demo: config.Settings, in_production: config.Settings) -> None:
    table = {name: cells for name, cells in documented().items() if name != "ENV"}
    table["SIDE"] = (table["SIDE"][0], "`desk`")  # as PRODUCTION asks for

    assert differences(table, in_demo, in_production) == []
    assert in_demo.env == documented()["ENV"][0].strip("`")


REQUIRED = sorted(name for name, (_, in_production) in documented().items() if in_production == "required")


@pytest.mark.parametrize("name", REQUIRED)
def test_production_does_not_start_without_what_the_page_calls_required(name: str, tmp_path: Path) -> None:
    given = {key: text for key, text in PRODUCTION.items() if key != f"STEMME_{name}"}
    if name == "SEALING_PUBLIC_KEY":
        del given["STEMME_SEALING_PRIVATE_KEY"]  # the public half would be worked out of it
    reason = name if name != "PUBLIC_BASE_URL" else "PUBLIC_BASE_URL must begin with https"

    with pytest.raises(SettingsRefused, match=reason):
        config.load(given | {"STEMME_INSTANCE_DIR": str(tmp_path)})


def test_the_page_names_every_secret_that_may_be_a_file() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    paragraph = text[text.index("Every secret") : text.index("They show in no log")]

    assert set(re.findall(r"`STEMME_(\w+)`", paragraph)) == set(config.SECRETS)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| STEMME_RELEASE_BATCH | `1` | `6` | wrong |", ["STEMME_RELEASE_BATCH: `6` in production"]),
        ("| STEMME_SMS_PROVIDER | `twilio` | `twilio` | wrong |", ["STEMME_SMS_PROVIDER: `twilio` in demo"]),
        ("| STEMME_WAS_URL | made | – | wrong |", ["STEMME_WAS_URL: made in demo"]),
        ("| STEMME_SMS_NUMBER | – | – | wrong |", ["STEMME_SMS_NUMBER: – in demo"]),
    ],
)
def test_a_default_that_is_told_wrong_is_named(
    in_demo: config.Settings, in_production: config.Settings, row: str, expected: list[str]
) -> None:
    assert differences(rows(row), in_demo, in_production) == expected
