"""Where a conversation can stand: nothing else can be put into a box, or be taken out of one."""

import json
from typing import Any

import pytest

from app.channels.sms import states, wording
from app.channels.sms.states import Conversation, NotInTheTable, Rating, Unreadable
from app.core.i18n import LANGUAGES, translate
from app.privacy import boxes
from tests.channels.sms.talk import Talk

ROW = b"r" * 16
ASKING: dict[str, Any] = {"awaits": "answer", "lang": "da", "place": "GH1", "survey": "sms_core", "version": 1}
IMPOSSIBLE: list[dict[str, Any]] = [
    {**ASKING, "awaits": "nothing"},
    {**ASKING, "place": None},
    {**ASKING, "survey": None},
    {**ASKING, "version": None},
    {**ASKING, "tries": 2},
    {**ASKING, "lang": "xx"},
    {"awaits": "place", "lang": "da"},
    {**ASKING, "awaits": "place"},
    {"awaits": "offer", "lang": "da"},
    {"awaits": "offer", "lang": "da", "row": ROW, "tries": 1},
]


@pytest.mark.parametrize("fields", IMPOSSIBLE, ids=str)
def test_a_conversation_that_is_not_in_the_table_cannot_be_made(fields: dict[str, Any]) -> None:
    with pytest.raises(NotInTheTable):
        Conversation(**fields)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff", b'{"awaits":"answer","lang":"da"}', b'{"awaits":"offer","lang":"da","more":1}',
     b'{"awaits":"offer","lang":"da","row":"not base64!"}'],
)  # fmt: skip
def test_a_box_of_another_make_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        states.from_bytes(content)


def test_a_box_gives_back_what_was_put_in() -> None:
    full = Conversation(
        **ASKING, site_kind="shelter", tries=1, row=ROW, filed_in="en", asked_at=1_772_445_600,
        ratings=(Rating(question="last_time", kind="value", value="4"), Rating(question="respect", kind="skipped")),
    )  # fmt: skip

    assert states.from_bytes(states.to_bytes(full)) == full


def test_the_fullest_conversation_is_as_large_in_its_box_as_the_emptiest() -> None:
    ratings = tuple(Rating(question="a_long_question_id", kind="value", value="staff,safety") for _ in range(3))
    full = Conversation(
        **ASKING, site_kind="drop_in_centre", tries=1, row=ROW, filed_in="en", asked_at=1_772_445_600, ratings=ratings,
        is_past_finish=True, lists_languages=True,
    )  # fmt: skip

    sizes = {len(boxes.pad(states.to_bytes(one), 512)) for one in (full, Conversation(**ASKING))}
    assert sizes == {512}


def test_the_box_holds_no_words_of_the_person() -> None:
    talk = Talk()
    talk.say("GH1", "4 fordi der var varmt", "ja", "Mere te")

    assert talk.state is not None
    assert "varmt" not in json.loads(states.to_bytes(talk.state)).__repr__()
    assert "te" not in {rating.value for rating in talk.state.ratings}


def test_a_bare_answer_after_a_lost_box_is_told_so() -> None:
    talk = Talk()

    assert talk.say("4", has_lost_thread=True) == translate("da", wording.LOST)
    assert talk.say("Flere senge om natten", has_lost_thread=True) == translate("da", wording.FREE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chosen_language_stays_and_texts_go_out_in_one_that_was_read(lang: str) -> None:
    talk = Talk()
    reply = talk.say(f"GH1 {lang}")

    assert talk.state is not None
    assert talk.state.lang == lang
    assert ("Ring 112" in reply) == (wording.spoken(lang) == "da")
