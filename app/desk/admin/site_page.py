"""What the page of a place shows those who work there: what waits, when it is open, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.i18n import translate
from app.desk.accounts import queries as people
from app.desk.accounts.models import User
from app.desk.admin import places
from app.desk.admin.numbers import Printed
from app.desk.admin.tablets import Tablet
from app.surveys import help_lines, questions, versions
from app.surveys.help_lines import HelpLine
from app.surveys.models import Site

NEWS_FOR = timedelta(days=14)
"""So long numbers are new."""
NEAREST = 3
"""How many help lines are shown at once; the others are folded away."""


@dataclass(frozen=True)
class Waiting:
    """One thing to look at, in a sentence, and where."""

    sentence: str
    address: str | None = None


@dataclass(frozen=True)
class Day:
    """The opening hours of a day of the week; none where it is closed."""

    name: str
    hours: str | None
    is_today: bool


def waiting(site: Site, user: User, shown: Sequence[Tablet], printed: Printed | None, *, today: date) -> list[Waiting]:
    """What the people of a place should look at, the most pressing first. Never anything that counts answers."""
    found = [Waiting(_("The place is closed for answers. Nobody can answer here now."))] if not site.is_open else []
    for tablet in shown:
        if sentence := _about(tablet):
            found.append(Waiting(sentence, url_for("admin.kiosks.show", device=tablet.id)))
    if not shown and site.kiosk_survey and user.role == "staff":
        found.append(Waiting(_("There is no tablet here yet. Ask an administrator for one.")))
    if printed and today - printed.out_since <= NEWS_FOR:
        found.append(Waiting(_("New numbers from your place: %(period)s.", period=printed.title), "#numbers"))
    return found


def pressing(shown: Sequence[Tablet], names: Mapping[str, str]) -> list[Waiting]:
    """The tablets of all places, by code and name, that need an administrator as much as those who work there."""
    return [
        Waiting(f"{names[tablet.site_code]}, {_about(tablet)}", url_for("admin.kiosks.show", device=tablet.id))
        for tablet in shown
        if tablet.is_pressing
    ]


def _about(tablet: Tablet) -> str:
    """The most pressing thing about a tablet, and how many more there are; '' where all is well."""
    todo = [one.words for one in tablet.warnings]
    todo += [_("Go through its checklist.")] if tablet.checklist_left else []
    if not todo:
        return ""
    first = f"{tablet.label}: {todo[0]}"
    more = len(todo) - 1
    return first + " " + ngettext("And %(num)s more thing.", "And %(num)s more things.", more) if more else first


def week(site: Site, *, today: date, lang: str) -> list[Day]:
    """The days of the week as people say them; empty where the place never closes."""
    if site.hours == "always":
        return []
    days = list(places.DAYS)
    return [
        Day(
            translate(lang, places.DAYS[day]),
            None if site.hours.get(day, "closed") == "closed" else site.hours[day].replace("-", "–"),
            nth == today.weekday(),
        )
        for nth, day in enumerate(days)
    ]


def lines_to_call(site: Site, lang: str) -> tuple[HelpLine, ...]:
    """112, then the nearest: what a person here may be given."""
    book = help_lines.current()
    return help_lines.for_place(book, municipality=site.municipality, region=site.region, lang=lang)


def asked(site: Site, lang: str) -> dict[str, tuple[str, str, str] | None]:
    """What people are asked each way: id, title and language of the title of the survey; None where nothing is."""
    found: dict[str, tuple[str, str, str] | None] = {}
    for channel, words in places.CHANNELS.items():
        survey = versions.open_one(getattr(site, f"{channel}_survey"))
        found[words] = (survey.id, *questions.in_language(survey.title, lang)) if survey else None
    return found


def administrators() -> list[str]:
    """Who looks after places and tablets, by the names others know them by."""
    return [one.display_name for one in people.users() if one.is_active and one.role == "admin"]
