"""The content of the track: phases, initiatives, offers."""

import tomllib

import pytest

from app.core.config import ROOT
from app.publication import initiatives

OFFER = {"key", "name", "referral", "group", "basis"}


def _read(name: str) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((ROOT / "content" / f"{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize(("name", "count"), [("phases", 4), ("initiatives", 14), ("offers", 14)])
def test_every_entry_has_a_key_of_its_own(name: str, count: int) -> None:
    keys = [entry["key"] for entry in _read(name)[name]]

    assert len(keys) == len(set(keys)) == count


def test_no_phase_has_a_date_before_the_council_sets_one() -> None:
    assert not [key for phase in _read("phases")["phases"] for key in phase if key.endswith(("_on", "_by"))]


def test_offers_say_whether_one_must_be_referred() -> None:
    offers = _read("offers")["offers"]

    assert all(set(offer) == OFFER for offer in offers)
    assert {offer["referral"] for offer in offers} == {"yes", "no", "not_stated"}


def test_a_proposal_can_name_an_initiative() -> None:
    assert initiatives.names()["mobile_unit"] == "Mobile udsatte-enheder"
