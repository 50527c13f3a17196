"""Audit trails that are wrong in one way each. Trying to change a trail must tell every one from ours."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from app.core import db
from app.desk.accounts import anchor, audit


def update_is_allowed(_: pytest.MonkeyPatch) -> None:
    """Nothing in the database stands in the way."""
    db.connection().execute(text("DROP TRIGGER audit_no_update"))
    db.db.session.commit()


def delete_is_allowed(_: pytest.MonkeyPatch) -> None:
    """Rows may go, whether they were cut off or not."""
    db.connection().execute(text("DROP TRIGGER audit_no_delete"))
    db.db.session.commit()


def unkeyed_chain(wrong: pytest.MonkeyPatch) -> None:
    """A hash over the row and the one before, which everybody can compute."""
    sealed = audit._mac
    wrong.setattr(audit, "_mac", lambda key, before, row: sealed(b"", before, row))


def detail_is_not_sealed(wrong: pytest.MonkeyPatch) -> None:
    """The seal covers who and what, and not how."""
    sealed = audit._mac

    def without(key: bytes, before: bytes, row: Any) -> bytes:
        said, row.detail = row.detail, ""
        mac = sealed(key, before, row)
        row.detail = said
        return mac

    wrong.setattr(audit, "_mac", without)


def no_anchor(wrong: pytest.MonkeyPatch) -> None:
    """Nobody compares with what was kept outside."""
    wrong.setattr(anchor, "faults", lambda today: iter(()))


def cut_is_believed(wrong: pytest.MonkeyPatch) -> None:
    """Whatever the table says was cut off."""
    wrong.setattr(audit, "_mac_of_cut", lambda key, cut: cut.mac)


MUTANTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "update_is_allowed": (update_is_allowed, "the database allows UPDATE"),
    "delete_is_allowed": (delete_is_allowed, "the database allows DELETE"),
    "unkeyed_chain": (unkeyed_chain, "without the key sealed anew is believed"),
    "detail_is_not_sealed": (detail_is_not_sealed, "flipped byte of detail"),
    "no_anchor": (no_anchor, "a missing tail is not seen"),
    "cut_is_believed": (cut_is_believed, "without the key cut is believed"),
}
"""Each with what is said of it."""
OF_SQLITE = {"update_is_allowed", "delete_is_allowed"}
"""Triggers of a file are the test's own; those of a server would be missed by the next test."""
