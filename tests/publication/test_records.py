"""What one record may tell: no closer than five people, and a site only in a crowd of fifty."""

from app.publication.records import Records, Where

WEEK, AUTUMN = "2026-W10", "2026-W40"
SITES = {
    "GH1": ("street_house", {2026: "R-hoved"}),
    "GH2": ("street_house", {2026: "R-hoved"}),
    "GH3": ("street_house", {2026: "R-syd"}),
    "MUE1": ("mobile_unit", {2026: "R-syd"}),
}


def of(*counts: tuple[str, str | None, int], week: str = WEEK, site: str | None = "GH1") -> Where | None:
    rule = Records([(week, site, "web", n) for week, site, n in counts], SITES)
    return rule.of(week, site, "web")


def test_five_people_may_be_told_by_kind_region_and_quarter() -> None:
    assert of((WEEK, "GH1", 5)) == Where("2026-Q1", "street_house", "R-hoved", "", "web")


def test_four_are_told_by_their_kind_in_the_whole_country() -> None:
    found = of((WEEK, "GH1", 4), (WEEK, "GH3", 1))

    assert found == Where("2026-Q1", "street_house", "", "", "web")


def test_where_their_kind_is_too_small_too_only_the_quarter_is_told() -> None:
    assert of((WEEK, "MUE1", 2), (WEEK, None, 3), site="MUE1") == Where("2026-Q1", "", "", "", "web")


def test_where_not_even_the_quarter_hides_them_they_are_left_out() -> None:
    assert of((WEEK, "GH1", 4), (AUTUMN, "GH1", 50)) is None


def test_those_who_are_told_closer_do_not_hide_those_who_are_not() -> None:
    """Five at one place do not make four elsewhere a crowd of nine: what stands there tells them apart."""
    assert of((WEEK, "GH1", 4), (WEEK, "GH3", 5)) is None


def test_a_site_of_fifty_in_the_half_year_is_named_in_both_its_quarters() -> None:
    first, second = of((WEEK, "GH1", 40), ("2026-W20", "GH1", 10)), of((WEEK, "GH1", 40), ("2026-W20", "GH1", 9))

    assert (first and first.site, second and second.site) == ("GH1", "")


def test_a_site_is_not_named_where_that_would_give_the_one_beside_it_away() -> None:
    assert of((WEEK, "GH1", 60), (WEEK, "GH2", 3)) == Where("2026-Q1", "street_house", "R-hoved", "", "web")
    assert of((WEEK, "GH1", 60), (WEEK, "GH2", 55)) == Where("2026-Q1", "street_house", "R-hoved", "GH1", "web")


def test_a_channel_few_used_is_not_told() -> None:
    rule = Records([(WEEK, "GH1", "web", 20), (WEEK, "GH1", "paper", 4)], SITES)

    assert [one and one.channel for one in (rule.of(WEEK, "GH1", "web"), rule.of(WEEK, "GH1", "paper"))] == ["web", ""]


def test_what_has_no_known_place_is_told_by_its_quarter() -> None:
    assert of((WEEK, None, 5), site=None) == Where("2026-Q1", "", "", "", "web")
