"""The wall goes by person: nobody meets, on any page or in any file, a word said where they have ties."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.core import db
from app.core.access import ROLES
from app.desk.accounts.models import User
from tests.desk import walls
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.walls import ONE_AT_A_TIME, SHOWN, Place
from tests.requirements import IN_FULL

pytestmark = pytest.mark.requirement("R8")


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def places(app: Flask) -> tuple[Place, Place]:
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same queries: both databases in full")
    return walls.a_place(app, "GH1", "zinkbadekarret"), walls.a_place(app, "GH2", "kobberkedlen")


def tied(role: str) -> User:
    """Somebody who works at the first place."""
    return accounts.a_user(role, "GH1")


def test_nobody_with_ties_to_a_place_meets_its_words_and_everybody_those_of_another(
    app: Flask, places: tuple[Place, Place], figure: Callable[[str], None]
) -> None:
    complaints = [complaint for role in ROLES for complaint in walls.complaints(app, role, *places)]
    alike = {where: same for role in SHOWN for where, same in walls.as_if_unknown(app, tied(role), places[0]).items()}

    shown = sum(map(len, SHOWN.values()))
    figure(f"0 words of the own place for {len(ROLES)} roles, another place's on all {shown} pages with words")
    figure(f"{len(alike)} addresses behind the wall answer with the bytes of an unknown one")
    assert (complaints, [where for where, same in alike.items() if not same]) == ([], [])


@pytest.mark.skipif(not IN_FULL, reason="every page once more, for people without ties")
@pytest.mark.parametrize("role", SHOWN)
def test_people_without_ties_meet_the_words_of_both_places(app: Flask, places: tuple[Place, Place], role: str) -> None:
    met = walls.met(app, accounts.a_user(role), places)

    assert [where - ONE_AT_A_TIME for where in met.values()] == [SHOWN[role] - ONE_AT_A_TIME] * 2
