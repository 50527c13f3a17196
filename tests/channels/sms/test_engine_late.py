"""Texts that the webhook missed and the sweep found: what was sent before the open question cannot answer it."""

import pytest

from app.channels.sms import wording
from app.core.i18n import translate
from tests.channels.sms.talk import Talk


@pytest.fixture
def talk() -> Talk:
    """GH1 at 10:00, the second question asked at 10:10."""
    talk = Talk()
    talk.say("GH1")
    talk.wait(10)
    talk.say("4")
    return talk


def test_a_late_rating_is_dropped_and_the_open_question_stands(talk: Talk) -> None:
    before = talk.state

    assert talk.found_later("3", minutes=5) == ""

    assert talk.state == before
    assert (talk.n("late"), talk.n("answered", "respect")) == (1, 0)


def test_late_words_are_kept_and_answer_nothing(talk: Talk) -> None:
    assert talk.found_later("der var meget koldt", minutes=5) == ""

    assert talk.words == ["der var meget koldt"]
    assert talk.state is not None
    assert [rating.question for rating in talk.state.ratings] == ["last_time"]
    assert talk.n("late") == 0


def test_a_recovered_text_that_was_sent_after_the_question_answers_it(talk: Talk) -> None:
    talk.wait(3)
    talk.found_later("ja", minutes=2)

    assert talk.n("answered", "respect") == 1


@pytest.mark.parametrize("text", ["hvad", "START"], ids=["a hint", "repeated"])
def test_a_question_that_is_put_again_is_not_younger(talk: Talk, text: str) -> None:
    talk.wait(5)
    talk.say(text)
    talk.wait(5)
    talk.found_later("ja", minutes=7)

    assert talk.n("answered", "respect") == 1


@pytest.mark.parametrize("word", ["STOP", "stop gh1", "SLET"])
def test_a_late_stop_stops_all_the_same(talk: Talk, word: str) -> None:
    assert talk.found_later(word, minutes=5)

    assert talk.state is None
    assert talk.turn is not None
    assert talk.turn.is_vital


def test_late_help_is_given(talk: Talk) -> None:
    assert "112" in talk.found_later("hjælp", minutes=5)


def test_late_words_of_danger_get_help_lines_and_nothing_else(talk: Talk) -> None:
    reply = talk.found_later("jeg vil ikke leve mere", minutes=5)

    assert reply.startswith("Er du i fare? Ring 112.")
    assert "respekt" not in reply
    assert talk.words == ["jeg vil ikke leve mere"]


@pytest.mark.parametrize("text", ["SPRING", "START", "START MUE2", "MUE2", "JA", "?", "😀", "vil ikke svare"])
def test_nothing_else_that_is_late_moves_the_conversation(talk: Talk, text: str) -> None:
    before = talk.state

    talk.found_later(text, minutes=5)

    assert talk.state is not None
    assert (talk.state.place, talk.state.ratings) == (before.place, before.ratings) if before else False


def test_a_late_answer_does_not_turn_down_the_offer() -> None:
    talk = Talk()
    talk.say("GH1", "4", "ja")
    talk.wait(10)
    talk.say("Mere te")

    assert talk.found_later("nej", minutes=5) == ""
    assert talk.say("ja") != translate("da", wording.THANKS)
    assert talk.n("receipt_yes") == 1


def test_a_text_without_the_carriers_time_is_never_late(talk: Talk) -> None:
    talk.now = talk.now.replace(hour=3)
    talk.say("ja")

    assert talk.n("answered", "respect") == 1
