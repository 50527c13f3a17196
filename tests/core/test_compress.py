"""Pages are gzipped for those who can read it, never the desk's."""

import gzip

import pytest
from flask import Flask, Response

from app.core import compress

LONG = "Gadens Stemme. " * 100


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    compress.init(app)

    @app.get("/long")
    @app.get("/desk/long")
    def long() -> str:
        return LONG

    @app.get("/short")
    def short() -> str:
        return "ok"

    @app.get("/picture")
    def picture() -> Response:
        return Response(LONG, mimetype="image/png")

    @app.get("/frozen")
    def frozen() -> Response:
        response = Response(LONG, mimetype="application/json")
        response.set_etag("abc")
        return response

    return app


def test_a_long_page_is_sent_small_and_opens_to_the_same(app: Flask) -> None:
    response = app.test_client().get("/long", headers={"Accept-Encoding": "gzip, br"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(response.data) < 200
    assert gzip.decompress(response.data).decode() == LONG


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
def test_who_cannot_read_it_gets_it_plain(app: Flask, accepted: str) -> None:
    response = app.test_client().get("/long", headers={"Accept-Encoding": accepted})

    assert response.text == LONG
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("address", ["/desk/long", "/short", "/picture"])
def test_the_desk_short_answers_and_pictures_are_left_alone(app: Flask, address: str) -> None:
    response = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response.headers


def test_a_frozen_answer_keeps_its_mark_as_a_weak_one(app: Flask) -> None:
    response = app.test_client().get("/frozen", headers={"Accept-Encoding": "gzip"})

    assert response.headers["ETag"] == 'W/"abc"'


def test_the_same_page_gives_the_same_bytes(app: Flask) -> None:
    pages = [app.test_client().get("/long", headers={"Accept-Encoding": "gzip"}).data for _ in range(2)]

    assert pages[0] == pages[1]
