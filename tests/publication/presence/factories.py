"""Target groups of tests, and a published period for them to stand beside."""

from datetime import date

from app.core import db
from app.publication.models import Release
from app.publication.presence import target_groups
from app.publication.presence.target_groups import COUNTS, SHARES
from tests.desk.track.factories import a_release

HALF = "2026-H1"
TODAY = date(2026, 8, 1)
SHOWN = {
    ("T1", "DK", ""): 200, ("T1", "K-helsingoer", ""): 60, ("T1", "DK/mobile_unit", ""): 30,
    ("T10", "DK", "da"): 150, ("T10", "DK/mobile_unit", "da"): 25,
    ("T11-age", "DK", "answered"): 100, ("T11-age", "DK", "under_30"): 8, ("T11-age", "DK", "30_39"): 20,
}  # fmt: skip
"""What the half-year prints; every other figure is a dash, that of Horsens too."""


def a_half(period: str = HALF) -> Release:
    """A published half-year."""
    return a_release(period, SHOWN)


def counts(*rows: str) -> None:
    """`Helsingør;217;400;320;480` and so on, as a file that was read in."""
    parts = [row.split(";") for row in rows]
    lines = [f"{code};{name};7+8;18-59;{';'.join(numbers)};2014;VIVE" for name, code, *numbers in parts]
    target_groups.take_in("\n".join((";".join(COUNTS), *lines)).encode(), by="aksel", today=TODAY)
    db.db.session.commit()


def shares(*rows: str) -> None:
    """`age;under_30;19;16;22` and so on."""
    lines = [f"7+8;{row};2021;SUSY" for row in rows]
    target_groups.take_in("\n".join((";".join(SHARES), *lines)).encode(), by="aksel", today=TODAY)
    db.db.session.commit()
