"""What an administrator changes about a place: its name, and whether people can answer there."""

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import audit
from app.surveys.models import Site

LONGEST_NAME = 80
READERS = ("staff", "moderator", "council", "analyst", "admin")
"""Who sees places, surveys and tablets; staff come to their own place only (docs/privacy.md)."""
KEEPERS = ("staff", "admin")
"""Who looks after a place and its tablets, and is told what waits there."""
KINDS = {
    "street_house": N_("Street houses"),
    "mobile_unit": N_("Mobile units"),
    "consumption_room": N_("Consumption rooms"),
}
CHANNELS = {"sms": N_("Text message"), "web": N_("Web page"), "kiosk": N_("Tablet"), "paper": N_("Paper")}
DAYS = {
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
}


class PlaceRefused(Refusal):
    """A change of a place that cannot be made."""


def rename(site: Site, name: str) -> None:
    """Give the place another name; its code, which stands on posters, never changes."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise PlaceRefused(_("Write a name with at most %(number)s characters.", number=LONGEST_NAME))
    if name == site.name:
        return
    audit.record("site.rename", site.code, detail=f"{site.name} > {name}")
    site.name = name


def set_open(site: Site, *, is_open: bool) -> None:
    """Let new answers begin here, or not. Those that have begun may be finished."""
    if site.is_open == is_open:
        return
    site.is_open = is_open
    audit.record("site.open" if is_open else "site.close", site.code)
