"""The page of a place for those who work there: what waits, printed figures only, hours, and whom to call."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.core import clock as clocks
from app.core import db
from app.desk.accounts import users
from app.surveys import kiosks, responses, sites
from app.surveys.responses import Setting
from tests.desk.accounts import factories as people
from tests.desk.admin import factories
from tests.desk.admin.test_kiosks import address, text
from tests.desk.track.factories import SUMMER, a_release

SignIn = Callable[..., FlaskClient]
PRINTED = {("T1", "GH1", ""): 36, ("T2", "GH1", "answered"): 32, ("T2", "GH1", "good"): 19, ("T1", "GH2", ""): 91}
"""Of GH1 the release shows how many answered and how many said good; the rest is dashes."""


@pytest.fixture
def quarter(content: None, clock: clocks.Clock) -> None:
    clock.set(SUMMER)
    a_release(printed=PRINTED)


def test_staff_see_the_printed_figures_of_their_place_with_dashes_in_words(sign_in: SignIn, quarter: None) -> None:
    numbers = section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "numbers")

    assert "32 af 36 svarede" in numbers
    assert "19 af 32" in numbers
    assert re.search(r"59 % <small>\(42–74\)", numbers)
    assert numbers.count("skjult for at beskytte dem, der svarede") == 2
    assert "91" not in numbers


def test_the_first_page_of_staff_begins_with_what_is_printed_of_their_place(sign_in: SignIn, quarter: None) -> None:
    page = text(sign_in("staff", "GH1").get("/desk"))

    assert "32 af 36 svarede" in section(page, "numbers")
    assert page.index('id="numbers"') < page.index('id="waiting"')
    assert 'id="numbers"' not in text(sign_in("council").get("/desk"))


@pytest.mark.requirement("R9")
def test_a_place_without_a_printed_row_shows_no_figure(sign_in: SignIn, quarter: None) -> None:
    numbers = section(text(sign_in("staff", "GH3").get("/desk/sites/GH3")), "numbers")

    assert "skjult" in numbers
    assert not {"36", "32", "19", "91"} & set(re.findall(r"\d+", tagless(numbers)))


def test_before_the_first_release_the_page_says_when_figures_come(sign_in: SignIn) -> None:
    assert "mindst 10 har svaret" in section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "numbers")


@pytest.mark.requirement("R9")
def test_answers_that_came_since_change_nothing_on_the_page(sign_in: SignIn, quarter: None) -> None:
    client = sign_in("staff", "GH1")
    before = tokenless(text(client.get("/desk/sites/GH1")))
    for _ in range(12):
        responses.begin(Setting(channel="kiosk", lang="da", week="2026-W22", site_code="GH1", survey_id="five_tap",
                                version=1))  # fmt: skip
    db.db.session.commit()

    assert tokenless(text(client.get("/desk/sites/GH1"))) == before


def test_numbers_are_on_the_page_for_whom_the_matrix_says(sign_in: SignIn, quarter: None) -> None:
    roles = ("staff", "moderator", "council", "analyst", "admin")

    seen = {role for role in roles if 'id="numbers"' in text(sign_in(role).get("/desk/sites/GH1"))}

    assert seen == set(roles) - {"admin"}


def test_what_waits_is_told_to_those_who_look_after_the_place(sign_in: SignIn) -> None:
    factories.a_tablet()

    for role in ("moderator", "council", "analyst"):
        assert 'id="waiting"' not in text(sign_in(role).get("/desk/sites/GH1"))
    for keeper in ("staff", "admin"):
        assert "Ved døren" in section(text(sign_in(keeper).get("/desk/sites/GH1")), "waiting")


def test_a_tablet_is_one_line_with_what_is_most_pressing(sign_in: SignIn) -> None:
    device = factories.a_tablet()

    waiting = section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "waiting")

    assert waiting.count("<li>") == 1
    assert f'href="{address(device)}"' in waiting
    assert "Vi har ikke hørt fra den endnu. Og 2 ting mere." in waiting


def test_where_all_is_well_nothing_waits(sign_in: SignIn) -> None:
    factories.a_sound_tablet()

    assert "Intet venter" in section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "waiting")


def test_staff_meet_what_waits_on_the_first_page_and_nobody_elses(sign_in: SignIn) -> None:
    factories.a_tablet("Ved døren", "GH1")
    factories.a_tablet("I bussen", "MUE1")

    page = section(text(sign_in("staff", "MUE1").get("/desk")), "waiting")

    assert "I bussen" in page
    assert "Ved døren" not in page
    assert 'id="waiting"' not in text(sign_in("council").get("/desk"))


def test_an_administrator_meets_the_tablets_of_all_places_that_are_in_trouble(sign_in: SignIn) -> None:
    factories.a_sound_tablet("Stille", "GH1").contact_day = kiosks.day_number(clocks.today()) - 9
    old = factories.a_sound_tablet("Gammel", "MUE1")
    kiosks.hear(old, replace(factories.WELL, oldest_days=30), clocks.today())
    factories.a_tablet("Ny", "SIR1")
    db.db.session.commit()

    waiting = section(text(sign_in("admin").get("/desk")), "waiting")

    assert "Gadens Hus Ankeret, Stille: Vi har ikke hørt fra den siden" in waiting
    assert "Gammel: Svar har ventet på den i 30 dage." in waiting
    assert waiting.count("<li>") == 2


def test_new_numbers_wait_for_two_weeks(sign_in: SignIn, quarter: None, clock: clocks.Clock) -> None:
    factories.a_sound_tablet()
    client = sign_in("staff", "GH1")
    fresh = section(text(client.get("/desk/sites/GH1")), "waiting")
    clock.set(SUMMER + timedelta(days=15))
    later = section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "waiting")

    assert "#numbers" in fresh
    assert "#numbers" not in later


def test_a_closed_place_says_so_first(sign_in: SignIn) -> None:
    site = sites.by_code("GH1")
    assert site is not None
    site.is_open = False
    db.db.session.commit()
    factories.a_tablet()

    first = section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "waiting").partition("<li>")[2]

    assert first.startswith("Stedet er lukket for svar.")


def test_hours_mark_today_and_a_place_that_never_closes_says_so(sign_in: SignIn) -> None:
    client = sign_in("moderator")
    week = section(text(client.get("/desk/sites/GH1")), "hours")
    always = section(text(client.get("/desk/sites/MUE1")), "hours")

    assert re.search(r'class="now">Mandag \(i dag\)</dt><dd class="now">08:00–20:00', week)
    assert week.count('class="now"') == 2
    assert "Altid åbent" in always
    assert "Havnepladsen" in always


def test_112_comes_first_and_who_looks_after_tablets_is_named(sign_in: SignIn) -> None:
    people.a_user("admin", name="anna")
    gone = people.a_user("admin", name="borte")
    gone.display_name = "Borte"
    users.leave(gone.name, clocks.today())
    db.db.session.commit()

    call = section(text(sign_in("staff", "GH1").get("/desk/sites/GH1")), "call")

    assert call.index('href="tel:112"') == call.index('href="tel:')
    assert "Tal med Admin" in call
    assert "Borte" not in call


def test_a_hostile_label_stays_text_where_it_waits(sign_in: SignIn) -> None:
    factories.a_tablet("<b>hus</b>")
    client = sign_in("staff", "GH1")

    for where in ("/desk", "/desk/sites/GH1", "/desk/kiosks"):
        page = text(client.get(where))
        assert "<b>hus</b>" not in page
        assert "&lt;b&gt;hus&lt;/b&gt;" in page


def test_posters_are_one_press_away(sign_in: SignIn) -> None:
    client = sign_in("staff", "GH1")
    posters = section(text(client.get("/desk/sites/GH1")), "posters")
    found = re.search(r'class="button" href="([^"]+)"', posters)

    assert found
    assert client.get(found[1]).status_code == 200


def section(page: str, name: str) -> str:
    """The part of the page under this heading."""
    begin = page.index(f'aria-labelledby="{name}"')
    return page[begin : page.index("</section>", begin)]


def tagless(part: str) -> str:
    return re.sub(r"<[^>]+>", " ", part)


def tokenless(page: str) -> str:
    return re.sub(r'name="form_token" value="[^"]+"', "", page)
