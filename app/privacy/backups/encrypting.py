"""Encrypting a backup with age: to a public key here, opened with the private half that lies elsewhere."""

from pathlib import Path

import pyrage
from pyrage import x25519

from app.core.errors import Refusal

FIRST_BYTES = b"age-encryption.org/"


class BackupRefused(Refusal):
    """A backup that cannot be made or read, and why."""


def is_recipient(text: str) -> bool:
    """Whether this is a public key of age ('age1…'); its checksum is looked at."""
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt(plain: Path, target: Path, recipient: str) -> None:
    """Write `target`, which only the private half of `recipient` ('age1…') opens. Any age tool can read it."""
    try:
        to = x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise BackupRefused("STEMME_BACKUP_RECIPIENT is not a public key of age (age1…).") from error
    try:
        pyrage.encrypt_file(str(plain), str(target), [to])
    except (pyrage.EncryptError, OSError) as error:
        raise BackupRefused(f"{target} could not be written: is the disk full?") from error


def decrypt(sealed: Path, target: Path, identity: str) -> None:
    """Write what was encrypted to the public half of `identity` ('AGE-SECRET-KEY-1…')."""
    try:
        ours = x25519.Identity.from_str(identity)
    except pyrage.IdentityError as error:
        raise BackupRefused("The key file holds no private key of age (AGE-SECRET-KEY-1…).") from error
    try:
        pyrage.decrypt_file(str(sealed), str(target), [ours])
    except (pyrage.DecryptError, OSError) as error:  # a wrong key, or an end that is missing
        raise BackupRefused("The backup does not open with this key, or it is damaged.") from error


def is_encrypted(path: Path) -> bool:
    """Whether this is a file of age."""
    with path.open("rb") as file:
        return file.read(len(FIRST_BYTES)) == FIRST_BYTES


def private_key(text: str) -> str:
    """The key in a file as `age-keygen` writes it, between its comments."""
    lines = [line.strip() for line in text.splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "")


def new_pair() -> tuple[str, str]:
    """A private key of age and its public half."""
    made = x25519.Identity.generate()
    return str(made), str(made.to_public())
