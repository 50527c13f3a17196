"""What holds of every conversation, drawn at random and played with the engine alone."""

import os
from itertools import pairwise

from hypothesis import event, given, settings
from hypothesis import strategies as st

from app.channels.sms import wording
from app.channels.sms.effects import Begin, Delete, Finish, Issue, Place, Store
from app.channels.sms.segments import segments
from tests.channels.sms.said import texts
from tests.channels.sms.talk import Talk

MANY = settings(max_examples=int(os.environ.get("STEMME_EXAMPLES", "150")), deadline=None)
"""STEMME_EXAMPLES=20000 for a long run."""
PASSED = ("answered", "skipped", "declined", "kept")
LEFT = ("stopped", "deleted", "moved")
STANDINGS = ("refused", "breakoff", "words", "partial", "complete")

talks = st.lists(texts, min_size=1, max_size=25)


def open_questions(talk: Talk) -> int:
    return int(talk.state is not None and talk.state.awaits == "answer")


@MANY
@given(talks)
def test_what_is_left_of_the_questions_asked_is_exactly_what_is_open(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        talk.say(text)

        gone = sum(talk.n(what) for what in PASSED) + sum(talk.n(what) - talk.n(what, "") for what in LEFT)
        assert talk.n("asked") - gone == open_questions(talk)


@MANY
@given(talks)
def test_every_conversation_about_a_survey_stands_in_exactly_one_place(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        talk.say(text)

        assert sum(talk.n(one) for one in STANDINGS) == talk.n("opened")
        assert min(talk.counted.values(), default=0) >= 0


@MANY
@given(talks)
def test_a_question_gets_one_hint_at_most(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        talk.say(text)

        for question in {where for _, where in talk.counted}:
            assert talk.n("hint", question) <= talk.n("asked", question)


@MANY
@given(talks)
def test_every_reply_is_short_plain_and_without_an_address(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        reply = talk.say(text)

        assert segments(reply).encoding == "GSM-7"
        assert segments(reply).segments <= 2
        assert "://" not in reply
        assert "www." not in reply
        assert "!" not in reply


@MANY
@given(talks)
def test_effects_come_in_an_order_that_can_be_carried_out(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        talk.say(text)
    alive: set[bytes] = set()
    for effect in talk.effects:
        if isinstance(effect, Begin):
            assert effect.row not in alive
            alive.add(effect.row)
        elif isinstance(effect, Store | Place | Finish | Issue | Delete):
            assert effect.row in alive
            alive -= {effect.row} if isinstance(effect, Delete) else set()


@MANY
@given(talks)
def test_three_words_or_more_are_kept_wherever_they_are_said(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        talk.say(text)
        before = len(talk.words)
        reply = talk.say("der lugter af røg på trappen")

        assert len(talk.words) == before + 1
        assert talk.words[-1] == "der lugter af røg på trappen"
        assert reply


@MANY
@given(talks)
def test_stop_always_ends_it_and_stores_nothing(said: list[str]) -> None:
    talk = Talk()
    talk.say(*said)
    before = talk.words
    event(f"awaits {talk.state.awaits if talk.state else 'nothing'}")

    assert talk.say("STOP") in {text for lang in ("da", "en") for text in _stopped(lang)}
    assert talk.state is None
    assert talk.words == before


@MANY
@given(talks)
def test_help_changes_nothing_but_the_open_list_of_languages(said: list[str]) -> None:
    talk = Talk()
    talk.say(*said)
    before = talk.state.but(lists_languages=False) if talk.state else None

    assert "112" in talk.say("HJÆLP")
    assert talk.state == before


@MANY
@given(talks)
def test_ratings_are_stored_once_and_only_at_the_finish_line(said: list[str]) -> None:
    talk = Talk()
    for text in said:
        talk.say(text)
    rated = [effect for effect in talk.effects if isinstance(effect, Store) and any(s.value for s in effect.said)]

    assert len({effect.row for effect in rated}) == len(rated)
    for store, follows in pairwise(talk.effects):
        if store in rated:
            assert follows == Finish(store.row)


def _stopped(lang: str) -> list[str]:
    return [wording.said(lang, (wording.Sentence(wording.STOPPED),))]
