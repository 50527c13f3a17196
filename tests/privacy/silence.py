"""What a log must never say, as a list of faults: empty for our log, and for none that says more."""

import io
import logging
from collections.abc import Iterator

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.core import db, log
from app.core.log import OneLineOfJson
from tests.privacy import provoked

NEEDLES = {
    "number": provoked.NUMBER.removeprefix("+45"), "words": "noget helt særligt", "words as escaped": "s\\u00e6rligt",
    "words in an address": "s%C3%A6rligt", "agent": provoked.AGENT, "address": provoked.ADDRESS,
}  # fmt: skip
LIBRARIES = ("twilio", "twilio.http_client", "urllib3", "werkzeug", "sqlalchemy.engine", "authlib")


def broken(app: Flask) -> list[str]:
    """Every way in which this log, or an exception that may reach one, says what it must not."""
    said = _said(app)
    found = [f"the log says the {name}" for name, needle in NEEDLES.items() if needle in said]
    found += [f"{library} tells the log what it asks" for library in _talkative(app)]
    if provoked.NUMBER in _message_of_a_broken_rule():
        found.append("an error of the database carries the number")
    return found


def _said(app: Flask) -> str:
    """What is written when a page breaks whose address, form and headers name somebody, and a library complains."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLineOfJson())
    logging.getLogger().addHandler(handler)
    try:
        _provoke(app)
    finally:
        logging.getLogger().removeHandler(handler)
    assert "fault" in stream.getvalue(), "the check must see that something was logged"
    return stream.getvalue()


def _provoke(app: Flask) -> None:
    about = f"{provoked.NUMBER} {provoked.WORDS}"
    headers = {"User-Agent": provoked.AGENT, "X-Forwarded-For": provoked.ADDRESS}
    environ = {"REMOTE_ADDR": provoked.ADDRESS}
    with app.test_request_context(f"/s/{about}?kode={about}", headers=headers, environ_overrides=environ):
        log.begin()
        log._failed(app, ValueError(about))
        log.unavailable(sa.exc.OperationalError("INSERT", {"number": provoked.NUMBER}, ValueError(about)))
        logging.getLogger("twilio").warning("POST to %s: %s", provoked.NUMBER, provoked.WORDS)


def _talkative(app: Flask) -> Iterator[str]:
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)
    handlers = list(logging.getLogger().handlers)
    create_app(app.extensions["settings"])
    logging.getLogger().handlers[:] = handlers
    yield from (name for name in LIBRARIES if logging.getLogger(name).isEnabledFor(logging.INFO))


def _message_of_a_broken_rule() -> str:
    insert = sa.text("INSERT INTO seal_month (month, public, wrapped) VALUES (:month, :said, :said)")
    try:
        with db.connection().begin_nested():
            for _ in range(2):
                db.connection().execute(insert, {"month": "2026-03", "said": provoked.NUMBER.encode()})
    except sa.exc.IntegrityError as error:
        return str(error)
    raise AssertionError("the rule was not broken")
