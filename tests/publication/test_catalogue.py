"""The closed catalogue: what is planned, what is refused, and that every share has its ground beside it."""

import pytest

from app.publication import catalogue, crossings, models, periods
from app.publication.dimensions import Cell
from app.publication.places import Place, Places, PlacesRefused

KINDS = {"street_house": "Gadens Huse", "mobile_unit": "Mobile enheder", "consumption_room": "Stofindtagelsesrum"}
PLACES = Places(
    [
        Place("DK", "country", None, "Hele landet"),
        Place("R-ost", "region", "DK", "Region Østdanmark"),
        Place("R-midt", "region", "DK", "Region Midtjylland"),
        Place("A1", "area", "R-ost", "Nord"),
        Place("K217", "municipality", "A1", "Helsingør"),
        Place("K615", "municipality", "R-midt", "Horsens"),
        Place("GH1", "site", "K217", "Gadens Hus Ankeret", "street_house", own_row=True),
        Place("GH2", "site", "K615", "Gadens Hus Møllen", "street_house"),
        Place("MUE1", "site", "A1", "Mobil enhed Kysten", "mobile_unit"),
    ],
    KINDS,
)


def planned(period: str, table: str | None = None) -> list[Cell]:
    cells = catalogue.planned_cells(catalogue.of_year(2027), periods.parse(period), PLACES)
    return [one.cell for one in cells if table in (None, one.table)]


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_has_its_catalogue(year: int) -> None:
    found = catalogue.of_year(year)

    assert (found.year, found.k, found.min_n) == (year, 5, 10)
    assert {table.id.partition("-")[0] for table in found.tables} == {f"T{nth}" for nth in range(1, 16)}


def test_a_year_without_a_catalogue_publishes_nothing() -> None:
    with pytest.raises(catalogue.CatalogueRefused, match="no catalogue for 1999"):
        catalogue.of_year(1999)


def test_a_month_counts_answers_by_country_region_area_and_municipality() -> None:
    assert [cell.get("place") for cell in planned("2027-M02")] == ["DK", "R-ost", "R-midt", "A1", "K217", "K615"]


def test_a_site_is_printed_only_with_a_row_of_its_own() -> None:
    assert {cell.get("place") for cell in planned("2027-Q1", "T1")} & {"GH1", "GH2", "MUE1"} == {"GH1"}


def test_kinds_of_place_cut_across_the_country_and_each_region() -> None:
    groups = {cell.get("place") for cell in planned("2027-Q1", "T2") if "/" in (cell.get("place") or "")}

    assert groups == {
        "DK/street_house",
        "DK/mobile_unit",
        "R-ost/street_house",
        "R-ost/mobile_unit",
        "R-midt/street_house",
    }


@pytest.mark.parametrize("period", ["2027-Q1", "2027-H2", "2027"])
def test_every_share_has_its_n_and_its_ground_planned_beside_it(period: str) -> None:
    dimensions = catalogue.of_year(2027).dimensions(PLACES)
    cells = {dimensions.cell(dict(cell.dims)) for cell in planned(period)}

    lonely = [
        cell
        for cell in cells
        for dimension, code in dimensions.split_by(cell)
        if cell.without(dimension.id) not in cells
        or ((ground := dimension.ground_of(code)) and cell.moved(dimension.id, ground) not in cells)
    ]

    assert cells
    assert lonely == []


def test_channel_and_helper_are_never_told_by_place() -> None:
    assert {cell.get("place") for table in ("T8", "T9") for cell in planned("2027", table)} == {"DK"}


def test_a_period_of_another_year_is_refused() -> None:
    with pytest.raises(periods.NotAPeriod, match="outside the catalogue"):
        catalogue.planned_cells(catalogue.of_year(2027), periods.parse("2026-Q1"), PLACES)


def test_a_catalogue_whose_crossings_form_a_circle_is_refused() -> None:
    ring = "".join(
        f'[[tables]]\nid = "X{one}{two}"\ntitle = {{ da = "-" }}\nsplits = ["{one}", "{two}"]\nshow = [["y"], ["y"]]\n'
        for one, two in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    splits = "".join(
        f'[[variables]]\nid = "{one}"\nkind = "tree"\nmembers = [{{ code = "y", da = "-" }}]\n' for one in "abc"
    )

    with pytest.raises(crossings.CrossingsFormACircle):
        catalogue.load(f"year = 2027\nk = 5\nmin_n = 10\n{splits}{ring}", "2027.toml")


def test_a_sub_theme_counts_as_its_theme_in_a_circle() -> None:
    with pytest.raises(crossings.CrossingsFormACircle):
        catalogue.refuse_circles([("zone", "theme:KOM"), ("theme:KOM", "rating"), ("rating", "zone")])


def test_a_table_that_shows_what_it_does_not_split_by_is_refused() -> None:
    text = (
        'year = 2027\nk = 5\nmin_n = 10\nvariables = []\n[[tables]]\nid = "T1"\ntitle = { da = "-" }\nshow = [["y"]]\n'
    )

    with pytest.raises(catalogue.CatalogueRefused, match="T1"):
        catalogue.load(text, "2027.toml")


def test_a_place_that_hangs_under_a_smaller_one_is_refused() -> None:
    with pytest.raises(PlacesRefused, match="K1"):
        Places([Place("DK", "country", None, "Hele landet"), Place("K1", "municipality", "K9", "Ukendt")], KINDS)


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_name_of_every_table_fits_where_it_is_stored(year: int) -> None:
    names = [table.id for one in (catalogue.of_year, catalogue.texts_of_year) for table in one(year).tables]
    tables = [one.__table__.c for one in (models.Cell, models.Rendering, models.Quote)]
    columns = (tables[0].table, tables[1].part, tables[2].cell_table)

    assert max(map(len, names)) <= min(column.type.length for column in columns)
