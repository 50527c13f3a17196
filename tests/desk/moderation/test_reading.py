"""Reading a text: approved or rejected by people who say why, all of it or nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import changing, opening, reading, states, tagging
from app.privacy import receipts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import HOSTILE, a_moderator, a_text, item, post


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


def decision(row: Any, *codes: str, **chosen: Any) -> reading.Decision:
    said = tagging.Chosen(codes=frozenset(codes), **chosen)
    return reading.Decision(version=row.version, asked=frozenset(reading.ASKED), chosen=said)


def test_hostile_words_are_approved_without_what_turns_the_page(mona: User) -> None:
    text_id = a_text("\x00 " + HOSTILE)

    factories.approve(text_id, mona)

    ((text,),) = factories.rows("SELECT text FROM statement")
    assert text == "<script>alert(1)</script> esrever 😡 ring [telefon] & \"sig\" 'hej'"


def test_approving_writes_statement_codes_receipt_and_log_together(mona: User) -> None:
    response_id = factories.a_response("Køen er for lang")
    words = receipts.issue(response_id, factories.WEEK)
    db.db.session.commit()

    factories.approve(factories.text_of(response_id), mona, "ADG.KOE", "MOD", type_="KRITIK")

    receipt = receipts.find(" ".join(words))
    assert receipt is not None
    assert (receipt.is_read, receipt.themes) == (True, "ADG,MOD")
    assert factories.rows("SELECT text, folded FROM statement") == [("Køen er for lang", "koeen er for lang")]
    assert factories.rows("SELECT count(*) FROM tagging") == [(3,)]
    assert list(factories.acts()) == [("text.approve", "", 1, "")]


def test_nothing_is_kept_when_one_part_fails(mona: User) -> None:
    text_id = a_text()
    row = item(text_id, mona)

    with pytest.raises(tagging.UnknownCode):
        reading.approve(row, decision(row, "NO.SUCH"), mona)
    db.db.session.rollback()

    assert item(text_id, mona).state == states.WAITING
    assert factories.rows("SELECT count(*) FROM statement") == [(0,)]


def test_two_texts_of_one_person_share_a_voice(mona: User) -> None:
    response_id = factories.a_response("Køen er lang", "Maden er god")
    for text_id in factories.texts_of(response_id):
        factories.approve(text_id, mona)
    factories.approve(a_text("En anden stemme"), mona)

    assert len(factories.rows("SELECT DISTINCT voice FROM statement")) == 2
    assert (response_id,) not in factories.rows("SELECT DISTINCT voice FROM statement")


@pytest.mark.parametrize("missing", reading.ASKED)
def test_approval_answers_all_five_questions(mona: User, missing: str) -> None:
    row = item(a_text(), mona)
    asked = frozenset(reading.ASKED) - {missing}

    with pytest.raises(changing.NotYet):
        reading.approve(row, reading.Decision(version=1, asked=asked, chosen=tagging.Chosen()), mona)


def test_the_gate_looks_once_more_before_approval(mona: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = item(a_text("Karsten er rar"), mona)
    real, calls = opening.masking.spans, []

    def blind_at_first(text: str, allow: frozenset[str] = frozenset()) -> list[Any]:
        calls.append(text)
        return real(f"spørg efter {text}", allow)[:0] if len(calls) < 3 else real("Hilsen Karsten", allow)

    monkeypatch.setattr(opening.masking, "spans", blind_at_first)

    with pytest.raises(reading.StillThere) as refusal:
        reading.approve(row, decision(row), mona)

    assert [mark.type for mark in refusal.value.found] == ["name"]
    assert "Karsten" not in str(refusal.value)


@pytest.mark.parametrize("reason", ["spam", "empty", "duplicate", "not_feedback", "privacy_of_others"])
def test_one_moderator_rejects_what_is_no_feedback(mona: User, reason: str) -> None:
    response_id = factories.a_response("asdf")
    words = receipts.issue(response_id, factories.WEEK)
    text_id = factories.text_of(response_id)

    assert reading.reject(item(text_id, mona), 1, reason, "", mona)

    assert item(text_id, mona).state == states.REJECTED
    receipt = receipts.find(" ".join(words))
    assert receipt is not None
    assert receipt.is_read


@pytest.mark.parametrize("reason", sorted(states.NEED_SECOND))
def test_hate_harm_and_other_wait_for_a_second_person(mona: User, reason: str) -> None:
    text_id, malik = a_text(), a_moderator()

    for version in (1, 2):
        assert not reading.reject(item(text_id, mona), version, reason, "et angreb på en gruppe", mona)
    assert item(text_id, mona).state == states.WAITING

    assert reading.reject(item(text_id, malik), 3, reason, "enig, et angreb", malik)
    found = item(text_id, mona)
    assert (found.state, found.decided_by, found.agreed_by) == (states.REJECTED, mona.id, malik.id)


def test_who_agrees_need_not_say_again_why(mona: User, sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text()
    reading.reject(item(text_id, mona), 1, "other", "Prøvet af på stedet", mona)
    db.db.session.commit()
    malik = sign_in("moderator")

    page = malik.get(f"/desk/statements/{text_id.hex()}").text
    assert re.findall(r'name="reason" value="([a-z_]+)" required checked', page) == ["other"]

    assert post(malik, text_id, "reject", version="2", reason="other", note="").status_code == 303
    rejected = item(text_id, mona)
    assert (rejected.state, rejected.note) == ("rejected", "Prøvet af på stedet")


def test_a_second_person_with_another_reason_starts_again(mona: User) -> None:
    text_id, malik = a_text(), a_moderator()
    reading.reject(item(text_id, mona), 1, "hate", "", mona)

    assert not reading.reject(item(text_id, malik), 2, "harm", "", malik)


def test_a_second_person_may_approve_instead(mona: User) -> None:
    text_id, malik = a_text(), a_moderator()
    reading.reject(item(text_id, mona), 1, "hate", "", mona)

    factories.approve(text_id, malik)

    found = item(text_id, mona)
    assert (found.state, found.reason, found.decided_by) == (states.APPROVED, None, malik.id)


def test_other_needs_a_few_words_and_they_pass_the_masker(mona: User) -> None:
    text_id = a_text()

    with pytest.raises(changing.NotYet):
        reading.reject(item(text_id, mona), 1, "other", "fordi", mona)
    reading.reject(item(text_id, mona), 1, "other", "Det er fra spørg efter Karsten", mona)

    assert "Karsten" not in item(text_id, mona).note


def test_a_rejected_text_has_no_statement_and_can_be_read_again(mona: User) -> None:
    text_id = a_text()
    reading.reject(item(text_id, mona), 1, "empty", "", mona)
    assert factories.rows("SELECT count(*) FROM statement") == [(0,)]

    reading.reopen(item(text_id, mona), 2, mona)

    assert item(text_id, mona).state == states.WAITING


def test_a_text_whose_month_is_gone_says_so(mona: User, sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text("Karsten")
    db.connection().exec_driver_sql("DELETE FROM seal_month")
    db.db.session.commit()

    page = sign_in("moderator").get(f"/desk/statements/{text_id.hex()}?lang=en")

    assert page.status_code == 200
    assert "can no longer be opened" in page.text
