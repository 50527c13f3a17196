"""Files are read where a view asks for them and nowhere else; nothing larger than a form comes in."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.core import access
from app.core.config import ROOT
from tests.architecture.test_access import routes

pytestmark = pytest.mark.one_database

MULTIPART = re.compile(r'<form[^>]*enctype="multipart/form-data"[^>]*>', re.DOTALL)
NAMED = re.compile(r"url_for\('([\w.]+)'")
OURS = {"Sec-Fetch-Site": "same-origin"}
Figure = Callable[[str], None]


def takes_files(app: Flask) -> set[str]:
    return {name for name, view in app.view_functions.items() if getattr(view, "takes_files", False)}


@pytest.mark.requirement("R19")
def test_a_file_is_refused_unread_everywhere_but_where_one_is_asked_for(app: Flask, figure: Figure) -> None:
    client, open_to_files = app.test_client(), takes_files(app)
    answers = {}
    for one in routes(app):
        endpoint, _ = app.url_map.bind("").match(one.address, method=one.method)
        if one.method == "POST" and endpoint not in open_to_files:
            file = {"file": (io.BytesIO(b"x"), "x.html")}
            answers[one.rule] = client.post(one.address, data=file, headers=OURS).status_code

    assert {rule: status for rule, status in answers.items() if status != 415} == {}
    figure(f"an upload refused at {len(answers)} addresses")


def test_every_page_with_a_field_for_files_posts_to_a_view_that_takes_them(app: Flask) -> None:
    pages = "".join(file.read_text("utf-8") for file in (ROOT / "app" / "templates").rglob("*.html"))
    asked = {name for form in MULTIPART.findall(pages) for name in NAMED.findall(form)}

    assert asked
    assert asked <= takes_files(app)
    assert all(access.PUBLIC not in access.declared(app, name) for name in takes_files(app))


@pytest.mark.requirement("R19")
@pytest.mark.parametrize("address", ["/s/GH1", "/kvittering", "/kiosk/enrol", "/desk/login", "/kiosk/api/v1/responses"])
def test_more_than_64_kib_is_too_much(app: Flask, content: None, address: str) -> None:
    answer = app.test_client().post(address, data={"words-change": "x" * 66_000}, headers=OURS)

    assert answer.status_code in ({401, 413} if "/api/" in address else {413})
