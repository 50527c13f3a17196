"""Every wrong way out is caught: a figure past the guard, a bar or a word for what is hidden, a release that moves."""

import pytest
from flask import Flask

from app.core import db
from app.publication.models import Release
from tests.mutants.way_out_mutants import MUTANTS
from tests.publication import ways_out
from tests.publication.conftest import Visitor, archive, release, visitor
from tests.requirements import IN_FULL

__all__ = ["archive", "release", "visitor"]

pytestmark = pytest.mark.requirement("R7", mutants=True)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_way_out_is_caught(
    name: str, app: Flask, release: Release, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("pages and files know no database: on both in full")
    app.__class__ = Flask  # on PostgreSQL the citizens' rights alone would stop two of them
    MUTANTS[name].does(monkeypatch)

    assert ways_out.complaints(release, visitor, printed_again=MUTANTS[name].printed_again) != []
