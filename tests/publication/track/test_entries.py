"""The public copy of the track: what is shown, what is shown again, and what is gone."""

from datetime import date

import pytest
from flask import Flask

from app.core import db
from app.publication import track
from app.publication.track import Link
from tests.publication.track import factories


def test_what_is_shown_again_says_what_holds_now_and_keeps_its_first_day(app: Flask) -> None:
    factories.show("A7", ("carries_out", "B2"), ("carries_out", "B3"), state="started")
    again = factories.entry("A7", ("carries_out", "B3"), state="done", day=date(2027, 9, 1), parts={"progress": 100})

    track.show(again)
    db.db.session.commit()
    found = track.entry("A7")

    assert found is not None
    assert (found.state, found.parts, found.links) == ("done", {"progress": 100}, (Link("carries_out", "B3"),))
    assert (found.first_on, found.changed_on) == (date(2027, 5, 3), date(2027, 9, 1))


def test_the_chain_is_followed_down_and_what_is_hidden_is_on_no_page(app: Flask) -> None:
    factories.show("U5")
    factories.show("F3", ("stands_on", "U5"))
    factories.show("B2", ("answers", "F3"), ("considered", "U5"))

    assert track.linked_to("U5") == [Link("considered", "B2"), Link("stands_on", "F3")]
    track.hide("B2")
    track.hide("B9")
    assert [one.code for one in track.entries()] == ["F3", "U5"]
    assert track.linked_to("U5") == [Link("stands_on", "F3")]
    assert [one.code for one in track.entries("finding")] == ["U5"]


@pytest.mark.parametrize(
    ("code", "given"),
    [("U0", {}), ("U5/", {"kind": "finding"}), ("F3", {"kind": "finding"}), ("U5", {"title": {"en": "Words"}})],
)
def test_what_is_no_object_of_the_track_is_a_bug_of_the_caller(code: str, given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=code):
        track.show(factories.entry(code, **given))


def test_a_link_names_a_relation_of_the_track() -> None:
    with pytest.raises(ValueError, match="likes"):
        track.show(factories.entry("F3", ("likes", "U5")))


def test_codes_stand_as_people_count() -> None:
    assert track.in_order(["U10", "B2", "U9"]) == ["B2", "U9", "U10"]
