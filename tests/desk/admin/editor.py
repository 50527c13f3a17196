"""The survey editor as a browser without a script uses it: read the form of a page, change it, post it."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.surveys import drafts, versions
from app.surveys.questions import Survey
from tests.desk.accounts import factories

FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>(?:\n?([^<]*)</textarea>)?")


def kept(survey_id: str) -> Survey | None:
    """What is being written, with no transaction left open."""
    survey = drafts.get(survey_id)
    db.db.session.rollback()
    return survey


def published(survey_id: str, version: int = 1) -> Survey | None:
    survey = versions.get(survey_id, version)
    db.db.session.rollback()
    return survey


def page(client: FlaskClient, address: str) -> str:
    return client.get(f"/desk/surveys/{address}?lang=en").get_data(as_text=True)


def fields(html: str) -> dict[str, str]:
    """What a browser would post from the form of this page, but for the token."""
    found = {}
    for kind, attributes, text in FIELD.findall(html[html.index("<main") :]):
        name = re.search(r'name="([^"]*)"', attributes)
        value = re.search(r'value="([^"]*)"', attributes)
        if name and "checkbox" not in attributes and kind != "select":
            found[name[1]] = unescape(text if kind == "textarea" else value[1] if value else "")
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")?[^>]* selected>([^<]*)', inside)
        found[name] = (chosen[1] or chosen[2]) if chosen else ""
    return found


def post(client: FlaskClient, address: str, headers: dict[str, str] | None = None, **form: str) -> TestResponse:
    found = factories.form(client, "survey.edit", **form)
    return client.post(f"/desk/surveys/{address}?lang=en", data=found, headers=headers)


def question(client: FlaskClient, survey_id: str, question_id: str, **changed: str) -> dict[str, str]:
    form = fields(page(client, f"{survey_id}/edit/q/{question_id}"))
    assert changed.keys() <= form.keys()
    return {**form, **changed}
