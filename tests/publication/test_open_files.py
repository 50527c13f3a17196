"""Files to take along: releases, what the codes mean, and a year in one archive anybody can check."""

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path

from flask import Flask

from app.core import db
from app.publication import printing, releases, tallies
from app.publication.formats import FORMATS, PDF
from app.publication.formats.base import Piece
from app.publication.models import Release
from tests.publication.conftest import Visitor


def test_every_file_of_a_release_is_sent_as_it_was_made_under_its_own_tag(release: Release, visitor: Visitor) -> None:
    for name in (one.name for one in FORMATS if one.name != "html"):
        sent = visitor.get(f"/api/v1/releases/2026-Q1.{name}")

        assert (sent.status_code, sent.headers["Access-Control-Allow-Origin"]) == (200, "*")
        assert sent.headers["ETag"] == f'"{printing.sha256(sent.data)}"'
        tag = {"If-None-Match": sent.headers["ETag"]}
        assert visitor.get(f"/api/v1/releases/2026-Q1.{name}", headers=tag).status_code == 304
        assert visitor.get(f"/api/v1/releases/2026-Q1.{name}?place=GH1").status_code == 404


def test_a_pdf_says_what_it_waits_for_until_it_is_made_and_is_then_kept(release: Release, visitor: Visitor) -> None:
    before = visitor.get("/api/v1/releases/2026-Q1.pdf")

    printing.keep("2026-Q1", PDF.name, [Piece(b"%PDF")])
    db.db.session.commit()

    assert (before.status_code, "libpango" in before.text, before.mimetype) == (503, True, "text/html")
    assert 'href="/resultater/2026-Q1' in before.text
    assert before.headers["Retry-After"]
    assert visitor.get("/api/v1/releases/2026-Q1.pdf").data == b"%PDF"
    assert printing.print_one_pdf() is False
    assert visitor.get("/api/v1/releases/2026-Q2.pdf").status_code == 404


def test_a_file_people_open_can_be_had_in_english_and_one_for_machines_only_as_it_is(
    release: Release, visitor: Visitor
) -> None:
    danish, english = (visitor.get(f"/api/v1/releases/2026-Q1.xlsx{asked}") for asked in ("", "?lang=en"))

    assert (danish.status_code, english.status_code) == (200, 200)
    assert danish.data != english.data
    assert "2026-Q1.en.xlsx" in english.headers["Content-Disposition"]
    assert visitor.get("/api/v1/releases/2026-Q1.xlsx?lang=da").data == danish.data
    for unknown in ("xlsx?lang=xx", "csv?lang=en", "docx?place=GH1"):
        assert visitor.get(f"/api/v1/releases/2026-Q1.{unknown}").status_code == 404


def test_a_years_archive_proves_itself_on_any_machine(release: Release, visitor: Visitor, tmp_path: Path) -> None:
    content = visitor.get("/api/v1/opendata/2026.zip").data

    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    sums = ["sha256sum", "--strict", "-c", "sha256sums.txt"]
    assert subprocess.run(sums, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert (tmp_path / "releases/2026-Q1.csv").read_bytes() == visitor.get("/api/v1/releases/2026-Q1.csv").data
    (tmp_path / "releases/2026-Q1.json").write_bytes(b"{}")
    assert subprocess.run(sums, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_the_dictionary_says_how_it_was_asked_and_what_each_code_means(release: Release, visitor: Visitor) -> None:
    known = {one["variable"]: one for one in json.loads(visitor.get("/api/v1/dictionary.json").data)["variables"]}
    lines = visitor.get("/api/v1/dictionary.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines, newline=""), delimiter=";"))

    rating = known["rating"]
    good = {"code": "good", "label_da": "Godt (4–5)", "label_en": "Good (4–5)", "inside": "answered"}
    assert good | {"is_ground": False, "asserts": True} in rating["categories"]
    assert (rating["label"]["da"], rating["since"]) == ("Hvordan var det her?", "2026")
    assert {"survey": "five_tap", "version": "1"}.items() <= rating["questions"][0].items()
    assert [row["variable"] for row in rows] == list(known)


def test_printing_again_gives_the_same_bytes_and_mends_what_was_lost(release: Release) -> None:
    before = {(one.format, one.part, one.lang): one.content for one in printing.queries.renderings("2026-Q1")}
    db.connection().exec_driver_sql("UPDATE rendering SET content = 'x' WHERE format = 'xlsx'")
    db.db.session.expire_all()

    assert printing.rerender(db.db.session.get_one(Release, "2026-Q1"), printing.AGAIN) is True

    after = {(one.format, one.part, one.lang): one.content for one in printing.queries.renderings("2026-Q1")}
    assert (after, list(releases.faults())) == (before, [])


def test_the_tallies_written_for_an_attacker_are_all_that_was_counted(release: Release, app: Flask) -> None:
    rows = list(tallies.written(2026))

    assert sum(row["count"] for row in rows if set(row["dims"]) == {"place", "period"}) == 178
