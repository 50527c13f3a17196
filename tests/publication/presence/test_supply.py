"""Stops and hours, areas, and tiles: what is known without any answer."""

from dataclasses import fields

import pytest

from app.publication import tree
from app.publication.presence import municipalities, supply, tiles
from app.publication.presence.ratios import Target
from app.publication.presence.target_sets import TargetSet
from app.surveys.models import Site, Stop

TARGETS = TargetSet("7+8", "18-59", 2014, "x", {"K-kalundborg": Target(150), "K-holbaek": Target(400)})


def a_unit(*stops: tuple[str, str], home: str = "Holbæk") -> Site:
    halts = [
        Stop(key=str(n), name="x", municipality=where, region="sjaelland", hours=[when])
        for n, (where, when) in enumerate(stops)
    ]
    return Site(code="MUE1", kind="mobile_unit", name="Kysten", municipality=home, region="sjaelland", stops=halts)


def a_house(municipality: str) -> Site:
    return Site(
        code="GH1", kind="street_house", name="Ankeret", municipality=municipality, region="sjaelland", stops=[]
    )


@pytest.mark.parametrize(
    ("when", "hours"), [("mon 10:00-13:00", 3), ("thu 09:30-10:15", 0.75), ("fri 22:00-02:00", 4), ("now and then", 0)]
)
def test_a_stop_is_as_long_as_it_says(when: str, hours: float) -> None:
    assert supply.hours(when) == hours


def test_a_unit_has_a_centre_and_a_periphery_and_municipalities_it_never_comes_to() -> None:
    sites = [a_unit(("Kalundborg", "tue 11:00-14:00"), ("Kalundborg", "fri 11:00-14:00")), a_house("Slagelse")]

    unit = supply.units(sites, TARGETS)[0]

    assert [(one.name, one.is_centre, one.stops, one.hours, one.per_thousand) for one in unit.supplied] == [
        ("Holbæk", True, 0, 0, 0),
        ("Kalundborg", False, 2, 6, 40.0),
    ]
    assert unit.without == ("Holbæk", "Lejre", "Næstved", "Odsherred", "Ringsted", "Sorø")  # Slagelse has a house


def test_nothing_of_what_is_known_of_a_stop_holds_answers() -> None:
    names = {field.name for kind in (supply.Reach, supply.Supplied, supply.Unit) for field in fields(kind)}

    assert names == {"houses", "stops", "hours", "name", "is_centre", "per_thousand", "code", "supplied", "without"}


def test_every_municipality_has_an_area_of_its_region_a_code_and_a_tile_of_its_own() -> None:
    every = municipalities.every()
    regions = {one.key: one.region for one in municipalities.areas()}

    assert (len(every), len(regions)) == (98, 17)
    assert {one.area for one in every} == set(regions)
    assert all(tree.region_key(one.region, 2027) == regions[one.area] for one in every)
    assert (
        len({one.code for one in every}) == len({one.tile for one in every}) == len({one.place for one in every}) == 98
    )
    assert all(municipalities.named(one.name) == one == municipalities.by_code(f"0{one.code}") for one in every)
    assert municipalities.named("Københavns Kommune") == municipalities.by_code("101")


def test_names_stand_in_danish_order() -> None:
    assert [one.name for one in municipalities.of_area("soenderjylland")][-1] == "Aabenraa"
    assert [one.name for one in municipalities.of_area("fyn")][-2:] == ["Svendborg", "Ærø"]


def test_from_2027_places_stand_under_health_council_areas_and_before_that_they_do_not() -> None:
    sites = [a_unit(("Kalundborg", "tue 11:00-14:00")), a_house("Slagelse")]

    parents = {
        year: {one["code"]: one.get("parent") for one in tree.build(sites, year).members_json()}
        for year in (2026, 2027)
    }

    assert parents[2026]["MUE1"] == parents[2026]["K-slagelse"] == "R-sjael"
    assert parents[2027]["MUE1"] == parents[2027]["K-slagelse"] == "A-vestsjaelland"
    assert parents[2027]["A-vestsjaelland"] == "R-ost"


def test_a_unit_that_crosses_areas_hangs_under_its_region() -> None:
    members = tree.build([a_unit(("Roskilde", "tue 11:00-14:00"))], 2027).members_json()

    assert next(one["parent"] for one in members if one["code"] == "MUE1") == "R-ost"


def test_the_map_is_as_large_as_its_tiles() -> None:
    width, height = tiles.size()

    assert all(tiles.SIDE * (one.tile[0] + 1) <= width for one in municipalities.every())
    assert all(tiles.SIDE * (one.tile[1] + 1) <= height for one in municipalities.every())
