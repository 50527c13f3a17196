"""Careless ways of treating a shared tablet, and the check they are held against."""

import re
from collections.abc import Iterator

from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.config import ROOT
from tests.channels.kiosk.tablet import PRESSED, Tablet
from tests.desk.accounts import factories

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
TYPED = re.compile(r"<textarea|<input(?![^>]*type=\"(?:hidden|radio|checkbox)\")")
IN_SCRIPT = "form', {autocomplete: 'off', onsubmit: () => false}, el(tag, {autocomplete: 'off'"
SHELL = ("/kiosk", "/kiosk/sw.js", "/kiosk/app.webmanifest", "/kiosk/pack.json")


def remembered_by_the_browser(app: Flask) -> None:
    """Fields that the browser fills in again, and writes to its own files until then."""

    @app.after_request
    def remember(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.set_data(response.get_data().replace(b' autocomplete="off"', b""))
        return response


def storage_cleared_at_sign_out(app: Flask) -> None:
    """Leave nothing behind, they said: it takes the sealed queue and the worker along."""

    @app.after_request
    def clear(response: Response) -> Response:
        if "Clear-Site-Data" in response.headers:
            response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


def pages_that_may_be_kept(app: Flask) -> None:
    """No word about caches: the browser keeps what it likes."""

    @app.after_request
    def keep(response: Response) -> Response:
        response.headers["Cache-Control"] = "private"
        return response


WRONG = (remembered_by_the_browser, storage_cleared_at_sign_out, pages_that_may_be_kept)


def complaints(app: Flask, staff: FlaskClient) -> list[str]:
    """What a shared tablet would keep of somebody, or lose of everybody."""
    found = [fault for answer in pages(Tablet.enrolled(app, words_screen=True)) for fault in _of(answer)]
    signed_out = staff.post("/desk/logout", data=factories.form(staff, "logout"))
    if signed_out.headers.get("Clear-Site-Data") != '"cache"':
        found.append("the queue goes with whoever signs out")
    if IN_SCRIPT not in (ROOT / "app/static/kiosk/4_questions.js").read_text("utf-8"):
        found.append("the script's fields are remembered")
    return found


def pages(tablet: Tablet) -> Iterator[TestResponse]:
    """Every page somebody types on or reads their answers on, and what the script fetches."""
    for address in ("/kiosk", "/kiosk/kvittering", "/kiosk/pack.json", "/kiosk/api/v1/ping?n=1"):
        yield tablet.client.get(address)
    page = tablet.page("/kiosk")
    for act in ("start", "skip", "skip", "skip", "skip", "send"):
        answer = tablet.press(page, act)
        yield answer
        shown = tablet.client.get(answer.headers["Location"])
        page = shown.text
        yield shown
    yield tablet.client.post("/kiosk/kvittering", data={"kode": ""}, headers=PRESSED)


def _of(answer: TestResponse) -> Iterator[str]:
    path = answer.request.path
    is_start = path in SHELL and not answer.request.args
    if answer.headers.get("Cache-Control") not in ({"no-store", "no-cache"} if is_start else {"no-store"}):
        yield f"{path} may be kept"
    for attributes, inside in FORM.findall(answer.text):
        if TYPED.search(inside) and 'autocomplete="off"' not in attributes:
            yield f"{path} has a form that is remembered"
