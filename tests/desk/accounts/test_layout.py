"""What every page of the desk has: one script we know, and what works without it."""

import hashlib
import json
import re
from collections.abc import Callable

import html5lib
import pytest
from flask.testing import FlaskClient

from app.core.config import ROOT

HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"  # 2.0.11, dist/htmx.min.js of the package
PAGES = ("/desk", "/desk/sites", "/desk/sites/GH1", "/desk/sites/MUE1", "/desk/surveys", "/desk/users", "/desk/audit",
         "/desk/password", "/desk/factor", "/desk/nothing-here")  # fmt: skip


def test_htmx_is_the_file_that_was_published() -> None:
    assert hashlib.sha256((ROOT / "app/static/htmx.min.js").read_bytes()).hexdigest() == HTMX


def test_htmx_keeps_no_pages_and_runs_no_text(sign_in: Callable[..., FlaskClient]) -> None:
    page = sign_in("admin").get("/desk").get_data(as_text=True)
    settings = json.loads(re.findall(r"name=\"htmx-config\" content='([^']+)'", page)[0])

    assert settings["historyCacheSize"] == 0
    assert settings["refreshOnHistoryMiss"]
    assert settings["selfRequestsOnly"]
    assert not settings["allowEval"]
    assert not settings["allowScriptTags"]
    assert not settings["includeIndicatorStyles"]
    assert '<body hx-history="false">' in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_valid_and_has_what_a_screen_reader_needs(sign_in: Callable[..., FlaskClient], address: str) -> None:
    page = sign_in("admin").get(address).get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(page)

    assert page.count("<h1") == 1
    assert 'href="#main"' in page
    assert 'id="said" class="said" role="status"' in page
    assert ids_are_unique(page)
    assert unlabelled(page) == []
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?! src=)", page)


def test_static_files_change_their_address_with_their_content(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")
    (address,) = re.findall(r'href="(/static/desk\.css[^"]*)"', client.get("/desk").get_data(as_text=True))
    digest = hashlib.sha256((ROOT / "app/static/desk.css").read_bytes()).hexdigest()

    assert address == f"/static/desk.css?v={digest[:12]}"
    with client.get(address) as response:
        assert response.status_code == 200


@pytest.mark.parametrize(
    ("role", "absent"), [("staff", "/desk/users"), ("peer", "/desk/sites"), ("admin", "/desk/queue")]
)
def test_the_menu_holds_no_door_that_is_shut(sign_in: Callable[..., FlaskClient], role: str, absent: str) -> None:
    client = sign_in(role)
    addresses = re.findall(r'<li><a href="(/desk/[a-z]+)"', client.get("/desk").get_data(as_text=True))

    assert absent not in addresses
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/desk/queue", "/desk/queue"),
        ("/desk/search", "/desk/queue"),
        ("/desk/disagreements", "/desk/queue"),
        ("/desk/suggestions", "/desk/new-words"),
        ("/desk/codebook/history", "/desk/codebook"),
    ],
)
def test_the_menu_says_where_one_is(sign_in: Callable[..., FlaskClient], address: str, marked: str) -> None:
    page = sign_in("moderator").get(address).get_data(as_text=True)
    menu = page[page.index('<nav class="nav"') : page.index("</header>")]

    assert re.findall(r'<a href="([^"]+)" aria-current="page"', menu) == [marked]


@pytest.mark.parametrize(("asked", "spoken"), [("da", "da"), ("en", "en"), ("ar", "da"), ("kl", "da")])
def test_the_desk_speaks_danish_or_english(sign_in: Callable[..., FlaskClient], asked: str, spoken: str) -> None:
    page = sign_in("peer").get("/desk", headers={"Accept-Language": asked}).get_data(as_text=True)

    assert f'<html lang="{spoken}" dir="ltr">' in page


def ids_are_unique(page: str) -> bool:
    ids = re.findall(r'\sid="([^"]+)"', page)
    return len(ids) == len(set(ids))


def unlabelled(page: str) -> list[str]:
    shown = re.findall(r"<(?:input(?![^>]*(?:type=\"hidden\"| hidden))|select|textarea)[^>]*>", page)
    names = [(field, re.search(r'id="([^"]+)"', field)) for field in shown]
    return [field for field, name in names if name is None or f'for="{name[1]}"' not in page]
