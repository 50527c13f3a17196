"""Names and numbers are covered on every page of the desk."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.core import db
from app.core.access import ROLES
from tests.desk import walls
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.walls import Place
from tests.requirements import IN_FULL

SAID = "Spørg efter Karsten på 12 34 56 78 om natten"
PERSONAL = ("Karsten", "12 34", "56 78")
pytestmark = pytest.mark.requirement("R20")


@pytest.fixture
def place(app: Flask, content: None) -> Place:
    """The same text waiting, set aside, worried about, and approved."""
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same pages: both databases in full")
    factories.the_codebook()
    waiting, held, worry, approved = (factories.a_text(SAID) for _ in range(4))
    client = accounts.sign_in(app, "moderator")
    walls.press(client, held, "hold", reason="unclear")
    walls.press(client, worry, "escalate", concern="own_life")
    factories.approve(approved, factories.a_moderator(), "ADG.KOE")
    texts = [one.hex() for one in (waiting, held, worry, approved)]
    return Place("GH1", "om natten", {"text_id": texts, "case_id": [walls.case_of(worry)]})


def test_every_page_of_every_role_covers_names_and_numbers(
    app: Flask, place: Place, figure: Callable[[str], None]
) -> None:
    pages = {}
    for role in ROLES:
        reader = accounts.a_user(role, "GH2" if role == "staff" else None)
        looks = walls.everything(app, accounts.browser_of(app, reader), reader, [place])
        pages |= {f"{role} {name} {nth}": walls.unpacked(answer) for nth, (name, answer) in enumerate(looks)}

    shown = [name for name, said in pages.items() if "om natten" in said]
    figure(f"{len(shown)} pages show the text, 0 what is masked in it")
    assert [name for name, said in pages.items() if any(word in said for word in PERSONAL)] == []
    met = {name.rsplit(" ", 1)[0] for name in shown}
    assert met >= {f"{role} /desk/statements/<text_id>" for role in ("moderator", "analyst")}
    assert "safeguarding /desk/cases/<case_id>" in met
