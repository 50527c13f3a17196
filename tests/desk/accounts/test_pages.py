"""The pages of signing in and of what waits for a second administrator: whole, labelled, in both languages."""

from collections.abc import Callable

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.desk.accounts import factories, grants, sign_in_proofs, telephones
from tests.desk.accounts.test_layout import ids_are_unique, unlabelled

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]


def test_every_page_is_valid_and_has_what_a_screen_reader_needs(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    user, telephone, _ = telephones.with_telephone("moderator", "mona")
    mona, anna = factories.browser_of(app, user), sign_in("admin")
    grants.post(anna, "mona/reset")
    pages = (
        sign_in_proofs.owing_a_code(app, user).get("/desk/code").text,
        mona.get("/desk/factor").text,
        mona.post("/desk/factor/codes", data=factories.form(mona, "factor", code=telephone.shows())).text,
        anna.get("/desk/users/mona").text,
        sign_in("admin").get("/desk/users/mona").text,
        anna.get("/desk/users").text,
        anna.get("/desk/factor").text,
    )

    for page in pages:
        html5lib.HTMLParser(strict=True).parse(page)
        assert (page.count("<h1"), ids_are_unique(page), unlabelled(page)) == (1, True, [])
