"""Places: who sees which, and what the administrator changes."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts import queries
from app.surveys import sites
from app.surveys.models import Site
from tests.desk.accounts import factories


def test_everybody_who_may_look_sees_every_place(sign_in: Callable[..., FlaskClient]) -> None:
    for role in ("admin", "moderator", "council", "analyst"):
        page = sign_in(role).get("/desk/sites").get_data(as_text=True)

        assert all(code in page for code in ("GH1", "MUE2", "SIR1"))


def test_staff_see_their_own_place_only(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("staff", "MUE1")
    page = client.get("/desk/sites").get_data(as_text=True)

    assert "MUE1" in page
    assert "GH1" not in page
    assert client.get("/desk/sites/MUE1").status_code == 200


def test_another_place_is_as_unknown_to_staff_as_no_place(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("staff", "GH1")

    other, none = client.get("/desk/sites/GH2"), client.get("/desk/sites/XX9")

    assert other.status_code == none.status_code == 404
    assert other.get_data() == none.get_data() or len(other.get_data()) == len(none.get_data())


def test_a_mobile_unit_shows_its_stops_and_a_house_its_hours(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")

    assert "Havnepladsen" in client.get("/desk/sites/MUE1").get_data(as_text=True)
    assert "08:00–20:00" in client.get("/desk/sites/GH1").get_data(as_text=True)


def test_only_the_administrator_gets_a_form(sign_in: Callable[..., FlaskClient]) -> None:
    pages = {role: sign_in(role).get("/desk/sites/GH1").get_data(as_text=True) for role in ("admin", "moderator")}

    assert 'action="/desk/sites/GH1/name"' in pages["admin"]
    assert 'action="/desk/sites/GH1' not in pages["moderator"]


def test_a_place_gets_another_name_and_keeps_its_code(sign_in: Callable[..., FlaskClient]) -> None:
    response = post(sign_in("admin"), "name", name="  Gadens Hus   Havnen ")

    assert (response.status_code, response.headers["Location"]) == (303, "/desk/sites/GH1")
    assert site().name == "Gadens Hus Havnen"
    assert last_act() == ("site.rename", "GH1", "Gadens Hus Ankeret > Gadens Hus Havnen")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Hus\x07"])
def test_a_name_nobody_can_read_is_refused(sign_in: Callable[..., FlaskClient], name: str) -> None:
    response = post(sign_in("admin"), "name", name=name)

    assert response.status_code == 422
    assert 'class="faults"' in response.get_data(as_text=True)
    assert site().name == "Gadens Hus Ankeret"


def test_markup_in_a_name_stays_text(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")
    post(client, "name", name='<img src=x onerror="alert(1)">')

    for address in ("/desk/sites", "/desk/sites/GH1", "/desk/audit", "/desk/users"):
        assert "<img" not in client.get(address).get_data(as_text=True)


def test_closing_and_opening_say_what_they_set_so_that_twice_is_once(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")

    post(client, "open", is_open="no")
    post(client, "open", is_open="no")
    closed = site().is_open
    rows = len(queries.audit_page(actor=None, act="site.close", before=None, limit=9))
    db.db.session.rollback()
    post(client, "open", is_open="yes")

    assert (closed, rows, site().is_open) == (False, 1, True)


def post(client: FlaskClient, what: str, **fields: str) -> TestResponse:
    return client.post(f"/desk/sites/GH1/{what}", data=factories.form(client, "site", **fields))


def site() -> Site:
    db.db.session.rollback()
    found = sites.by_code("GH1")
    assert found is not None
    db.db.session.refresh(found)
    db.db.session.expunge(found)
    db.db.session.rollback()
    return found


def last_act() -> tuple[str, str, str]:
    head = queries.last_audit()
    assert head is not None
    return head.act, head.target, head.detail
