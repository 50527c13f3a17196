"""The pages of paper entry: who may come, what a form says back, two windows, two people, hostile words."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.paper import batches, checking
from app.desk.paper.models import PaperBatch
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories as texts
from tests.desk.paper import factories
from tests.desk.paper.factories import FILLED, address, post

pytestmark = pytest.mark.usefixtures("content")
ENTRY = "/desk/surveys/five_tap/entry"
NEW = {"version": "1", "site_code": "GH1", "week": factories.WEEK, "label": "Boks 1"}
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def mona() -> User:
    return accounts.a_user("moderator", name="mona")


@pytest.fixture
def malik() -> User:
    return accounts.a_user("moderator", name="malik")


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


def begin(client: FlaskClient, **changed: str) -> tuple[int, str]:
    answer = client.post(f"{ENTRY}?lang=en", data=accounts.form(client, "paper", **(NEW | changed)))
    return answer.status_code, answer.headers.get("Location") or answer.get_data(as_text=True)


def test_a_batch_begins_with_its_first_sheet(keying: FlaskClient) -> None:
    status, location = begin(keying)

    assert status == 303
    assert location.endswith("/sheets/1")
    assert "Write 1 in the corner of the sheet with a pencil." in text_of(keying, location)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"week": "2026-W11"}, "Choose a week that has begun"),
        ({"week": "2026-W99"}, "Choose a week that has begun"),
        ({"week": "2025-W09"}, "Choose a week that has begun"),
        ({"week": ""}, "Choose a week that has begun"),
        ({"site_code": "XX9"}, "Choose the version and the place."),
        ({"version": "7"}, "Choose the version and the place."),
        ({"label": "  "}, "Write the name on the envelope"),
        ({"label": "x" * 21}, "Write the name on the envelope"),
        ({"label": "\u202eabc"}, "Write the name on the envelope"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_in_words(keying: FlaskClient, changed: dict[str, str], said: str) -> None:
    status, page = begin(keying, **changed)

    assert status == 422
    assert said in page
    assert factories.rows("SELECT count(*) FROM paper_batch") == [(0,)]


def test_the_same_batch_is_not_begun_twice(keying: FlaskClient) -> None:
    begin(keying)

    assert begin(keying)[0] == 422
    assert begin(keying, label="Boks 2")[0] == 303


def test_a_survey_that_was_never_on_paper_has_no_entry(keying: FlaskClient) -> None:
    assert keying.get("/desk/surveys/sms_core/entry").status_code == 404
    assert keying.get("/desk/surveys/nothing/entry").status_code == 404


def test_the_wall_goes_by_person(sign_in: SignIn, batch: PaperBatch) -> None:
    of_the_house = sign_in("moderator", "GH1")

    assert of_the_house.get(address(batch)).status_code == 404
    assert of_the_house.get(f"{address(batch)}/sheets/1").status_code == 404
    assert post(of_the_house, batch, "/take").status_code == 404
    index = text_of(of_the_house, ENTRY)
    assert 'value="GH1"' not in index
    assert batch.id.hex() not in index
    assert begin(of_the_house)[0] == 422
    assert begin(of_the_house, site_code="MUE2")[0] == 303


def test_a_moderator_of_another_house_may_key(sign_in: SignIn, batch: PaperBatch) -> None:
    assert sign_in("moderator", "MUE2").get(address(batch)).status_code == 200


def test_two_people_at_one_batch_are_told_of_each_other(
    app: Flask, keying: FlaskClient, malik: User, batch: PaperBatch
) -> None:
    other = accounts.browser_of(app, malik)
    post(keying, batch, "/sheets/1", FILLED)

    assert "Moderator has this batch in hand." in text_of(other, address(batch))
    assert other.get(f"{address(batch)}/sheets/2").status_code == 422
    assert post(other, batch, "/sheets/2", FILLED).status_code == 422
    assert post(other, batch, "/take").status_code == 303
    assert post(keying, batch, "/sheets/2", FILLED).status_code == 422
    assert post(other, batch, "/sheets/2", FILLED).status_code == 303


def test_the_second_keying_shows_nothing_of_the_first(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, [factories.a_sheet(q_change="Hemmelige ord")])
    second, first = accounts.browser_of(app, malik), accounts.browser_of(app, mona)

    assert post(first, batch, "/take").status_code == 422
    assert post(second, batch, "/take").status_code == 303
    page = text_of(second, f"{address(batch)}/check/1")

    assert "Hemmelige" not in page
    assert 'id="q-today" name="q-today" autocomplete="off" aria-describedby="q-today-help" autofocus value=""' in page
    assert second.get(f"{address(batch)}/sheets/1").status_code == 409
    assert first.get(f"{address(batch)}/check/1").status_code == 422
    assert second.get(f"{address(batch)}/differences").status_code == 303


def test_a_batch_goes_all_the_way_through_the_pages(app: Flask, keying: FlaskClient, malik: User) -> None:
    batch_address = begin(keying)[1].removesuffix("/sheets/1")
    batch_id = bytes.fromhex(batch_address.rsplit("/", 1)[1])
    batch = db.db.session.get(PaperBatch, batch_id)
    db.db.session.commit()
    assert batch
    for place in range(1, 4):
        post(keying, batch, f"/sheets/{place}", FILLED)
    post(keying, batch, "/finish")
    second = accounts.browser_of(app, malik)
    post(second, batch, "/take")
    for place in range(1, 4):
        answer = post(second, batch, f"/check/{place}", FILLED)
    assert answer.headers["Location"].endswith(batch_id.hex())
    assert post(second, batch, "/compare").headers["Location"].endswith("/differences")
    assert "Nothing differs in these sheets." in text_of(second, f"{address(batch)}/differences")
    for _ in range(2):
        answer = post(second, batch, "/differences")

    assert answer.status_code == 409
    assert factories.rows("SELECT count(*) FROM response") == [(3,)]
    assert "Shred the sheets by March 16" in text_of(second, address(batch))
    assert "Shred the sheets by March 16" in text_of(second, ENTRY)
    post(second, batch, "/shred")
    assert "The sheets were shredded on March 2." in text_of(second, address(batch))


def test_differences_stand_side_by_side_and_hostile_words_stay_words(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, [factories.a_sheet(q_change=texts.HOSTILE)] * 50)
    batches.take(batch, malik)
    for nth, place in enumerate(checking.to_key(batch)):
        words = "<b>Flere senge</b>" if nth == 0 else texts.HOSTILE
        checking.save(batch, malik, place, factories.a_sheet(q_change=words), seen="")
    checking.compare(batch, malik)
    db.db.session.commit()
    page = text_of(accounts.browser_of(app, malik), f"{address(batch)}/differences")

    assert '<span class="paper-said" dir="auto">&lt;b&gt;Flere senge&lt;/b&gt;</span>' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_difference_that_nobody_decided_is_asked_for_again(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 50)
    factories.check(batch, malik, wrong=1)
    (one,) = checking.differences(batch)
    second = accounts.browser_of(app, malik)

    for fields in ({}, {f"right-{one.name}": "other", f"other-{one.name}": "nonsense"}):
        answer = post(second, batch, "/differences", fields)
        assert answer.status_code == 422
        assert "Decide this one, too." in answer.get_data(as_text=True)

    fields = {f"right-{one.name}": "other", f"other-{one.name}": "2"}
    assert post(second, batch, "/differences", fields).status_code == 303


def test_the_trail_names_the_pile_and_never_a_sheet(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 4)
    factories.check(batch, malik, wrong=0)
    factories.settle(batch)

    target = f"five_tap 1 GH1 {factories.WEEK}"
    found = [row for row in texts.acts() if row[0].startswith("paper.")]
    assert found == [
        ("paper.begin", target, None, "A"),
        ("paper.finish", target, 4, "A"),
        ("paper.take", target, None, "A"),
        ("paper.check", target, 4, "A 0/36"),
        ("paper.accept", target, 4, "A"),
    ]
    assert {act for act, *_rest in found} <= set(audit.ACTS)


def test_a_batch_is_thrown_away_while_it_is_open_and_not_after(app: Flask, keying: FlaskClient, mona: User) -> None:
    stored, still_open = factories.accepted(2, label="B"), factories.keyed(mona, 2, label="C")

    assert post(keying, stored, "/delete").status_code == 422
    assert post(keying, still_open, "/delete").status_code == 303

    assert factories.rows("SELECT label FROM paper_batch") == [("B",)]
    assert factories.rows("SELECT count(*) FROM paper_sheet WHERE place IS NOT NULL") == [(0,)]


@pytest.mark.parametrize("role", ["staff", "peer", "council", "analyst", "safeguarding"])
def test_other_roles_never_see_paper(sign_in: SignIn, batch: PaperBatch, role: str) -> None:
    client = sign_in(role)

    assert client.get(ENTRY).status_code == 403
    assert client.get(address(batch)).status_code == 403
