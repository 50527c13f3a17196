"""Nothing tells a name that exists from one that does not: neither the page nor the time it takes."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.core import db
from tests.desk.accounts import factories, sign_in_proofs, telephones
from tests.requirements import IN_FULL

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]
MANY, APART = (200, 0.05) if IN_FULL else (3, 0.3)
"""How many tries of each, and how far apart their medians may lie."""


@pytest.mark.requirement("R18")
def test_a_name_that_exists_is_refused_as_slowly_as_one_that_does_not(
    app: Flask, figure: Callable[[str], None]
) -> None:
    known, unknown = sign_in_proofs.times_of_names(app, MANY)

    apart = abs(known - unknown) / known
    figure(f"known and unknown names {100 * apart:.1f} % apart in {MANY} tries each")
    assert apart < APART


@pytest.mark.requirement("R18")
def test_the_page_is_the_same_for_every_name(app: Flask) -> None:
    factories.a_user("moderator", name="mona", password=factories.PASSWORD)
    telephones.with_telephone("moderator", "malik")
    left = factories.a_user("peer", name="pia", password=factories.PASSWORD)
    left.is_active = False
    db.db.session.commit()

    assert len(sign_in_proofs.pages_of_names(app, ["mona", "malik", "pia", "nora"])) == 1
