"""`stemme keys`: every key of a new house, each in the folder of the side it belongs to."""

import base64
import secrets
from pathlib import Path

import click

from app.core import setting_values
from app.core.environment import KEY_BYTES
from app.core.errors import Refusal
from app.privacy.backups import encrypting


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def keys(folder: Path) -> None:
    """Make all keys of a new house in FOLDER, which must not be there, and print the two public halves.

    Do it once, where nobody looks on, in a folder in memory: citizen/ and desk/ go to their hosts, offline/ goes to
    two places that are not on the network.
    """
    sealing, public = _sealing_pair()
    identity, recipient = encrypting.new_pair()
    made = {
        "citizen/secret_key": secrets.token_hex(32),
        "citizen/kiosk_private_key": _p256(),
        "desk/secret_key": secrets.token_hex(32),
        "desk/sealing_private_key": sealing,
        "offline/sealing_private_key": sealing,
        "offline/backup_identity": identity,
    }
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise Refusal(f"{folder}: {error.strerror}.") from error
    for name, value in made.items():
        _write(folder / name, value)
    click.echo(f"STEMME_SEALING_PUBLIC_KEY={public}\nSTEMME_BACKUP_RECIPIENT={recipient}")


def _write(path: Path, value: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{value}\n", "ascii")
    path.chmod(0o400)


def _sealing_pair() -> tuple[str, str]:
    private = secrets.token_bytes(KEY_BYTES)
    return _base64(private), _base64(setting_values.public_half(private))


def _p256() -> str:
    return _base64((secrets.randbelow(setting_values.P256_ORDER - 1) + 1).to_bytes(KEY_BYTES, "big"))


def _base64(key: bytes) -> str:
    return base64.b64encode(key).decode()
