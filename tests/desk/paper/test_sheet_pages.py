"""One sheet a screen: what a form says back, what is kept, two windows."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.paper import queries
from app.desk.paper.models import PaperBatch
from tests.desk.accounts import factories as accounts
from tests.desk.paper import factories
from tests.desk.paper.factories import FILLED, address, post

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def mona() -> User:
    return accounts.a_user("moderator", name="mona")


@pytest.fixture
def keying(app: Flask, mona: User) -> FlaskClient:
    return accounts.browser_of(app, mona)


@pytest.fixture
def batch(mona: User) -> PaperBatch:
    made = factories.a_batch(mona)
    db.db.session.commit()
    return made


def text_of(client: FlaskClient, path: str) -> str:
    return client.get(f"{path}?lang=en").get_data(as_text=True)


def test_a_sheet_is_kept_and_the_next_one_follows(keying: FlaskClient, batch: PaperBatch) -> None:
    answer = post(keying, batch, "/sheets/1", FILLED | {"lang": "pl"})

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/sheets/2?in=pl")
    following = keying.get(answer.headers["Location"] + "&lang=en").get_data(as_text=True)
    assert '<option value="pl" lang="pl" selected>' in following
    assert "Flere senge" not in following


def test_a_fault_is_named_and_what_was_typed_stays(keying: FlaskClient, batch: PaperBatch) -> None:
    answer = post(keying, batch, "/sheets/1", FILLED | {"q-today": "9", "q-safe": "", "q-mattered": "ABC"})
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "<title>Error: Sheet 1" in page
    assert '<a href="#q-today">“9” does not fit. Type one mark, - or ?.</a>' in page
    assert '<a href="#q-safe">Type a mark. Type - if nothing is ticked.</a>' in page
    assert '<a href="#q-mattered">“ABC” does not fit. Type at most 2 different marks, - or ?.</a>' in page
    assert 'aria-describedby="q-today-fault q-today-help"' in page
    assert "Flere senge" in page
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]


def test_a_note_needs_a_helper(keying: FlaskClient, mona: User) -> None:
    survey = factories.every_type()
    batch = factories.a_batch(mona, survey_id=survey.id)
    db.db.session.commit()
    typed = {f"q-{one.id}": "-" for one in survey.questions} | {"lang": "da", "helped": "none", "quote_ok": "no"}

    refused = post(keying, batch, "/sheets/1", typed | {"q-note": "Han siger ord"})

    assert "There is a helper&#39;s note. Choose who helped." in refused.get_data(as_text=True)
    assert post(keying, batch, "/sheets/1", typed | {"q-note": "Ord", "helped": "peer"}).status_code == 303


def test_words_that_are_too_long_come_back(keying: FlaskClient, batch: PaperBatch) -> None:
    answer = post(keying, batch, "/sheets/1", FILLED | {"q-change": "ord " * 600})

    assert answer.status_code == 422
    assert "Write at most 2000 characters of words" in answer.get_data(as_text=True)


def test_the_longest_words_of_the_widest_signs_are_kept(keying: FlaskClient, batch: PaperBatch) -> None:
    assert post(keying, batch, "/sheets/1", FILLED | {"q-change": "😀" * 2000}).status_code == 303


def test_saving_the_same_sheet_twice_keeps_one(keying: FlaskClient, batch: PaperBatch) -> None:
    for _ in range(2):
        assert post(keying, batch, "/sheets/1", FILLED).status_code == 303

    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(1,)]


def test_another_window_never_overwrites_a_sheet_unseen(keying: FlaskClient, batch: PaperBatch) -> None:
    post(keying, batch, "/sheets/1", FILLED)

    answer = post(keying, batch, "/sheets/1", FILLED | {"q-today": "1"})

    assert answer.status_code == 409
    assert "keyed in another window meanwhile" in answer.get_data(as_text=True)
    assert str(factories.first_of(batch, 1).fields["q-today"]) == "Value(value='4', comment=None)"


def test_an_earlier_sheet_is_corrected(keying: FlaskClient, batch: PaperBatch) -> None:
    post(keying, batch, "/sheets/1", FILLED)
    post(keying, batch, "/sheets/2", FILLED)
    page = text_of(keying, f"{address(batch)}/sheets/1")
    assert 'value="A C"' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]

    answer = post(keying, batch, "/sheets/1", FILLED | {"q-today": "1", "seen": seen})

    assert answer.headers["Location"].endswith("/sheets/3?in=da")
    db.db.session.expire_all()
    assert str(factories.first_of(batch, 1).fields["q-today"]) == "Value(value='1', comment=None)"


def test_a_sheet_keyed_by_mistake_is_taken_out(keying: FlaskClient, batch: PaperBatch) -> None:
    for place in (1, 2, 3):
        post(keying, batch, f"/sheets/{place}", FILLED)

    assert post(keying, batch, "/sheets/2/out").status_code == 303

    assert queries.places(batch.id) == [1, 3]
    assert keying.get(f"{address(batch)}/sheets/2").status_code == 404
    assert keying.get(f"{address(batch)}/sheets/4").status_code == 200


def test_a_sheet_that_is_left_half_way_leaves_nothing(keying: FlaskClient, batch: PaperBatch) -> None:
    keying.get(f"{address(batch)}/sheets/1")
    post(keying, batch, "/sheets/1", FILLED | {"q-today": ""})

    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]


def test_a_form_of_somebody_else_is_refused_and_what_was_typed_comes_back(
    keying: FlaskClient, batch: PaperBatch
) -> None:
    answer = keying.post(f"{address(batch)}/sheets/1?lang=en", data=FILLED)

    assert answer.status_code == 422
    assert "Flere senge" in answer.get_data(as_text=True)
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]


@pytest.mark.parametrize("place", ["0", "5", "10000", "9" * 40])
def test_a_sheet_far_from_the_pile_is_not_there(keying: FlaskClient, batch: PaperBatch, place: str) -> None:
    assert keying.get(f"{address(batch)}/sheets/{place}").status_code == 404
    assert post(keying, batch, f"/sheets/{place}", FILLED).status_code in (404, 409)
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]
