"""Which text comes next, for whom; and the order of learning."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries
from app.desk.moderation.dealing import claims, dealing, trays
from app.desk.moderation.filters.facets import UNSURE, Facets
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, post

WAITING = trays.TRAYS[0]


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def three() -> list[bytes]:
    """Three texts in the order they are read."""
    return [a_text(week=f"2026-W0{n}") for n in (7, 8, 9)]


def following(reader: User, after: bytes | None = None, **facets: str) -> bytes | None:
    row = item(after, reader) if after else None
    place = (row.turn, row.week, row.answer_id) if row else None
    found = dealing.next_text(WAITING, Facets(**facets), reader, place)
    db.db.session.commit()
    return found


def take(text_id: bytes, reader: User) -> None:
    claims.take(item(text_id, reader), reader)
    db.db.session.commit()


def skip(text_id: bytes, reader: User) -> None:
    dealing.skip(item(text_id, reader), reader)
    db.db.session.commit()


def test_the_way_leads_on_and_begins_again_at_the_end() -> None:
    first, second, third = three()
    me = a_moderator()

    assert following(me) == first
    assert following(me, after=first) == second
    assert following(me, after=third) == first


def test_what_is_urgent_comes_first_wherever_one_is() -> None:
    first, _second, _third = three()
    urgent = a_text(week="2026-W10", is_urgent=True)

    assert following(a_moderator(), after=first) == urgent


def test_what_somebody_else_reads_is_not_dealt_out() -> None:
    first, second, _third = three()
    me, other = a_moderator(), a_moderator()
    take(first, other)

    assert following(me) == second
    assert following(other) == first


def test_what_is_skipped_comes_back_last_and_only_to_that_person() -> None:
    first, second, third = three()
    me = a_moderator()

    skip(first, me)
    skip(second, me)

    assert following(me) == third
    assert following(a_moderator()) == first
    skip(third, me)
    assert following(me) == first
    assert following(me, after=first) == second
    assert following(me, after=third) == first


def test_nobody_has_a_decided_text_for_later(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, client = a_text(), sign_in("moderator")
    post(client, text_id, "skip")
    assert len(factories.rows("SELECT * FROM skipped")) == 1

    post(client, text_id, "approve", **factories.yes(1))

    assert factories.rows("SELECT * FROM skipped") == []


def test_who_asks_to_reject_a_text_is_not_dealt_it_again(sign_in: Callable[..., FlaskClient]) -> None:
    first, second, _third = three()
    client = sign_in("moderator")

    answer = post(client, first, "reject", version="1", reason="hate")

    assert second.hex() in answer.location
    asked_by = queries.item(first, a_moderator()).decided_by  # type: ignore[union-attr]
    me = db.db.session.get(User, asked_by)
    assert me is not None
    assert first not in {following(me), following(me, after=second)}
    assert following(a_moderator()) == first


def test_texts_of_the_own_place_are_never_dealt_out() -> None:
    three()
    elsewhere = a_text("Bussen kom ikke", site_code="MUE2", week="2026-W10")

    assert following(a_moderator("GH1")) == elsewhere


@pytest.mark.parametrize(("way", "expected"), [("next", 2), ("previous", 0)])
def test_one_step_along_the_list_decides_nothing(sign_in: Callable[..., FlaskClient], way: str, expected: int) -> None:
    texts = three()

    answer = sign_in("moderator").get(f"/desk/statements/{texts[1].hex()}/{way}?kind=street_house")

    assert answer.location == f"/desk/statements/{texts[expected].hex()}?kind=street_house"


def test_past_the_end_is_the_list(sign_in: Callable[..., FlaskClient]) -> None:
    texts = three()

    assert sign_in("moderator").get(f"/desk/statements/{texts[2].hex()}/next").location == "/desk/queue"


def test_steps_along_approved_texts_go_from_the_newest_week_to_the_oldest(
    sign_in: Callable[..., FlaskClient],
) -> None:
    texts = three()
    for text_id in texts:
        factories.approve(text_id, a_moderator())
    client = sign_in("moderator")

    forward = client.get(f"/desk/statements/{texts[1].hex()}/next?tray=read").location
    back = client.get(f"/desk/statements/{texts[1].hex()}/previous?tray=read").location

    assert texts[0].hex() in forward
    assert texts[2].hex() in back


def test_the_way_stays_within_the_filter(sign_in: Callable[..., FlaskClient]) -> None:
    first, *_others = three()
    kiosk = a_text("Skærmen var langsom", channel="kiosk", week="2026-W10")

    answer = post(sign_in("moderator"), first, "approve?channel=kiosk", **factories.yes(1))

    assert answer.location == f"/desk/statements/{kiosk.hex()}?said=approved&channel=kiosk"


def test_least_sure_first_goes_before_the_older_week() -> None:
    a_text("Der er altid lang kø i køen", week="2026-W07")
    unclear = a_text("Hmm, måske i morgen", week="2026-W09")

    assert following(a_moderator(), order=UNSURE) == unclear


def test_one_text_in_ten_is_drawn_by_lot_whatever_is_unsure(app: Flask) -> None:
    texts = {a_text(f"Der er kø {n}") for n in range(6)}
    me = a_moderator()
    asked: list[int] = []
    app.extensions["dice"] = lambda sides: asked.append(sides) or 0

    drawn = {following(me, order=UNSURE) for _ in range(40)}

    assert set(asked) == {10}
    assert len(drawn) > 1
    assert drawn <= texts


def test_a_mask_set_on_the_way_keeps_the_filter(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, client = a_text("Spørg i køkkenet"), sign_in("moderator")

    card = client.get(f"/desk/statements/{text_id.hex()}?channel=web").text
    answer = post(client, text_id, "mask?channel=web", word=["0-5"], type="place")

    assert f'action="/desk/statements/{text_id.hex()}/mask?channel=web"' in card
    assert answer.location == f"/desk/statements/{text_id.hex()}?said=masked&channel=web"
