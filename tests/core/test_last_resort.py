"""What escapes the application: the sender may try again, and the server never gets to print a message."""

import json
from collections.abc import Iterable

import pytest
from flask import Flask
from werkzeug.test import Client

from app.core.last_resort import LastResort


def broken(environ: object, start_response: object) -> Iterable[bytes]:
    raise ValueError("+4500391754 skrev: låsen er i stykker")


def test_what_escapes_is_503_with_its_class_and_place_in_the_log_only(
    app: Flask, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[str, dict[str, str]]] = []

    body = LastResort(broken)({}, lambda status, headers, error=None: told.append((status, dict(headers))))

    status, headers = told[0]
    assert (status, headers["Retry-After"], b"".join(body)) == ("503 Service Unavailable", "1", b"")
    assert headers["X-Content-Type-Options"] == "nosniff"
    record = caplog.records[-1]
    assert (record.fault, record.exc_info) == ("ValueError", None)  # type: ignore[attr-defined]
    assert "39175" not in json.dumps(record.__dict__, default=str) + "".join(capsys.readouterr())


def test_what_does_not_escape_is_left_alone(app: Flask) -> None:
    assert Client(LastResort(app.wsgi_app)).get("/healthz").data == b"ok\n"
