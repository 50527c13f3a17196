"""Reading a text: masked before it is seen, changed by hand, approved or rejected by people who say why."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts import audit
from app.desk.accounts import queries as accounts
from app.desk.accounts.models import User
from app.desk.moderation import changing, masks, opening, reading, states, tagging
from app.privacy import receipts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item

HOSTILE = "<script>alert(1)</script> \u202eesrever\u202c 😡 ring 12 34 56 78 & \"sig\" 'hej'"


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


def opened(text_id: bytes, reader: User) -> opening.Opened:
    return opening.open_(item(text_id, reader))


def decision(row: Any, *codes: str, **chosen: Any) -> reading.Decision:
    said = tagging.Chosen(codes=frozenset(codes), **chosen)
    return reading.Decision(version=row.version, asked=frozenset(reading.ASKED), chosen=said)


def rows(statement: str) -> list[Any]:
    found = [tuple(row) for row in db.connection().exec_driver_sql(statement)]
    db.db.session.commit()
    return found


def acts() -> Iterator[tuple[str, str, int | None, str]]:
    for row in accounts.audit_chain():
        yield row.act, row.target, row.count, row.detail


def place_of(text_id: bytes, reader: User) -> tuple[int, int, str]:
    return opened(text_id, reader).marks[0].place


def test_a_text_is_masked_before_anybody_sees_it(sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text("Spørg efter Karsten på 12 34 56 78")

    page = sign_in("moderator").get(f"/desk/statements/{text_id.hex()}").text

    assert "[navn]" in page
    assert "[telefon]" in page
    assert "Karsten" not in page
    assert "12 34" not in page


def test_hostile_words_are_words_on_the_page(sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text(HOSTILE)
    client = sign_in("moderator")

    page = client.get(f"/desk/statements/{text_id.hex()}").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "12 34" not in page


def test_hostile_words_are_approved_without_what_turns_the_page(mona: User) -> None:
    text_id = a_text("\x00 " + HOSTILE)

    factories.approve(text_id, mona)

    ((text,),) = rows("SELECT text FROM statement")
    assert text == "<script>alert(1)</script> esrever 😡 ring [telefon] & \"sig\" 'hej'"


def test_approving_writes_statement_codes_receipt_and_log_together(mona: User) -> None:
    response_id = factories.a_response("Køen er for lang")
    words = receipts.issue(response_id, factories.WEEK)
    db.db.session.commit()

    factories.approve(factories.text_of(response_id), mona, "ADG.KOE", "MOD", type_="KRITIK")

    receipt = receipts.find(" ".join(words))
    assert receipt is not None
    assert (receipt.is_read, receipt.themes) == (True, "ADG,MOD")
    assert rows("SELECT text, folded FROM statement") == [("Køen er for lang", "koeen er for lang")]
    assert rows("SELECT count(*) FROM tagging") == [(3,)]
    assert list(acts()) == [("text.approve", "", 1, "")]


def test_nothing_is_kept_when_one_part_fails(mona: User) -> None:
    text_id = a_text()
    row = item(text_id, mona)

    with pytest.raises(tagging.UnknownCode):
        reading.approve(row, decision(row, "NO.SUCH"), mona)
    db.db.session.rollback()

    assert item(text_id, mona).state == states.WAITING
    assert rows("SELECT count(*) FROM statement") == [(0,)]


def test_two_texts_of_one_person_share_a_voice(mona: User) -> None:
    response_id = factories.a_response("Køen er lang", "Maden er god")
    for text_id in factories.texts_of(response_id):
        factories.approve(text_id, mona)
    factories.approve(a_text("En anden stemme"), mona)

    assert len(rows("SELECT DISTINCT voice FROM statement")) == 2
    assert (response_id,) not in rows("SELECT DISTINCT voice FROM statement")


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


def test_words_masked_by_hand_are_gone_after_approval(mona: User) -> None:
    text_id = a_text("Den eneste kvinde i kørestol 😡 her")
    row = item(text_id, mona)
    words = [word for piece in opened(text_id, mona).pieces for word in piece.words][1:5]

    masks.mask(row, [(word.start, word.end) for word in words], "detail", "en, der kommer her", mona)
    factories.approve(text_id, mona)

    assert rows("SELECT text FROM statement") == [("Den [en, der kommer her] 😡 her",)]
    assert rows("SELECT state FROM text_item") == [("approved_masked",)]


def test_masking_the_same_words_twice_is_masking_them_once(mona: User) -> None:
    text_id = a_text("Den eneste kvinde i kørestol")

    for _ in range(2):
        masks.mask(item(text_id, mona), [(4, 10)], "place", "", mona)
        db.db.session.commit()

    assert rows("SELECT start, stop, type FROM mask_span") == [(4, 10, "place")]
    assert item(text_id, mona).version == 2


def test_places_outside_the_text_are_left_out(mona: User) -> None:
    text_id = a_text("Kort")

    masks.mask(item(text_id, mona), [(0, 4000), (9, 3), (2, 2)], "name", "", mona)

    assert opened(text_id, mona).marks == ()


def test_a_wording_in_place_of_a_detail_passes_the_masker_too(mona: User) -> None:
    text_id = a_text("Den eneste kvinde")

    masks.mask(item(text_id, mona), [(4, 10)], "detail", "spørg efter Karsten på 12345678", mona)

    assert "Karsten" not in opened(text_id, mona).masked
    assert "1234" not in opened(text_id, mona).masked


def test_a_mask_set_by_hand_can_be_removed(mona: User) -> None:
    text_id = a_text("Den eneste kvinde")
    masks.mask(item(text_id, mona), [(4, 10), (11, 17)], "place", "", mona)

    masks.unmask(item(text_id, mona), place_of(text_id, mona), "", mona)

    assert opened(text_id, mona).masked == "Den eneste kvinde"


def test_a_wrong_mask_is_kept_readable_with_a_reason_and_leaves_a_row(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = place_of(text_id, mona)

    with pytest.raises(changing.NotYet):
        masks.unmask(item(text_id, mona), place, "because", mona)
    masks.unmask(item(text_id, mona), place, "wrongly_masked", mona)
    db.db.session.commit()

    assert opened(text_id, mona).masked == "Spørg efter Karsten"
    assert list(acts()) == [("mask.keep", text_id.hex(), None, "name wrongly_masked")]
    factories.approve(text_id, mona)
    assert rows("SELECT text FROM statement") == [("Spørg efter Karsten",)]


def test_what_was_kept_readable_can_be_masked_again(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = place_of(text_id, mona)
    masks.unmask(item(text_id, mona), place, "wrongly_masked", mona)

    masks.mask_again(item(text_id, mona), place)

    assert opened(text_id, mona).masked == "Spørg efter [navn]"


@pytest.mark.parametrize("said", ["ring 12345678", "cpr 010190-1234", "skriv til a@b.dk", "se www.eksempel.dk/mig"])
def test_a_number_or_an_address_on_the_net_is_never_kept(mona: User, said: str) -> None:
    text_id = a_text(said)

    with pytest.raises(states.NotAllowed):
        masks.unmask(item(text_id, mona), place_of(text_id, mona), "wrongly_masked", mona)

    assert masks.look(item(text_id, mona), place_of(text_id, mona), "to_understand")


def test_a_look_behind_a_mask_is_written_down_without_what_was_seen(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")

    seen = masks.look(item(text_id, mona), place_of(text_id, mona), "to_understand")

    assert seen == "Karsten"
    assert list(acts()) == [("mask.look", text_id.hex(), None, "name to_understand")]
    assert not list(audit.faults())


def test_a_look_needs_a_reason(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")

    with pytest.raises(changing.NotYet):
        masks.look(
            item(text_id, mona),
            place_of(text_id, mona),
            "",
        )

    assert list(acts()) == []


def test_a_look_shows_the_words_in_that_answer_only(sign_in: Callable[..., FlaskClient], mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = "-".join(map(str, place_of(text_id, mona)))
    client = sign_in("moderator")

    looked = factories.post(client, text_id, "look", mark=place, reason="to_understand")

    assert "Karsten" in looked.text
    assert looked.headers["Cache-Control"] == "no-store"
    assert "Karsten" not in client.get(f"/desk/statements/{text_id.hex()}").text


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
    assert rows("SELECT count(*) FROM statement") == [(0,)]

    reading.reopen(item(text_id, mona), 2, mona)

    assert item(text_id, mona).state == states.WAITING


def test_a_text_whose_month_is_gone_says_so(mona: User, sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text("Karsten")
    db.connection().exec_driver_sql("DELETE FROM seal_month")
    db.db.session.commit()

    page = sign_in("moderator").get(f"/desk/statements/{text_id.hex()}?lang=en")

    assert page.status_code == 200
    assert "can no longer be opened" in page.text


def test_our_own_places_are_nobodys_name(mona: User) -> None:
    text_id = a_text("Der er altid varmt hos Gadehuset i Aarhus")

    assert "[navn]" not in opened(text_id, mona).masked
