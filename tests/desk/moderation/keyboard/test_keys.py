"""Keys that a person changes or switches off, and the codes used last."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.moderation.keyboard import keys
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, post, yes


@pytest.fixture
def client(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("moderator")


def save(client: FlaskClient, **typed: str) -> int:
    return client.post("/desk/keys", data=accounts.form(client, "keys", **typed)).status_code


def test_no_two_acts_begin_with_one_key() -> None:
    assert len({act.key for act in keys.ACTS}) == len(keys.ACTS)


def test_a_changed_key_stands_on_its_button_and_in_the_page_of_keys(client: FlaskClient) -> None:
    factories.the_codebook()
    text_id = a_text()

    assert save(client, skip="p") == 303

    card = client.get(f"/desk/statements/{text_id.hex()}").text
    assert "&#34;p&#34;: &#34;skip&#34;" in card
    assert "&#34;s&#34;" not in card
    assert '<kbd aria-hidden="true">p</kbd>' in card
    assert 'name="skip" value="p"' in client.get("/desk/keys").text


def test_switched_off_no_key_is_printed_or_handed_to_the_script(client: FlaskClient) -> None:
    factories.the_codebook()
    text_id = a_text()
    assert "<kbd" in client.get(f"/desk/statements/{text_id.hex()}").text

    save(client, off="yes")

    card = client.get(f"/desk/statements/{text_id.hex()}").text
    assert "<kbd" not in card
    assert 'data-keys="{}"' in card


def test_keys_that_cannot_be_told_apart_come_back_as_typed(client: FlaskClient) -> None:
    for typed in ("j", "1", "ab", "\u0007"):
        answer = client.post("/desk/keys", data=accounts.form(client, "keys", hold="q", skip=typed))

        assert answer.status_code == 422, typed
        assert 'name="hold" value="q"' in answer.text
        assert factories.rows("SELECT * FROM keyboard") == []


def test_an_empty_field_gives_the_first_key_back(client: FlaskClient) -> None:
    save(client, skip="p")
    save(client, skip="")

    assert 'name="skip" value="s"' in client.get("/desk/keys").text


def test_one_persons_keys_are_nobody_elses(client: FlaskClient, sign_in: Callable[..., FlaskClient]) -> None:
    save(client, skip="p")

    assert 'name="skip" value="s"' in sign_in("moderator").get("/desk/keys").text


def test_the_codes_used_last_are_offered_with_a_digit_and_are_never_ticked(client: FlaskClient) -> None:
    factories.the_codebook()
    post(client, a_text("Lang kø"), "approve", **yes(1, "ADG.KOE", "ANSAT", type="KRITIK"))
    following = a_text("Flere senge")

    card = client.get(f"/desk/statements/{following.hex()}").text

    assert 'data-key="recent-1" name="code" value="ADG.KOE"' in card
    assert "recent-2" not in card
    assert "checked" not in card


def test_nine_codes_are_remembered_the_latest_first(content: None) -> None:
    me = a_moderator()
    for n in range(12):
        keys.used(me, [f"A{n}"])
    keys.used(me, ["A9"])
    db.db.session.commit()

    assert keys.of(me).recent == ("A9", "A11", "A10", "A8", "A7", "A6", "A5", "A4", "A3")
