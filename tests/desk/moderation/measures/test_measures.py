"""The measures of the desk's work: what each counts, and who sees which part."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import reading
from app.desk.moderation.measures import agreeing, board, pace, queries
from app.publication import periods
from tests.desk.moderation.factories import a_moderator, a_text, approve, item, rows, the_codebook
from tests.desk.moderation.second_coding.factories import code_second, coded_first, settle

Q1 = periods.parse("2026-Q1")
TODAY = date(2026, 3, 12)
"""A Thursday of week 11."""


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


@pytest.fixture
def malik() -> User:
    return a_moderator()


def reject(text_id: bytes, by: User, reason: str = "spam") -> None:
    row = item(text_id, by)
    reading.reject(row, row.version, reason, "", by)
    db.db.session.commit()


def values(name: str, by: User, today: date = TODAY) -> tuple[str, ...]:
    found = {one.name: one.values for one in board.measures(by, Q1, today)}
    db.db.session.commit()
    return found[name]


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """What the measures say, in English."""
    with app.test_request_context("/desk/measures?lang=en"):
        yield


def test_the_oldest_that_waits_is_as_old_as_the_end_of_its_week(english: None, mona: User) -> None:
    a_text(week="2026-W10")
    approve(a_text(week="2026-W08"), mona)

    assert values("Oldest waiting", mona) == ("week 10, 2026, at least 4 days",)


def test_what_waits_with_safeguarding_is_in_no_number(english: None, mona: User) -> None:
    approve(a_text(), mona)
    before = queries.decided(Q1.weeks, mona)

    db.connection().exec_driver_sql("UPDATE text_item SET state = 'escalated'")

    assert sum(before.values()) == 1
    assert queries.decided(Q1.weeks, mona) == {}
    assert list(queries.standing(Q1.weeks)) == []


def test_a_week_is_looked_at_once_when_its_time_is_up(mona: User) -> None:
    approve(a_text(week="2026-W08"), mona)
    reject(a_text(week="2026-W08"), mona)
    late = a_text(week="2026-W08")
    a_text(week="2026-W09")

    pace.note(date(2026, 3, 8))  # the Sunday that ends week 10: week 8 has until midnight
    early = rows("SELECT * FROM week_read")
    pace.note(date(2026, 3, 9))
    approve(late, mona)
    pace.note(date(2026, 3, 10))

    assert early == []
    assert rows("SELECT week, decided, undecided FROM week_read") == [("2026-W08", 2, 1)]
    assert queries.weeks_read(Q1.weeks) == (2, 3)


def test_coded_by_two_and_settled(english: None, mona: User, malik: User) -> None:
    one, two, _three = (coded_first(mona, "ADG.KOE", said=f"Tekst {nth}") for nth in range(3))
    code_second(one, malik, "MOD")
    code_second(two, malik, "TRY")
    settle(one, malik, "MOD")

    assert values("Coded by two", mona) == ("2 of 3",)
    assert values("Disagreements settled", mona) == ("1 of 2",)
    assert values("Agreement", mona)[0].endswith("over 2 texts")


def test_rejections_are_counted_by_their_reason(english: None, mona: User) -> None:
    reject(a_text(), mona)
    approve(a_text(), mona)

    assert values("Left out", mona) == ("1 of 2", "Spam or advertising: 1")


def test_masks_and_looks(english: None, mona: User) -> None:
    approve(a_text("Ring 12 34 56 78 om senge"), mona)
    approve(a_text("Flere senge"), mona)

    assert values("Masked", mona)[0] == "1 of 2"


@pytest.mark.requirement("R8")
def test_the_wall_stands_around_numbers_too(english: None, mona: User) -> None:
    approve(a_text(), mona)
    tied = a_moderator("GH1")

    assert sum(queries.decided(Q1.weeks, mona).values()) == 1
    assert queries.decided(Q1.weeks, tied) == {}
    assert queries.voices(Q1.weeks, tied) == 0


def test_who_may_not_read_the_texts_sees_no_small_count(english: None) -> None:
    council, analyst = board.Reader(User(role="council")), board.Reader(User(role="analyst"))

    assert (council.count(4), council.count(5), analyst.count(4)) == ("–", "5", "4")
    assert [council.share(*one) for one in ((4, 40), (37, 40), (5, 9), (0, 40))] == ["–"] * 4
    assert council.share(12, 40) == "12 of 40 (30 %)"
    assert analyst.share(1, 3) == "1 of 3"


def test_every_page_opens(sign_in: Callable[..., FlaskClient], mona: User, malik: User) -> None:
    coded_first(mona, "ADG.KOE", type_="KRITIK", again=(malik, ("MOD", "KRITIK")))

    for role in ("moderator", "analyst", "council"):
        client = sign_in(role)
        pages = {way: client.get(f"/desk/measures{way}?quarter=2026-Q1&lang=en") for way in ("", "/agreement", "/log")}

        assert {page.status_code for page in pages.values()} == {200}
        assert ("Only the first" in pages["/agreement"].text) is (role != "council")


def test_a_number_too_small_to_show_is_not_called_impossible(
    sign_in: Callable[..., FlaskClient], mona: User, malik: User
) -> None:
    coded_first(mona, "ADG.KOE", type_="KRITIK", again=(malik, ("MOD", "KRITIK")))
    client = sign_in("council")

    board_page = client.get("/desk/measures?quarter=2026-Q1&lang=en").text
    agreement_page = client.get("/desk/measures/agreement?lang=en").text

    assert "cannot be worked out" not in board_page + agreement_page
    assert '<th scope="row">Agreement</th><td>–</td>' in board_page
    assert "No code has enough texts yet." in agreement_page
    assert "<tbody>" not in agreement_page, "a table with a head and nothing below it"


def test_sub_codes_of_one_theme_agree_on_the_theme_and_weak_codes_are_named(mona: User, malik: User) -> None:
    for nth in range(20):
        again = (malik, ("ADG.AAB" if nth % 2 else "TRY",))
        coded_first(mona, "ADG.KOE" if nth % 2 else "MOD", said=f"Tekst {nth}", again=again)

    found = agreeing.of(mona, None)

    kappa = {line.code.key: line.table.kappa for line in (*found.themes, *found.subs)}
    assert kappa["ADG"] == 1
    assert kappa["ADG.KOE"] == 0
    assert {line.code.key for line in found.tighten} == {"MOD", "TRY", "ADG.KOE", "ADG.AAB"}
    assert (found.n, agreeing.of(mona, 99).n) == (20, 0)
    assert agreeing.of(a_moderator("GH1"), None).n == 0, "the wall"


def test_what_has_changed_names_both_quarters(sign_in: Callable[..., FlaskClient], mona: User) -> None:
    for nth in range(10):
        coded_first(mona, "ADG.KOE", "ADG", said=f"Tekst {nth}", week="2026-W10")
        coded_first(mona, "MOD", said=f"Før {nth}", week="2025-W50")

    page = sign_in("analyst").get("/desk/measures/themes?quarter=2026-Q1&lang=en").text

    assert "10 of 10 answers (100 %, uncertainty 72–100 %) against 0 of 10 answers (0 %, uncertainty 0–28 %)" in page
    assert page.count("The difference is larger than chance usually makes.") == 2
    assert "10 answers with words this quarter" in page
    assert "Difference −100 to " in page, "a minus sign, not a hyphen"
    assert "not a sample of everybody" in page
