"""Each wrong audit trail is caught by trying to change it; ours is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.core import db
from tests.desk.accounts import trails
from tests.mutants.audit_mutants import MUTANTS, OF_SQLITE


@pytest.fixture
def environ(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return environ | {"STEMME_AUDIT_ANCHOR": str(tmp_path / "heads")}


@pytest.mark.requirement("R18")
def test_nothing_of_the_trail_can_be_changed_or_taken_away_unseen(app: Flask, figure: Callable[[str], None]) -> None:
    figure(f"{len(trails.ATTEMPTS)} ways to change the audit trail, 7 columns by a byte: 0 unseen")

    assert trails.complaints() == []


@pytest.mark.requirement("R18", mutants=True)
@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_trail_is_caught(app: Flask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if name in OF_SQLITE and not db.is_sqlite():
        pytest.skip("a fault of SQLite")
    make_wrong, complaint = MUTANTS[name]
    make_wrong(monkeypatch)

    assert any(complaint in said for said in trails.complaints())
