"""Who has not been heard yet, as everybody meets it."""

import re
from collections.abc import Iterator

import pytest

from app.channels.web import map_views
from app.core.clock import Clock
from tests.channels.web.conftest import Arrive
from tests.desk.track.factories import SUMMER, a_release
from tests.publication.presence import factories

ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """The page is made once for each release; every test has releases of its own."""
    map_views._made.cache_clear()
    yield
    map_views._made.cache_clear()


@pytest.fixture
def half(content: None, clock: Clock) -> None:
    """A half-year with target groups beside it."""
    clock.set(SUMMER)
    factories.a_half()
    factories.counts("Helsingør;217;1000;800;1200", "Horsens;615;900;;", "Odense;461;670;;")


def test_a_row_has_a_bar_only_where_its_figure_is_shown(half: None, arrive: Arrive) -> None:
    page = arrive("en").visit("/resultater/kort?lang=en").page
    rows = {row: "<rect" in row for row in ROW.findall(page.html)}

    shown = [row for row, has_bar in rows.items() if has_bar]
    assert len(shown) == 1
    assert "Helsingør" in shown[0]
    assert "6.0 <small>(3.8–9.7)" in shown[0]
    hidden = [row for row in rows if "Horsens" in row]
    assert "hidden to protect those who answered" in hidden[0]
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", hidden[0]))
    assert "style=" not in page.html.partition("</style>")[2]


def test_places_stand_area_by_area_with_the_period_in_each_caption(half: None, arrive: Arrive) -> None:
    page = arrive("en").visit("/resultater/kort?lang=en").page

    headings = re.findall(r"<h3><bdi>(Sundhedsråd .*?)</bdi></h3>", page.html)
    assert len(headings) == 17
    assert headings[:2] == ["Sundhedsråd Vendsyssel", "Sundhedsråd Limfjorden"]
    assert all("2026" in caption for caption in re.findall(r"<caption>(.*?)</caption>", page.html))
    assert "What people say is counted with the unit: Holbæk, Kalundborg, Odsherred" in page.text


def test_everybody_is_pointed_to_people_only_with_a_half_year(content: None, clock: Clock, arrive: Arrive) -> None:
    clock.set(SUMMER)
    a_release("2026-Q1", {("T1", "DK", ""): 96})
    factories.counts("Odense;461;670;;")

    quarter = arrive("en").visit("/resultater/kort?lang=en").page.text

    assert "Here we should go and ask" not in quarter
    assert "Nothing of ours yet: Assens, Faaborg-Midtfyn" in quarter


def test_without_figures_the_page_says_so_and_an_unknown_question_is_an_unknown_address(
    content: None, arrive: Arrive
) -> None:
    visitor = arrive("en")

    assert "There are no figures yet." in visitor.visit("/resultater/kort?lang=en").page.text
    assert visitor.visit("/resultater/kort?place=GH1").page.status == 404


def test_the_page_is_kept_by_its_tag_and_changes_with_a_new_file(half: None, arrive: Arrive) -> None:
    client = arrive("en").client
    first = client.get("/resultater/kort?lang=en")

    again = client.get("/resultater/kort?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    factories.counts("Slagelse;330;250;;")
    changed = client.get("/resultater/kort?lang=en")

    assert (again.status_code, changed.status_code) == (304, 200)
    assert changed.headers["ETag"] != first.headers["ETag"]
