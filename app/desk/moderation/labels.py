"""What the codes of moderation are called on the screen; templates translate."""

from flask_babel import gettext as _

from app.core import weeks
from app.core.i18n import N_
from app.desk.moderation import states

SITE_KINDS = {
    "street_house": N_("Street house"),
    "mobile_unit": N_("Mobile unit"),
    "consumption_room": N_("Consumption room"),
    None: N_("Place not known"),
}
CHANNELS = {
    "sms": N_("Text message"),
    "web": N_("Own phone or computer"),
    "kiosk": N_("Tablet on site"),
    "paper": N_("Paper"),
}
MARKS = {
    "name": N_("name"),
    "phone": N_("phone number"),
    "cpr": N_("CPR number"),
    "number": N_("long number"),
    "email": N_("e-mail address"),
    "url": N_("web address"),
    "plate": N_("number plate"),
    "bank": N_("bank account"),
    "address": N_("address"),
    "postcode": N_("postcode and town"),
    "staff": N_("member of staff"),
    "place": N_("place that points to someone"),
    "detail": N_("detail that points to someone"),
}
ASKED = {
    "rare": N_("Nothing here is so rare that it points to one person."),
    "group": N_("Nobody can be found because they belong to a small group."),
    "date": N_("No date or event tells who it is."),
    "staff": N_("Staff are named by their job only, also in praise."),
    "wording": N_("No wording could be searched for and found elsewhere."),
}
STATES = {
    states.WAITING: N_("Waiting to be read"),
    states.HELD: N_("Set aside"),
    states.APPROVED: N_("Approved"),
    states.APPROVED_MASKED: N_("Approved with masks"),
    states.REJECTED: N_("Rejected"),
    states.ESCALATED: N_("With safeguarding"),
}
FLAGS = ("PII", "ANSAT", "TREDJE", "SPROG", "INTET")
"""Flags a person may set; the others come with the text."""
REASONS = {**states.HOLD_REASONS, **states.REJECT_REASONS}
SAID = {
    "approved": N_("Approved. %(left)s left."),
    "rejected": N_("Rejected. %(left)s left."),
    "asked": N_("A second moderator is asked before it is rejected. %(left)s left."),
    "held": N_("Set aside. %(left)s left."),
    "skipped": N_("Skipped, it comes back last. %(left)s left."),
    "escalated": N_("Safeguarding has it now. %(left)s left."),
    "masked": N_("The words are masked."),
    "pointed": N_("The words are masked."),
    "translated": N_("The translation is kept."),
    "unmasked": N_("The mask is gone."),
    "covered": N_("The words are masked again."),
    "reopened": N_("Back in the queue."),
    "tagged": N_("Saved."),
    "undone": N_("Undone."),
    "memo": N_("The memo is saved."),
    "grouped": N_("They have the same themes now."),
    "group-changed": N_("Look-alikes have come or gone since you looked. Look at them once more."),
    "memo-gone": N_("The memo is deleted."),
}
"""What the live region says after an act; the address carries only the word on the left."""
LED_ON = ("approved", "rejected", "asked", "held", "skipped", "escalated")
"""After these another text is shown: it takes the focus, and its address the place of the one before."""


def week(iso: str) -> str:
    """'2026-W10' in words."""
    year, number = iso.split("-W")
    said: str = _("week %(week)s, %(year)s", week=int(number), year=year)
    return said


def quarter(iso: str) -> str:
    """The quarter of a week, for who may not know the week."""
    year, month = weeks.month_of_week(iso).split("-")
    said: str = _("quarter %(quarter)s, %(year)s", quarter=(int(month) + 2) // 3, year=year)
    return said
