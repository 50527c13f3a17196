"""What holds for every clock, every frame and every made-up answer."""

import json
import uuid
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core import db, weeks
from app.privacy import kiosk_boxes
from app.privacy.boxes import CannotOpen
from app.surveys import kiosk_answers
from tests.channels.kiosk.tablet import DAY, Tablet, answer, framed

TODAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
DAYS = st.integers(-(10**9), 10**9)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*answer(), "today", ""]), inner),
    max_leaves=8,
)
ONE_PART = st.tuples(st.sampled_from(sorted(answer())), ANY_JSON)


@given(today=TODAYS, day=DAYS, day_now=DAYS)
def test_an_answer_counts_in_one_of_the_last_thirteen_weeks(today: date, day: int, day_now: int) -> None:
    week = kiosk_answers.week_of(day, day_now=day_now, today=today)

    oldest = weeks.week_of(today - timedelta(days=kiosk_answers.OLDEST_DAYS))
    assert oldest <= week <= weeks.week_of(today)


@given(today=TODAYS, waited=st.integers(0, kiosk_answers.OLDEST_DAYS), wrong_by=DAYS)
def test_a_clock_that_is_wrong_by_any_number_of_days_does_no_harm(today: date, waited: int, wrong_by: int) -> None:
    week = kiosk_answers.week_of(wrong_by, day_now=wrong_by + waited, today=today)

    assert week == weeks.week_of(today - timedelta(days=waited))


@given(content=st.binary(max_size=3000))
def test_a_frame_gives_back_what_was_put_in(content: bytes) -> None:
    plain = framed(content)

    assert len(plain) % kiosk_boxes.BLOCK == 0
    assert kiosk_boxes.unframed(plain) == content


@given(plain=st.binary(max_size=1500))
@example(plain=b"\0" * 513)
@example(plain=(509).to_bytes(4, "big") + b"x" * 508)
def test_what_is_no_frame_is_refused_or_is_one(plain: bytes) -> None:
    try:
        content = kiosk_boxes.unframed(plain)
    except CannotOpen:
        return

    assert plain.rstrip(b"\0") == framed(content).rstrip(b"\0")


@given(part=ONE_PART)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_box_is_stored_or_refused_for_good(tablet: Tablet, part: tuple[str, Any]) -> None:
    name, value = part
    key = str(uuid.uuid4())
    content = framed(json.dumps({**answer(), name: value}).encode())

    status = tablet.send(tablet.seal(content, key), key, day_now=DAY).status_code
    db.db.session.rollback()

    assert status in (201, 422)
