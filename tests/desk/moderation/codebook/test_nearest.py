"""Before a code is added, the nearest are shown: no twin is born because nobody looked."""

import pytest

from app.desk.moderation.codebook import nearest, shipped
from app.desk.moderation.codebook.standing import Standing

BOOK = Standing({line.guid: line for line in shipped.read()[1]})


@pytest.mark.parametrize(
    ("name", "definition", "twin"),
    [
        ("Lukketider", "Hvornår der er lukket", "ADG.AAB"),
        ("Lang ventetid", "", "ADG.KOE"),
        ("Hunde", "Om hunden må komme med ind", "BAS.HUN"),
        ("Tandpine", "Tænder og tandlæge", "SUN.TND"),
        ("Mad og måltider", "", "BAS.MAD"),
        ("Politiet", "Betjente og visitation", "TRY.POL"),
    ],
)
def test_a_twin_is_among_the_first_two(name: str, definition: str, twin: str) -> None:
    assert twin in [line.key for line in nearest.codes(BOOK, name, definition)][:2]


def test_what_has_nothing_in_common_is_held_against_its_neighbours() -> None:
    found = nearest.codes(BOOK, "Xyzzy", parent_key="OKO")

    assert [line.parent_key for line in found[:4]] == ["OKO"] * 4
    assert len(found) == nearest.MOST
