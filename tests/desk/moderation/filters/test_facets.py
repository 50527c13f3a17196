"""Facets: from closed sets only, never a word."""

import pytest

from app.desk.moderation.filters import facets
from app.desk.moderation.filters.facets import Facets


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "Karsten"}, {"channel": "jeg vil hjem"}, {"spoken": "dansk sprog"}, {"since": "i går"},
        {"until": "2026-W99"}, {"code": "Karsten"}, {"type": "kritik"}, {"flag": "<b>"}, {"order": "tone"},
        {"tray": "Til Mona"}, {"q": "Karsten"},
    ],
)  # fmt: skip
def test_a_word_is_no_facet(given: dict[str, str]) -> None:
    assert facets.parse(given) == Facets()
    assert facets.parse(given).address == {}


def test_facets_read_from_their_own_address_are_the_same() -> None:
    shown = Facets(tray="read", kind="mobile_unit", spoken="ar", since="2026-W40", code="ADG.KOE", flag="ANSAT")

    assert facets.parse(shown.address) == shown
