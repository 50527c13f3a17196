"""Loads the demo: places, surveys, accounts and example voices. Running it again changes nothing."""

from datetime import datetime

from app.core import config
from app.core.config import Settings
from app.core.db import db
from app.desk.accounts import users
from app.surveys import library, queries, sites, versions

CONTENT = config.ROOT / "content"


def load(now: datetime) -> None:
    """Everything a visitor of the demo needs; the caller commits."""
    if not queries.site_codes():
        sites.import_file((CONTENT / "sites_demo.toml").read_text("utf-8"), "sites_demo.toml")
    db.session.flush()
    for survey in library.read_folder(CONTENT / "surveys"):
        if queries.survey_version(survey.id, survey.version) is None:
            versions.publish(survey)
    users.add_demo()


def welcome(settings: Settings) -> str:
    """What to open, who to be, and how to send a first text."""
    url = settings.public_base_url
    people = "\n".join(f"  {name:6} {role}" for name, _, role in users.DEMO)
    return f"""
Gadens Stemme (demo)

  Citizens    {url}/            a place: {url}/s/GH1
  Results     {url}/resultater
  Desk        {url}/desk/login

Sign in with one of these names and the password {settings.demo_password}
{people}

Send a first text, and answer what comes back:
  .venv/bin/stemme sms send --from +4500123456 "GH1"
  .venv/bin/stemme sms chat

Ctrl-C stops everything.
"""
