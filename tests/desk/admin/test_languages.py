"""The pages about languages: who reads them, what they say, and what a place shows."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts import queries
from app.desk.admin import languages
from app.surveys import sites
from app.surveys.models import Site
from tests.desk.accounts import factories


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("moderator", 200), ("staff", 403), ("council", 403)])
def test_the_administrator_and_moderators_see_how_far_languages_are(
    sign_in: Callable[..., FlaskClient], role: str, status: int
) -> None:
    client = sign_in(role, "GH1" if role == "staff" else None)

    assert client.get("/desk/languages").status_code == status


def test_the_page_says_of_each_language_what_is_read_and_what_is_not(sign_in: Callable[..., FlaskClient]) -> None:
    page = sign_in("admin").get("/desk/languages?lang=en").get_data(as_text=True)
    rows = {code: page.partition(f'href="#{code}"')[2].partition("</tr>")[0] for code in ("pl", "kl", "en")}
    polish = page.partition('id="pl"')[2].partition("</details>")[0]

    assert rows["pl"].count("Not reviewed") == 4
    assert "Something missing" in rows["kl"]
    assert "Not reviewed" not in rows["en"]
    assert "five_tap" in polish


def test_a_sentence_stands_beside_its_danish(sign_in: Callable[..., FlaskClient]) -> None:
    page = sign_in("moderator").get("/desk/languages/fa/web").get_data(as_text=True)

    assert 'lang="da">Spring over</span>' in page
    assert '<p lang="fa" dir="rtl">رد شدن</p>' in page


def test_a_placeholder_reads_from_left_to_right_and_nothing_is_markup() -> None:
    assert languages.legible("%(n)s <b> از") == '<bdi dir="ltr">%(n)s</bdi> &lt;b&gt; از'


def test_only_the_administrator_gets_the_form(sign_in: Callable[..., FlaskClient]) -> None:
    pages = {
        role: sign_in(role).get("/desk/languages/places/GH1").get_data(as_text=True) for role in ("admin", "moderator")
    }

    assert 'name="lang"' in pages["admin"]
    assert 'name="lang"' not in pages["moderator"]


def test_a_place_chooses_its_languages_and_keeps_danish_and_english(sign_in: Callable[..., FlaskClient]) -> None:
    response = choose(sign_in("admin"), "ar", "xx")

    assert (response.status_code, response.headers["Location"]) == (303, "/desk/languages/places/GH1")
    assert site().languages == ["da", "en", "ar"]


def test_the_choice_is_written_down_and_only_if_it_changes_something(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")
    choose(client, "pl")
    choose(client, "pl")
    said = [(act.act, act.target, act.detail) for act in queries.audit_chain()]

    assert said.count(("site.languages", "GH1", "da en kl pl ro ar fa so > da en pl")) == 1
    assert [act for act, *_rest in said].count("site.languages") == 1


def test_nobody_else_chooses(sign_in: Callable[..., FlaskClient]) -> None:
    assert choose(sign_in("moderator"), "ar").status_code == 403
    assert "ro" in site().languages


def test_an_unknown_place_is_not_there(sign_in: Callable[..., FlaskClient]) -> None:
    assert sign_in("admin").get("/desk/languages/places/XX9").status_code == 404


def choose(client: FlaskClient, *langs: str) -> TestResponse:
    fields = factories.form(client, "site.languages")
    return client.post("/desk/languages/places/GH1", data={**fields, "lang": list(langs)})


def site() -> Site:
    db.db.session.rollback()
    found = sites.by_code("GH1")
    assert found is not None
    db.db.session.refresh(found)
    return found
