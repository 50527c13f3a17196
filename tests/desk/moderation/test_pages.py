"""The pages as they are used: one card after the other, twice pressed, too late, with and without htmx."""

import re
from collections.abc import Callable

import html5lib
import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.moderation import queries
from app.desk.moderation.suggesting import suggestions
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, post, yes


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def client(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("moderator")


def dump() -> list[list[object]]:
    tables = ("text_item", "mask_span", "statement", "tagging", "audit")
    found = [[tuple(row) for row in db.connection().exec_driver_sql(f"SELECT * FROM {name}")] for name in tables]
    db.db.session.rollback()
    return [sorted(rows, key=str) for rows in found]


def test_approving_leads_to_the_next_text(client: FlaskClient) -> None:
    first, second = sorted([a_text("Flere senge"), a_text("Mere mad")])

    answer = post(client, first, "approve", **yes(1, "BOL.NAT"))

    assert answer.status_code == 303
    assert answer.location == f"/desk/statements/{second.hex()}?said=approved"
    assert "Approved. 1 left." in client.get(f"{answer.location}&lang=en").text


def test_after_the_last_one_comes_the_queue(client: FlaskClient) -> None:
    answer = post(client, a_text(), "approve", **yes())

    assert answer.location == "/desk/queue?said=approved"


def test_a_chip_is_offered_with_its_words_and_never_ticked(client: FlaskClient) -> None:
    text_id = a_text("Køen til badet er for lang")

    page = client.get(f"/desk/statements/{text_id.hex()}?lang=da").text

    assert 'name="suggested" value="ADG.KOE"' in page
    assert "“Køen”" in page
    assert "checked" not in page


def test_a_chip_that_nobody_takes_leaves_no_trace(client: FlaskClient) -> None:
    text_id = a_text("Køen til badet er for lang")
    assert suggestions.chips("Køen til badet er for lang")

    post(client, text_id, "approve", **yes())

    assert db.connection().exec_driver_sql("SELECT count(*) FROM tagging").scalar() == 0
    assert queries.voices_by_code(a_moderator()) == {}


def test_a_chip_that_is_taken_is_a_persons_tagging_and_says_where_it_came_from(client: FlaskClient) -> None:
    text_id = a_text("Køen til badet er for lang")

    post(client, text_id, "approve", **yes(1, "ADG.KOE", suggested="ADG.KOE", type="KRITIK"))

    found = db.connection().exec_driver_sql(
        "SELECT c.key, t.source, t.round FROM tagging t JOIN code c ON c.guid = t.code_guid ORDER BY c.key"
    )
    assert [tuple(row) for row in found] == [("ADG.KOE", "accepted", "first"), ("KRITIK", "manual", "first")]


def test_other_languages_get_no_suggestions(client: FlaskClient) -> None:
    text_id = a_text("the queue køen", lang="en")

    assert 'name="suggested"' not in client.get(f"/desk/statements/{text_id.hex()}").text


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("approve", yes(1, "ADG.KOE", type="KRITIK")),
        ("reject", {"version": "1", "reason": "spam"}),
        ("reject", {"version": "1", "reason": "hate"}),
        ("hold", {"version": "1", "reason": "unclear"}),
        ("mask", {"word": ["0-3"], "type": "name"}),
    ],
)
def test_pressing_a_button_twice_changes_nothing_more(client: FlaskClient, act: str, fields: dict[str, object]) -> None:
    text_id = a_text("Der er lang kø")
    first = post(client, text_id, act, **fields)
    before = dump()

    again = post(client, text_id, act, **fields)

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert dump() == before


def test_a_code_is_set_never_toggled(client: FlaskClient) -> None:
    text_id = a_text()
    factories.approve(text_id, a_moderator(), "ADG.KOE")
    post(client, text_id, "tag", code="MOD", set="on")
    before = dump()

    post(client, text_id, "tag", code="MOD", set="on")
    assert dump() == before

    for _ in range(2):
        post(client, text_id, "tag", code="MOD", set="off")
    after = dump()
    assert len(after[3]) == len(before[3]) - 1
    assert len(after[4]) == len(before[4]) + 1


def test_a_new_type_takes_the_place_of_the_old_one(client: FlaskClient) -> None:
    text_id = a_text()
    factories.approve(text_id, a_moderator(), type_="KRITIK")

    post(client, text_id, "tag", code="ROS", set="on")

    codes = db.connection().exec_driver_sql("SELECT c.key FROM tagging t JOIN code c ON c.guid = t.code_guid")
    assert [row.key for row in codes] == ["ROS"]


@pytest.mark.parametrize("code", ["AKUT", "VARSEL", "NO.SUCH", "<b>", ""])
def test_a_code_that_is_not_offered_is_refused(client: FlaskClient, code: str) -> None:
    text_id = a_text()
    factories.approve(text_id, a_moderator())

    assert post(client, text_id, "tag", code=code, set="on").status_code == 422


def test_too_late_keeps_what_was_filled_in_and_says_so(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    text_id = a_text("Der er lang kø")
    post(sign_in("moderator"), text_id, "mask", word=["0-3"], type="name")

    answer = post(client, text_id, "approve", **yes(1, "ADG.KOE", type="KRITIK"))

    assert answer.status_code == 409
    assert 'value="ADG.KOE" checked' in answer.text
    assert 'value="KRITIK" checked' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert item(text_id, a_moderator()).state == "waiting"


@pytest.mark.parametrize("act", ["mask", "remask"])
def test_a_mask_that_is_refused_comes_back_with_what_was_filled_in(client: FlaskClient, act: str) -> None:
    text_id = a_text("Der er lang kø")
    if act == "remask":
        factories.approve(text_id, a_moderator())
    filled_in = {"version": 1, "type": "detail", "wording": "en lang", "word": ["0-3", "7-11"]}

    answer = client.post(f"/desk/statements/{text_id.hex()}/{act}", data=filled_in)

    assert answer.status_code == 422
    assert '<option value="detail" selected>' in answer.text
    assert 'value="en lang"' in answer.text
    assert re.findall(r'name="word" value="([^"]+)" checked', answer.text) == ["0-3", "7-11"]
    assert 'id="mask-more" open' in answer.text


def test_too_late_for_an_approved_text_shows_what_was_chosen(client: FlaskClient) -> None:
    text_id = a_text("Der er lang kø")
    factories.approve(text_id, a_moderator())

    answer = post(client, text_id, "approve", **yes(1, "ADG.KOE"))

    assert answer.status_code == 409
    assert "kept-choice" in answer.text


def test_htmx_shows_a_late_answer_too(client: FlaskClient) -> None:
    text_id = a_text("Der er lang kø")
    factories.approve(text_id, a_moderator())

    answer = client.post(
        f"/desk/statements/{text_id.hex()}/approve",
        data=factories.accounts.form(client, "text") | yes(),
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 422  # the only refusal the layout lets htmx show
    assert "<html" not in answer.text


def test_a_form_that_was_open_too_long_comes_back_with_what_was_filled_in(client: FlaskClient) -> None:
    text_id = a_text("Der er lang kø")

    answer = client.post(f"/desk/statements/{text_id.hex()}/approve", data=yes(1, "ADG.KOE"))

    assert answer.status_code == 422
    assert 'value="ADG.KOE" checked' in answer.text
    assert item(text_id, a_moderator()).state == "waiting"


def test_a_form_of_another_session_is_refused(client: FlaskClient, sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text()
    foreign = factories.accounts.form(sign_in("moderator"), "text")

    answer = client.post(f"/desk/statements/{text_id.hex()}/approve", data=foreign | yes())

    assert answer.status_code == 422
    assert item(text_id, a_moderator()).state == "waiting"


@pytest.mark.parametrize("address", ["x", "0" * 32, "0" * 31, "ABCDEF" + "0" * 26, "%00", "..%2f"])
def test_an_unknown_text_is_not_there(client: FlaskClient, address: str) -> None:
    assert client.get(f"/desk/statements/{address}").status_code == 404


def test_an_analyst_reads_approved_texts_by_quarter_and_changes_nothing(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    waiting, done = a_text("Stadig ulæst"), a_text("Køen er lang")
    factories.approve(done, a_moderator(), "ADG.KOE")
    analyst = sign_in("analyst")

    page = analyst.get(f"/desk/statements/{done.hex()}?lang=en").text

    assert "Køen er lang" in page
    assert "quarter 1, 2026" in page
    assert "week 10" not in page
    assert "<form" not in page.split('id="main"')[1]
    assert analyst.get(f"/desk/statements/{waiting.hex()}").status_code == 404
    assert post(analyst, done, "tag", code="MOD", set="on").status_code == 403


def test_a_fragment_is_the_middle_of_the_page_and_speaks(client: FlaskClient) -> None:
    text_id = a_text()

    answer = client.get(f"/desk/statements/{text_id.hex()}?said=approved&lang=en", headers={"HX-Request": "true"})

    assert answer.headers["Vary"] == "HX-Request"
    assert answer.headers["HX-Push-Url"] == f"/desk/statements/{text_id.hex()}"
    assert "<html" not in answer.text
    assert '<p id="said" hx-swap-oob="innerHTML">Approved. 1 left.</p>' in answer.text


def test_a_made_up_word_in_the_address_says_nothing(client: FlaskClient) -> None:
    page = client.get("/desk/queue?said=<b>hej</b>&tray=nowhere").text

    assert "hej" not in page


def test_every_page_is_html_a_browser_need_not_mend(client: FlaskClient) -> None:
    waiting, done = a_text("Spørg efter Karsten på 12345678", is_urgent=True), a_text("Køen er lang")
    factories.approve(done, a_moderator(), "ADG.KOE")
    addresses = [f"/desk/statements/{waiting.hex()}", f"/desk/statements/{done.hex()}", "/desk/codebook"]
    addresses += [f"/desk/queue?tray={tray}" for tray in ("waiting", "urgent", "held", "rejected", "untagged", "read")]

    for address in addresses:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(client.get(address).data, transport_encoding="utf-8")
        assert not parser.errors, (address, parser.errors[:3])
