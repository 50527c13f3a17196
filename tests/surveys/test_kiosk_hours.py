"""The hours of a place as the tablet reckons them."""

from app.surveys import kiosk_hours

HOUR = 60


def test_always_is_the_whole_week() -> None:
    assert kiosk_hours.of_week("always") == [(0, 7 * 24 * HOUR, "0")]


def test_days_are_counted_from_sunday_and_closed_ones_are_left_out() -> None:
    assert kiosk_hours.of_week({"mon": "08:30-18:00", "sun": "closed", "wed": "09:00-21:00"}) == [
        (24 * HOUR + 8 * HOUR + 30, 24 * HOUR + 18 * HOUR, "8.30"),
        (3 * 24 * HOUR + 9 * HOUR, 3 * 24 * HOUR + 21 * HOUR, "9"),
    ]


def test_a_night_is_one_stretch() -> None:
    assert kiosk_hours.of_week({"mon": "20:00-08:00"}) == [(44 * HOUR, 56 * HOUR, "20")]


def test_the_night_after_saturday_stands_at_both_ends_of_the_week() -> None:
    assert kiosk_hours.of_week({"sat": "20:00-08:00"}) == [(-4 * HOUR, 8 * HOUR, "20"), (164 * HOUR, 176 * HOUR, "20")]


def test_a_place_that_never_opens_has_no_hours() -> None:
    assert kiosk_hours.of_week({}) == []
