"""Hostile texts by every way in: telephone, web, tablet, paper, names, a survey, a codebook, a list of words."""

import io
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.moderation import intake
from app.surveys import batches, definition, versions
from tests.channels.kiosk.tablet import Tablet
from tests.channels.sms.factories import a_number, text
from tests.channels.web import factories as web
from tests.channels.web.visitor import Visitor
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories as texts
from tests.desk.paper import factories as paper
from tests.journeys.hostile_texts import HALVES, NAME

SignIn = Callable[..., FlaskClient]
IN_TOML = "<img src=x onerror=hit()>{{7*191}}"
BOOK = f"key;parent;name_da;definition_da;example_da\r\nADG.ZZZ;ADG;{IN_TOML};{IN_TOML};{IN_TOML}\r\n"


def everything(app: Flask, sign_in: SignIn) -> None:
    """All of it, and what was said let out to the desk."""
    texts.the_codebook()
    by_telephone(app)
    by_web(app)
    by_tablet(app)
    paper.accepted([paper.a_sheet(q_change=half) for half in HALVES])
    batches.release(clock.now(), size=1)
    intake.take_in()
    db.db.session.commit()
    a_survey()
    names(sign_in("admin"))
    a_codebook(sign_in("analyst"))


def by_telephone(app: Flask) -> None:
    for half in HALVES:
        sender = a_number()
        for said in ("GH1", "4", "ja", half, "NEJ"):
            text(app, said, sender=sender)


def by_web(app: Flask) -> None:
    for half in HALVES:
        visitor = Visitor(app.test_client()).visit("/s/GH1").press("start")
        for _ in range(4):
            visitor.press("skip")
        visitor.press("send", **{"words-change": half})


def by_tablet(app: Flask) -> None:
    tablet = Tablet.enrolled(app, "GH1", words_screen=True)
    for half in HALVES:
        assert tablet.says(words={"change": half}).status_code == 201


def a_survey() -> None:
    """A survey whose title, questions and options are hostile, asked at another place by web and tablet."""
    source = web.every_type()
    for harmless in ("Alt", "Et af hver.", "Kaffe", "Te", "Tak.", "Hvad med tx?", "Nr 1"):
        source = source.replace(f'"{harmless}"', f'"{IN_TOML}"')
    assert source.count(IN_TOML) > 10
    versions.publish(definition.load(source, "every_type.toml", {"ar": web.in_arabic()}))
    web.site("GH2", web_survey="every_type")


def names(admin: FlaskClient) -> None:
    for address, form, fields in (
        ("/desk/sites/GH1/name", "site", {"name": NAME}),
        ("/desk/alerts", "alerts", {"set": "on", "word": NAME}),
        ("/desk/kiosks", "kiosks", {"site": "GH1", "site_code": "GH1", "label": NAME}),
        ("/desk/users", "user", {"name": "mallory", "display_name": NAME, "role": "staff", "site_code": "GH1"}),
    ):
        admin.post(address, data=accounts.form(admin, form) | fields)


def a_codebook(analyst: FlaskClient) -> None:
    """Read in; it waits in the draft for a second person."""
    fields = accounts.form(analyst, "codebook.import")
    analyst.post("/desk/codebook/import", data=fields | {"file": (io.BytesIO(BOOK.encode()), "ny.csv")})
    analyst.post(
        "/desk/codebook/add",
        data=accounts.form(analyst, "codebook") | {"name_da": IN_TOML, "definition_da": IN_TOML, "reason": IN_TOML},
    )
