"""`stemme keys`: what it makes is all a production of two sides needs, and lies where only its owner reads."""

import base64
from pathlib import Path

from click.testing import CliRunner

from app.commands.keying import keys
from app.core import config, setting_values
from tests.production import DESK


def test_the_keys_of_a_new_house_are_all_it_needs(tmp_path: Path) -> None:
    result = CliRunner().invoke(keys, [str(tmp_path / "keys")])
    public = dict(line.split("=", 1) for line in result.output.splitlines())
    files = {path.relative_to(tmp_path / "keys"): path for path in (tmp_path / "keys").rglob("*") if path.is_file()}

    desk = {name: value for name, value in DESK.items() if not name.endswith("_KEY")} | public
    desk |= {f"STEMME_{path.name.upper()}_FILE": str(path) for path in (tmp_path / "keys" / "desk").iterdir()}
    settings = config.load(desk | {"STEMME_INSTANCE_DIR": str(tmp_path / "instance")})

    assert result.exit_code == 0
    assert {str(name) for name in files} == {
        "citizen/secret_key", "citizen/kiosk_private_key", "desk/secret_key", "desk/sealing_private_key",
        "offline/sealing_private_key", "offline/backup_identity",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o400}
    assert {path.parent.stat().st_mode & 0o777 for path in files.values()} == {0o700}
    assert setting_values.opens(settings.sealing_private_keys, base64.b64decode(public["STEMME_SEALING_PUBLIC_KEY"]))
    assert len({path.read_text() for path in files.values()}) == 5


def test_keys_that_are_there_are_never_overwritten(tmp_path: Path) -> None:
    result = CliRunner().invoke(keys, [str(tmp_path)])

    assert "File exists" in str(result.exception)
    assert list(tmp_path.iterdir()) == []
