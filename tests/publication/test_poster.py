"""The poster "you said, we did": the figures of the frozen release, and no others."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.publication import poster, published
from app.publication.formats import json
from app.publication.models import Release
from tests.publication import telling

Desk = Callable[..., FlaskClient]


def tell(code: str, body: str, *, outcome: str = "did") -> None:
    telling.tell(code, body=body, outcome=outcome, channels=("poster",))
    db.db.session.commit()


def test_there_is_no_poster_before_something_is_published(app: Flask, sign_in: Desk) -> None:
    assert poster.newest() is None
    assert sign_in("admin").get("/desk/sites/GH1/print/told").status_code == 404


@pytest.mark.requirement("R7")
def test_its_figures_are_those_of_the_frozen_document(release: Release) -> None:
    shown = poster.newest()
    stored = published.rendering(release.id, "json")

    assert shown
    assert stored
    values = [one["value"] for one in json.read(stored.content)["cells"]]
    assert shown.release == release.id
    assert shown.answers in values
    assert shown.good
    assert shown.good.value in values
    assert shown.good.n in values


def test_it_tells_two_things_that_can_be_read_in_passing(release: Release) -> None:
    for code in ("B1", "B2", "B3"):
        tell(code, "Vi holder åbent.")

    shown = poster.newest()

    assert shown
    assert [deed.body["da"] for deed in shown.deeds] == ["Vi holder åbent."] * 2


def test_the_sheet_says_what_was_not_done_and_why_beside_the_figures(release: Release, sign_in: Desk) -> None:
    tell("B1", "Der er ikke penge.", outcome="did_not")

    page = sign_in("admin").get("/desk/sites/GH1/print/told?lang=en").text

    assert "We did not, because" in page
    assert "Der er ikke penge." in page
    assert "answers from the" in page
    assert "127.0.0.1:8000/resultater" in page
