"""The page about how people answered by text message, and the figures that are kept for it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.publication import dispositions, finished, queries
from app.surveys import paradata
from app.surveys.paradata import Event, Happening

ADDRESS = "/desk/surveys/sms_core/1/answering"
SETTLED = date(2026, 4, 1)
"""The Wednesday after the last Sunday of the first quarter: W13 ends on 29 March."""
ENDS: dict[tuple[Happening, str], int] = {
    ("complete", ""): 60, ("partial", "change"): 12, ("breakoff", "respect"): 14, ("refused", "last_time"): 9,
    ("words", "last_time"): 2, ("hint", "last_time"): 31, ("hint", "respect"): 4,
}  # fmt: skip


def talk(times: int = 1, week: str = "2026-W05", *, kind: str = "street_house", lang: str = "da") -> None:
    """A quarter's worth of Danish conversations at street houses."""
    for (what, question), n in ENDS.items():
        event = Event(
            what=what, question=question, survey="sms_core", version=1, site_kind=kind, lang=lang, n=times * n
        )
        paradata.count(week, [event])
    db.db.session.commit()


def decide(today: date = SETTLED) -> list[str]:
    """Let the guard decide whatever is due; what it was."""
    done = []
    while one := dispositions.decide_next(today):
        db.db.session.commit()
        done.append(f"{one.survey_id} {one.version} {one.period.code}")
    return done


def test_a_quarter_is_decided_once_it_has_been_over_for_two_days(app: Flask, content: None) -> None:
    talk()

    assert decide(date(2026, 3, 31)) == []
    assert decide(date(2026, 4, 1)) == ["sms_core 1 2026-Q1"]
    assert decide(date(2026, 4, 2)) == []


def test_each_quarter_stands_by_itself(app: Flask, content: None) -> None:
    talk(week="2026-W13")
    talk(week="2026-W14")

    assert decide(date(2026, 7, 1)) == ["sms_core 1 2026-Q1", "sms_core 1 2026-Q2"]


def test_what_is_hidden_is_not_kept_either(app: Flask, content: None) -> None:
    talk()
    decide()

    (kept,) = queries.answering("sms_core", 1)

    assert min(one["value"] for one in kept.figures) >= 5
    assert not any(one["dims"].get("course") == "words" for one in kept.figures)


def test_what_was_decided_does_not_change_when_the_tally_does(
    sign_in: Callable[..., FlaskClient], app: Flask, content: None
) -> None:
    talk()
    decide()
    before = read(sign_in("analyst"))

    talk()

    assert read(sign_in("analyst")) == before


def test_words_without_a_survey_are_decided_too(app: Flask, content: None) -> None:
    paradata.count("2026-W05", [Event(what="placed", n=20), Event(what="unplaced", n=11), Event(what="help", n=3)])
    db.db.session.commit()

    assert decide() == [" 0 2026-Q1"]


def test_a_week_with_help_alone_is_no_quarter_to_decide(app: Flask, content: None) -> None:
    paradata.count("2026-W05", [Event(what="help", n=3), Event(what="crisis", n=1)])
    db.db.session.commit()

    assert finished.undecided(SETTLED) == []


def test_the_page_says_how_many_and_what_completion_is(sign_in: Callable[..., FlaskClient], content: None) -> None:
    talk()
    decide()

    page = read(sign_in("analyst"))

    assert "72 af 97" in page
    assert "74 % (65–82)" in page


def test_the_page_claims_no_response_rate(sign_in: Callable[..., FlaskClient], content: None) -> None:
    talk()
    decide()

    assert page_of(sign_in("analyst")).count("response rate") == 1  # where it says that there is none


def test_the_page_asks_for_other_words_where_many_did_not_understand(
    sign_in: Callable[..., FlaskClient], content: None
) -> None:
    talk()
    decide()

    note = sign_in("analyst").get(ADDRESS, query_string={"lang": "en"}).get_data(as_text=True).split('class="note"')[1]

    assert "How was it here last time?" in note.split("</ul>")[0]
    assert "Were you treated with respect?" not in note.split("</ul>")[0]


def test_a_hidden_figure_has_neither_number_nor_bar(sign_in: Callable[..., FlaskClient], content: None) -> None:
    talk()
    decide()

    row = re.findall(r"<tr>(?:(?!</tr>).)*Words only.*?</tr>", page_of(sign_in("analyst")), re.DOTALL)

    assert row
    assert not any("<rect" in one or re.search(r"\d", one.split("</th>")[1].replace('colspan="2"', "")) for one in row)


def test_before_the_first_quarter_is_over_the_page_says_when(sign_in: Callable[..., FlaskClient]) -> None:
    page = page_of(sign_in("council"))

    assert "There is nothing to show yet." in page
    assert "1 April 2026" in page


@pytest.mark.parametrize(("role", "status"), [("moderator", 200), ("staff", 403), ("peer", 403), ("admin", 403)])
def test_only_those_who_read_all_places_numbers_read_these(
    sign_in: Callable[..., FlaskClient], role: str, status: int
) -> None:
    client = sign_in(role, "GH1" if role == "staff" else None)

    assert client.get(ADDRESS).status_code == status


def test_the_surveys_page_leads_there_for_readers_only(sign_in: Callable[..., FlaskClient]) -> None:
    assert ADDRESS in sign_in("analyst").get("/desk/surveys").get_data(as_text=True)
    assert ADDRESS not in sign_in("admin").get("/desk/surveys").get_data(as_text=True)


def test_a_version_there_is_none_of_is_not_found(sign_in: Callable[..., FlaskClient]) -> None:
    assert sign_in("analyst").get(ADDRESS.replace("/1/", "/9/")).status_code == 404


def page_of(client: FlaskClient) -> str:
    return client.get(ADDRESS, query_string={"lang": "en"}).get_data(as_text=True)


def read(client: FlaskClient) -> str:
    """The words of the Danish page."""
    text = client.get(ADDRESS, query_string={"lang": "da"}).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<main")[1]).split()).replace("( ", "(")
