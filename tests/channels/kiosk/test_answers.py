"""Sealed answers: opened, checked, their words sealed anew, stored once; every answer to the tablet is a number."""

import uuid
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.core import clock, db, metrics
from app.privacy import receipts, wordlist
from app.surveys import definition, versions
from tests.channels.kiosk import stored
from tests.channels.kiosk.conftest import Connect
from tests.channels.kiosk.tablet import DAY, WEEK, Tablet, answer
from tests.content import demo_surveys


@pytest.fixture
def four() -> list[str]:
    """Four words of the list."""
    return list(wordlist.words()[:4])


def test_an_answer_is_stored_with_its_words_sealed(tablet: Tablet) -> None:
    assert tablet.says(helped="peer").status_code == 201

    response = stored.the_one()
    assert (response.channel, response.site_code, response.week, response.lang) == ("kiosk", "GH1", WEEK, "da")
    assert (response.survey_id, response.version, response.helped, response.quote_ok) == ("five_tap", 1, "peer", True)
    assert stored.answers(response) == {
        "today": ("value", "4"),
        "mattered": ("value", "safety,food"),
        "safe": ("value", "yes"),
        "respect": ("skipped", None),
        "change": ("words", "Flere senge"),
    }


def test_the_answer_says_nothing_but_its_number(tablet: Tablet) -> None:
    taken = tablet.says()

    assert taken.data == b""
    assert taken.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in taken.headers


def test_a_lost_acknowledgement_counts_once(tablet: Tablet) -> None:
    key = str(uuid.uuid4())
    box = tablet.seal(answer(), key)

    first, again = tablet.send(box, key), tablet.send(box, key, day_now=DAY + 2)

    assert (first.status_code, again.status_code) == (201, 200)
    assert len(stored.responses()) == stored.remembered() == 1


def test_another_box_under_the_same_name_overwrites_nothing(tablet: Tablet) -> None:
    key = str(uuid.uuid4())
    tablet.send(tablet.seal(answer(), key), key)

    other = tablet.send(tablet.seal(answer(answers={"today": "1"}), key), key)

    assert other.status_code == 409
    assert stored.answers(stored.the_one())["today"] == ("value", "4")


@pytest.mark.parametrize("is_same", [True, False])
def test_two_requests_of_one_name_at_the_same_moment(app: Flask, tablet: Tablet, is_same: bool) -> None:
    key = str(uuid.uuid4())
    boxes = [tablet.seal(answer(), key)] * 2 if is_same else [tablet.seal(answer(), key) for _ in range(2)]
    cookie = tablet.client.get_cookie("kiosk", path="/kiosk")
    assert cookie is not None
    together, answered = Barrier(2), []

    def send(box: bytes) -> None:
        tab = Tablet(app.test_client(), tablet.device, tablet.kid, tablet.point)
        tab.client.set_cookie("kiosk", cookie.value, path="/kiosk")
        together.wait()
        answered.append(tab.send(box, key).status_code)

    threads = [Thread(target=send, args=(box,)) for box in boxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answered) == ([200, 201] if is_same else [201, 409])
    assert len(stored.responses()) == 1


def test_two_long_texts_in_the_widest_script_fit(app: Flask, connect: Connect) -> None:
    tablet = connect(words_screen=True)
    words = {"change": "ع" * 2000}

    assert tablet.says(lang="ar", words=words).status_code == 201
    assert stored.answers(stored.the_one())["change"] == ("words", words["change"])


CLOCKS = (
    (DAY, DAY, WEEK),
    (DAY - 7, DAY, "2026-W09"),
    (DAY - 1, DAY, "2026-W09"),
    (0, 7, "2026-W09"),
    (90_000, 90_014, "2026-W08"),
    (DAY + 40, DAY, WEEK),
    (DAY - 4000, DAY, "2025-W49"),
    (-5, -5, WEEK),
)
"""Day of the answer, day it was sent, both by the tablet's clock; the week it counts in."""


def test_a_wrong_clock_gives_the_right_week(tablet: Tablet) -> None:
    for day, day_now, _ in CLOCKS:
        key = str(uuid.uuid4())
        tablet.send(tablet.seal(answer(day=day), key), key, day_now=day_now)

    assert sorted(response.week for response in stored.responses()) == sorted(week for _, _, week in CLOCKS)


def test_an_old_version_finds_its_questions(tablet: Tablet) -> None:
    survey = next(one for one in demo_surveys() if one.id == "five_tap")
    newer = definition.from_json(definition.to_json(survey).replace('"version":1', '"version":2'))
    versions.publish(newer)
    versions.close("five_tap", 1)
    db.db.session.commit()

    assert tablet.says().status_code == 201
    assert stored.the_one().version == 1


def test_answers_on_a_way_not_taken_are_not_kept(tablet: Tablet) -> None:
    tablet.says(answers={"today": "4", "safe": "yes", "where": "door"})

    assert set(stored.answers(stored.the_one())) == {"today", "safe", "change"}


def test_questions_not_reached_are_no_skipped_ones(tablet: Tablet) -> None:
    tablet.says(answers={"today": None}, words={}, completion="partial")

    response = stored.the_one()
    assert response.is_partial
    assert stored.answers(response) == {"today": ("skipped", None)}


def test_who_left_half_way_leaves_no_words(tablet: Tablet) -> None:
    tablet.says(completion="partial")

    assert "change" not in stored.answers(stored.the_one())


def test_words_left_empty_were_skipped(tablet: Tablet) -> None:
    tablet.says(words={"change": " \n"})

    assert stored.answers(stored.the_one())["change"] == ("skipped", None)


def test_a_burst_and_a_test_are_marked(tablet: Tablet) -> None:
    tablet.says(burst=True, test=True)

    response = stored.the_one()
    assert (response.is_burst, response.is_test, response.is_partial) == (True, True, False)


def test_a_word_of_danger_is_read_first(tablet: Tablet) -> None:
    tablet.says(words={"change": "jeg vil ikke leve mere"})
    tablet.says(words={"change": "mere kaffe"})

    assert sorted(stored.urgent()) == [False, True]


def test_signs_nobody_can_read_are_left_out(tablet: Tablet) -> None:
    tablet.says(words={"change": "Fle\x00re\ud800 senge\r\nog ro"})

    assert stored.answers(stored.the_one())["change"] == ("words", "Flere senge\nog ro")


def test_the_tablets_own_words_open_the_receipt(tablet: Tablet, four: list[str]) -> None:
    tablet.says(receipt=four)

    found = receipts.find(" ".join(four).upper())
    assert found is not None
    assert found.response_id == stored.the_one().id


def test_words_somebody_holds_already_give_no_receipt_and_are_counted(
    app: Flask, tablet: Tablet, four: list[str]
) -> None:
    tablet.says(receipt=four)

    second = tablet.says(receipt=four)

    assert second.status_code == 201
    assert len(stored.responses()) == 2
    assert stored.receipts() == 1
    clock.clock().moved_by += metrics.HOUR + 1
    shown = app.test_client().get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).text
    assert "stemme_kiosk_receipts_taken_total 1" in shown
