"""Each hole in the wall and each page without a row is found by the walk that finds none in ours."""

import pytest
from flask import Flask

from app.core import db
from tests.architecture import test_access
from tests.desk import walls
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.walls import Place
from tests.mutants import wall_mutants
from tests.requirements import IN_FULL

pytestmark = pytest.mark.requirement("R8", mutants=True)
HOLES = wall_mutants.HOLES | (wall_mutants.HOLES_IN_FULL if IN_FULL else {})


@pytest.fixture
def places(app: Flask, content: None) -> tuple[Place, Place]:
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same queries: both databases in full")
    factories.the_codebook()
    return walls.a_place(app, "GH1", "zinkbadekarret"), walls.a_place(app, "GH2", "kobberkedlen")


def test_every_hole_in_the_wall_is_found_and_ours_has_none(
    app: Flask, places: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    missed = []
    for name, (role, make_wrong) in HOLES.items():
        with monkeypatch.context() as wrong:
            make_wrong(wrong, app)
            is_met = any("meets its words" in said for said in walls.complaints(app, role, *places))
            if not is_met and all(walls.as_if_unknown(app, accounts.a_user(role, "GH1"), places[0]).values()):
                missed.append(name)

    assert missed == []
    assert walls.complaints(app, "safeguarding", *places) == []


def test_a_route_that_names_nobody_is_seen_and_shut(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    wall_mutants.undeclared_route(monkeypatch, app)

    assert ("GET", "/desk/leak") in {route.key for route in test_access.routes(app)} - set(
        test_access.ALLOWED | test_access.WITHOUT_SIGN_IN
    )
    assert [accounts.sign_in(app, role).get("/desk/leak").status_code for role in ("moderator", "admin")] == [403, 403]
