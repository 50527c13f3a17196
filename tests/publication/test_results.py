"""The public pages and files: stored bytes with their tag, and nothing a visitor can ask for besides."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import grimp
import pytest
from sqlalchemy import event

from app.core import db
from app.publication import told
from app.publication.models import Release
from app.publication.told import About, Wording
from tests.publication.conftest import Visitor

PAGES = (
    "/resultater",
    "/resultater/2026-Q1",
    "/resultater/2026-Q1/T1",
    "/resultater/2026-Q1/T2",
    "/resultater/2026-Q1/T5",
)
FILES = ("/api/v1/releases/2026-Q1.json", "/api/v1/releases/2026-Q1.csv")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    seen: list[str] = []

    def remember(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(db.db.engine, "before_cursor_execute", remember)
    yield seen
    event.remove(db.db.engine, "before_cursor_execute", remember)


def test_before_the_first_release_the_page_says_so(visitor: Visitor) -> None:
    answer = visitor.get("/resultater")

    assert answer.status_code == 200
    assert "<table" not in answer.text
    assert visitor.get("/api/v1/releases").json == []


def test_every_public_page_is_small_and_needs_no_second_request(release: Release, visitor: Visitor) -> None:
    for path in PAGES:
        answer = visitor.get(path)

        assert answer.status_code == 200
        assert len(gzip.compress(answer.data)) <= 10_000
        assert "Set-Cookie" not in answer.headers
        assert not {"<script", "<img", "<iframe", "@import", "url("} & set(answer.text.split())


@pytest.mark.requirement("R7")
def test_a_release_is_sent_as_it_was_stored(release: Release, visitor: Visitor) -> None:
    for path in (*FILES, "/resultater/2026-Q1"):
        answer = visitor.get(path)

        assert answer.get_etag() == (hashlib.sha256(answer.data).hexdigest(), False)
        assert answer.headers["Cache-Control"] == "public, max-age=600"


def test_who_has_the_newest_bytes_gets_none(release: Release, visitor: Visitor) -> None:
    first = visitor.get(FILES[0])

    second = visitor.get(FILES[0], headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.data) == (304, b"")


def test_a_release_is_read_with_one_statement(release: Release, visitor: Visitor) -> None:
    with statements() as seen:
        visitor.get("/resultater/2026-Q1")

    assert len(seen) == 1
    assert "tally" not in seen[0]


@pytest.mark.parametrize("path", [*PAGES, *FILES, "/resultater.atom", "/api/v1/releases"])
def test_there_is_no_filter_to_ask_with(release: Release, visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 200
    assert visitor.get(f"{path}?place=GH1").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/resultater/2026-Q2",
        "/resultater/2026-W10",
        "/resultater/2026-Q1/T99",
        "/resultater/x%27y",
        "/api/v1/releases/2026-Q1.xml",
        "/api/v1/releases/2026.json",
    ],
)
def test_what_is_not_published_is_not_there(release: Release, visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize(("lang", "direction", "sent"), [("ar", "rtl", "ar"), ("kl", "ltr", "da"), ("pl", "ltr", "en")])
def test_a_page_comes_in_the_nearest_language(
    release: Release, visitor: Visitor, lang: str, direction: str, sent: str
) -> None:
    for path in ("/resultater", "/resultater/2026-Q1"):
        answer = visitor.get(path, query_string={"lang": lang})

        assert f'<html lang="{sent}" dir="{direction}">' in answer.text
        assert answer.headers["Content-Language"] == sent
        assert "Accept-Language" in answer.headers["Vary"]


def test_machines_may_read_from_anywhere(release: Release, visitor: Visitor) -> None:
    answer = visitor.get(FILES[1])

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(b"\xef\xbb\xbfrelease;table;")


def test_the_list_points_at_every_file(release: Release, visitor: Visitor) -> None:
    texts, listed = visitor.get("/api/v1/releases").json or []

    assert listed["hash"] == release.hash
    assert sorted(texts["links"]) == ["csv", "json"]
    for link in (*listed["links"].values(), *texts["links"].values()):
        assert visitor.get(link).status_code == 200


@pytest.mark.requirement("R7")
def test_page_table_and_file_carry_the_same_figures(release: Release, visitor: Visitor) -> None:
    cells = json.loads(visitor.get(FILES[0]).data)["cells"]
    lines = visitor.get(FILES[1]).data.decode("utf-8-sig").splitlines()[1:]

    assert [line.split(";")[8] for line in lines] == [
        "" if one["value"] is None else str(one["value"]) for one in cells
    ]
    shown = [one for one in cells if one["table"] == "T5" and one["value"] is not None]
    assert visitor.get("/resultater/2026-Q1/T5").text.count("<rect") == len(shown)


def test_what_was_done_stands_on_the_page_at_once(visitor: Visitor) -> None:
    words = Wording("web", "da", "Der er lukket.", "Nu er der åbent.")
    told.publish(About(code="B1", outcome="did", decided_on=date(2026, 5, 2), themes=("ADG",)), [words])
    db.db.session.commit()

    assert "Nu er der åbent." in visitor.get("/resultater").text


def test_reading_results_needs_no_solver() -> None:
    graph = grimp.build_graph("app", include_external_packages=True, cache_dir=None)

    for wanted in ("app.publication.solver", "app.publication.guard", "app.publication.tallies", "scipy"):
        assert graph.find_shortest_chain("app.channels.web.results", wanted) is None
    assert graph.find_shortest_chain("app.publication.releases", "scipy") is not None
