"""Texts of many telephones in one transaction: each gets what it would get alone, and none is spoilt by another."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.channels.sms import conversation, intake, queries, views
from app.channels.sms.exchange import Letter
from app.channels.sms.providers import Inbound
from app.channels.sms.queries import Known
from app.channels.sms.replies import Reply, TakenMeanwhile
from app.core import clock as clocks
from app.core import config, db, weeks
from app.core.db import Busy
from app.privacy import keys, sealing
from app.privacy.models import SealMonth, Seen
from app.surveys.models import Answer, Response
from tests.channels.sms import factories

pytestmark = pytest.mark.usefixtures("content")
SPOILT = "Den her tekst vil ikke"


def letter(text: str, sender: str) -> Letter:
    form = factories.fields(text, sender=sender)
    return Letter(Inbound(id=form["MessageSid"], sender=sender, text=text))


def stored(letters: Sequence[Letter]) -> list[str]:
    """The replies to letters that came together."""
    return [reply.text if isinstance(reply, Reply) else type(reply).__name__ for reply in views._stored(letters)]


def count(model: type[db.Model]) -> int:
    return db.connection().execute(select(func.count()).select_from(model)).scalar_one()


def senders(n: int) -> list[str]:
    return [factories.a_number() for _ in range(n)]


def test_whole_conversations_side_by_side_go_as_they_go_alone(app: Flask) -> None:
    talk = ("GH1", "4", "ja", "Der mangler senge om natten", "nej")
    alone, others = factories.a_number(), senders(6)

    expected = [factories.text(app, said, sender=alone) for said in talk]
    found = [stored([letter(said, sender) for sender in others]) for said in talk]

    assert found == [[reply] * len(others) for reply in expected]
    assert (count(Response), count(Answer)) == (7, 21)


def test_every_kind_of_text_may_come_together(app: Flask) -> None:
    """A receipt, news, SLET and withdrawal look further than their own conversation; beside them others go on."""
    kinds = {
        "at the offer": ("GH1", "4", "ja", "Der mangler senge", "ja"),
        "takes back": ("GH1", "4", "ja", "Der var koldt i nat", "SLET"),
        "asks": ("NYT",),
        "free words": ("Der er for mange trapper",),
        "courtesy": ("tak",),
        "begins": ("GH1",),
    }
    pairs = {kind: senders(2) for kind in kinds}
    for kind, (*before, _) in kinds.items():
        for said in before:
            for sender in pairs[kind]:
                factories.text(app, said, sender=sender)

    alone = {kind: factories.text(app, said[-1], sender=pairs[kind][0]) for kind, said in kinds.items()}
    together = dict(zip(kinds, stored([letter(said[-1], pairs[kind][1]) for kind, said in kinds.items()]), strict=True))

    assert together.pop("at the offer")[:10] == alone.pop("at the offer")[:10]  # the four words differ
    assert together == alone


def test_one_that_spoils_the_transaction_spoils_it_for_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = conversation.turn

    def failing(state: Any, text: Any, *rest: Any) -> Any:
        if text.body == SPOILT:
            raise ZeroDivisionError
        return turn(state, text, *rest)

    monkeypatch.setattr(conversation, "turn", failing)
    first, second, third = senders(3)

    replies = stored([letter("GH1", first), letter(SPOILT, second), letter("GH1", third)])

    assert replies[1] == "ZeroDivisionError"
    assert replies[0] == replies[2] != ""
    assert queries.open_conversations() == 2


def test_where_nobody_gets_a_turn_nothing_is_stored_and_everybody_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any) -> None:
        raise Busy

    monkeypatch.setattr(queries, "keep", busy)

    with pytest.raises(Busy):
        stored([letter("GH1", sender) for sender in senders(3)])
    assert (count(Seen), queries.open_conversations()) == (0, 0)


def test_the_first_words_of_a_month_are_sealed_once_it_is_made(app: Flask) -> None:
    letters = [letter(f"Der var {n} for lidt", sender) for n, sender in enumerate(senders(4))]

    assert len(set(stored(letters))) == 1
    assert (count(SealMonth), count(Answer)) == (1, 4)


def test_a_text_that_comes_again_beside_new_ones_gets_its_old_reply() -> None:
    first, second = senders(2)
    known = letter("GH1", first)
    before = stored([known])

    assert stored([known, letter("GH1", second)]) == before * 2
    assert queries.open_conversations() == 2


def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch, other: Letter) -> None:
    """Another process takes this text between the next look and what is written because of it."""
    look, others = queries.look, [other]

    def elsewhere(one: Letter) -> None:
        with app.app_context():
            views._stored([one])

    def looking(*given: Any) -> Known:
        found = look(*given)
        if others:
            process = threading.Thread(target=elsewhere, args=(others.pop(),))
            process.start()
            process.join()
        return found

    monkeypatch.setattr(queries, "look", looking)


def test_a_telephone_that_wrote_to_another_process_meanwhile_is_heard_in_order(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is written only where it still stands; then the text is taken anew, and nothing is lost."""
    sender, bystander = senders(2)
    question = stored([letter("GH1", sender)])
    meanwhile(app, monkeypatch, letter("4", sender))

    after, beside = stored([letter("ja", sender), letter("GH1", bystander)])

    assert [beside] == question
    assert queries.open_conversations() == 2
    assert after == last_reply(app, "GH1", "4", "ja")


def last_reply(app: Flask, *said: str) -> str:
    """The reply to the last of these texts."""
    sender = factories.a_number()
    return [factories.text(app, one, sender=sender) for one in said][-1]


def test_words_that_get_their_place_and_are_finished_in_one_turn_keep_both(app: Flask) -> None:
    sender = factories.a_number()

    for said in ("Der er for mange trapper", "GH1"):
        factories.text(app, said, sender=sender)

    assert db.connection().execute(select(Response.site_code, Response.nights_left)).all() == [("GH1", 0)]


def test_slet_beside_words_of_the_same_telephone_ends_with_one_of_them_first(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SLET commits between the look and the writing of an answer: nobody hears of a fault, and nothing is left over."""
    sender, bystander = senders(2)
    for said in ("GH1", "4", "ja"):
        factories.text(app, said, sender=sender)
    meanwhile(app, monkeypatch, letter("SLET", sender))

    words, beside = stored([letter("Der mangler senge om natten", sender), letter("GH1", bystander)])

    assert "Error" not in words
    assert beside == last_reply(app, "GH1")
    assert count(Response) == 1  # the words came behind SLET, and so begin anew


def test_a_text_that_must_go_by_itself_does_not_wait_once_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sender, bystander = senders(2)
    for said in ("GH1", "4", "ja"):
        factories.text(app, said, sender=sender)
    monkeypatch.setattr(views, "_TOGETHER", 0.0)

    late, beside = stored([letter("SLET", sender), letter("GH1", bystander)])

    assert (late, beside) == ("Busy", last_reply(app, "GH1"))
    assert count(Answer) == 2


@pytest.mark.parametrize("seconds_after", [0, 59])
def test_one_message_on_both_sides_of_midnight_is_stored_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, seconds_after: int
) -> None:
    """Another process took it a moment ago, when it was yesterday, and has not committed when we look."""
    one, midnight = letter("Der mangler senge om natten", senders(1)[0]), datetime(2026, 3, 3, tzinfo=UTC)
    after, before = midnight + timedelta(seconds=seconds_after), midnight - timedelta(seconds=1)
    look, first = queries.look, [True]

    def living(now: datetime) -> tuple[keys.DayKey, ...]:
        return keys.DayKeys(config.settings().keys_dir).usable(now, clocks.clock().since_boot())

    def at(now: datetime) -> None:
        intake.take_together([one], living(now), now)
        db.db.session.commit()

    def yesterday() -> None:
        with app.app_context():
            at(before)

    def looking(*given: Any) -> Known:
        found = look(*given)
        if first.pop():
            first.append(False)
            process = threading.Thread(target=yesterday)
            process.start()
            process.join()
        return found

    living(before)
    sealing.month(weeks.month_of_week(weeks.week_of(before.date())))
    db.db.session.commit()
    monkeypatch.setattr(queries, "look", looking)
    with pytest.raises(TakenMeanwhile):
        at(after)
    db.db.session.rollback()

    assert count(Response) == 1
