"""Ways to seal words, to divide the house and to log that look right and are not. Each must turn a proof red."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import request

from app.core import db, log
from app.privacy import boxes, queries, sealing

Patch = Callable[[pytest.MonkeyPatch], None]


def info_left_out(patch: pytest.MonkeyPatch) -> None:
    """A box is tied to nothing: who can write the table moves words from one answer to another."""
    patch.setattr(sealing, "_text_info", lambda answer_id, month: b"stemme/text/v1")


def padding_left_out(patch: pytest.MonkeyPatch) -> None:
    """Whoever sees the size of a box knows how much somebody wrote."""
    patch.setattr(boxes, "pad", lambda content, block: len(content).to_bytes(2, "big") + content)


def month_private_half_kept(patch: pytest.MonkeyPatch) -> None:
    """The month's own key lies beside what it opens, so that nobody need wait for the desk."""

    def made(month: str) -> bytes:
        private = X25519PrivateKey.generate()
        return queries.add_month(month, private.public_key().public_bytes_raw(), private.private_bytes_raw())

    patch.setattr(sealing, "_made", made)


def message_logged(patch: pytest.MonkeyPatch) -> None:
    """A fault is easier to find with its message: the parameters of a statement, the number at the carrier."""
    ours = log.fault
    patch.setattr(log, "fault", lambda error: ours(error) | {"fault": f"{type(error).__name__}: {error}"})


def path_logged(patch: pytest.MonkeyPatch) -> None:
    """The address as it was asked for, and with it the code of a receipt, or a number somebody typed."""
    ours = log._fields
    patch.setattr(log, "_fields", lambda status: ours(status) | {"route": request.full_path})


def every_field_logged(patch: pytest.MonkeyPatch) -> None:
    """Whatever a library has to say, in full."""

    def format_(_: Any, record: logging.LogRecord) -> str:
        return json.dumps({"event": record.getMessage()})

    patch.setattr(log.OneLineOfJson, "format", format_)


def parameters_shown(patch: pytest.MonkeyPatch) -> None:
    """An error of the database says which values it was about."""
    patch.setattr(db.db.engine, "hide_parameters", False)


def libraries_at_info(patch: pytest.MonkeyPatch) -> None:
    """The carrier's library tells what it asks, query string and all."""
    patch.setattr(log, "QUIET", ())


SEALING: tuple[Patch, ...] = (info_left_out, padding_left_out, month_private_half_kept)
LOGGING: tuple[Patch, ...] = (
    message_logged, path_logged, every_field_logged, parameters_shown, libraries_at_info,
)  # fmt: skip
