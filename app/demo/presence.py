"""Target groups and offers of the demo: invented numbers for every municipality, read in as a person would."""

from datetime import date

from app.demo.voices import FOLDER
from app.desk.accounts import users
from app.publication.presence import offers, queries, target_groups

FILES = ("target_groups.csv", "target_shares.csv")
NEARBY = (
    ("vestsjaelland", "street_workers"),
    ("vestsjaelland", "social_drive_out"),
    ("nordsjaelland", "contact_person"),
)
SOURCE = "Opdigtet eksempel"


def read_in(today: date) -> None:
    """The two files, unless some are here already, and what exists in two areas."""
    if queries.files():
        return
    for name in FILES:
        target_groups.take_in((FOLDER / name).read_bytes(), by=users.named("aksel").id.hex(), today=today)
    for area, key in NEARBY:
        offers.note_nearby(area, key, source=SOURCE, seen_on=today, today=today)
