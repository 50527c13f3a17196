"""People of tests, and browsers in which they are signed in."""

import contextvars
import hashlib
import secrets
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock, csrf, db
from app.desk.accounts import passwords, session
from app.desk.accounts.models import User
from app.surveys import sites

PASSWORD = "fire gule traner i regn"
SITE = "GH1"


class Browser(FlaskClient):
    """A client whose requests get an application context of their own, as they do in a server.

    In the context of the test they would share its `g` and its open transaction.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request."""
        return contextvars.Context().run(super().open, *args, **kwargs)


def a_user(role: str, site_code: str | None = None, *, name: str | None = None, password: str | None = None) -> User:
    """Somebody with this role, stored. Staff work at GH1 unless told; without a password nobody can sign in as them."""
    if role == "staff":
        site_code = site_code or SITE
    assert site_code is None or sites.by_code(site_code), "the test needs the fixture `content`"
    user = User(
        name=name or f"{role}-{secrets.token_hex(4)}",
        display_name=role.title(),
        role=role,
        site_code=site_code,
        password_hash=_hashed(password) if password else "none",
        must_change=False,
    )
    db.db.session.add(user)
    db.db.session.commit()
    return user


def sign_in(app: Flask, role: str, site_code: str | None = None) -> FlaskClient:
    """A browser in which somebody with this role is signed in."""
    return browser_of(app, a_user(role, site_code))


def browser_of(app: Flask, user: User) -> FlaskClient:
    """A browser in which this person is signed in."""
    token = session.begin(user, clock.now())
    db.db.session.commit()
    client = Browser(app, app.response_class)
    client.set_cookie(session.cookie_name(), token)
    return client


def form(client: FlaskClient, form_id: str, **fields: str) -> dict[str, str]:
    """What a form of this session posts: the fields, and the token that was in the page."""
    cookie = client.get_cookie(session.cookie_name())
    key = hashlib.sha256(cookie.value.encode()).hexdigest() if cookie else ""
    return {csrf.FIELD: csrf.token(form_id, bound_to=key), **fields}


@cache
def _hashed(password: str) -> str:
    return passwords.hashed(password)
