"""Loads the demo: places, surveys, accounts and example voices. Running it again changes nothing."""

from datetime import date, datetime

from app.core import config
from app.core.clock import COPENHAGEN
from app.core.config import Settings
from app.core.db import db
from app.demo import crowd, presence, readings, second_readings, story, times
from app.demo.times import Times
from app.desk.accounts import users
from app.desk.moderation import intake, voices
from app.desk.moderation.measures import pace
from app.desk.track import morning
from app.desk.track.telling import receipts
from app.publication import published, releases, tallies
from app.publication.periods import Period
from app.surveys import batches, library, queries, sites, versions

CONTENT = config.ROOT / "content"


def load(now: datetime) -> None:
    """Everything a visitor of the demo needs. Commits step by step: a release begins with nothing open."""
    _places_and_people(now.astimezone(COPENHAGEN).date())
    is_complete = story.is_told()
    db.session.commit()
    found = times.of(now.astimezone(COPENHAGEN).date())
    if is_complete:
        return
    _voices(found, now)
    if not found.has_catalogue:
        return
    _publish(found.before)
    story.answered(found)
    db.session.commit()
    _publish(found.last)
    story.waiting(found)
    morning.ring(now)
    receipts.write(now)
    db.session.commit()


def welcome(settings: Settings, tablet_code: str | None) -> str:
    """What to open, who to be, and how to send a first text."""
    url = settings.public_base_url
    connecting = f"            its code for 15 minutes: {tablet_code}" if tablet_code else ""
    people = "\n".join(f"  {name:6} {role}" for name, _, role in users.DEMO)
    return f"""
Gadens Stemme (demo)

  Citizens    {url}/            a place: {url}/s/GH1
  Results     {url}/resultater
  Desk        {url}/desk/login
  Tablet      {url}/kiosk{connecting}

Sign in with one of these names and the password {settings.demo_password}
{people}

Send a first text, and answer what comes back:
  .venv/bin/stemme sms send --from +4500123456 "GH1"
  .venv/bin/stemme sms chat

Ctrl-C stops everything.
"""


def _places_and_people(today: date) -> None:
    if not queries.site_codes():
        sites.import_file((CONTENT / "sites_demo.toml").read_text("utf-8"), "sites_demo.toml")
    db.session.flush()
    for survey in library.read_folder(CONTENT / "surveys"):
        if queries.survey_version(survey.id, survey.version) is None:
            versions.publish(survey)
    users.add_demo()
    db.session.flush()
    presence.read_in(today)


def _voices(found: Times, now: datetime) -> None:
    if not queries.count_responses():
        crowd.answer(found)
        batches.release(now, size=1)
        intake.take_in()
        readings.read()
        second_readings.read_again()
        pace.note(now.date())
    db.session.commit()


def _publish(period: Period) -> None:
    """On the day it may be, signed by two people, unless it is out already."""
    council, moderator = (users.named(name).id.hex() for name in ("carl", "mona"))
    day = period.may_be_published_on()
    is_out = published.get(period.code) is not None
    if not is_out:
        tallies.freeze(period.code, voices.voices, pace.outcomes, today=day)
    db.session.commit()
    if not is_out:
        releases.publish(period.code, day, council, moderator)
    db.session.commit()
