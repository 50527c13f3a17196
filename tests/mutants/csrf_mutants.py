"""A wrong way of knowing our own forms, and the check it is held against."""

from collections.abc import Mapping

import pytest
from flask import request
from flask.testing import FlaskClient

from app.core import csrf

ADDRESS = "/desk/sites/GH1/name"


def null_is_enough(patch: pytest.MonkeyPatch) -> None:
    """Browsers send `null` from our own pages, so it must be ours: any sandboxed frame says the same."""
    right = csrf.check

    def check(form_id: str, sent: str | None, *, bound_to: str = "") -> None:
        if request.headers.get("Origin") != "null":
            right(form_id, sent, bound_to=bound_to)

    patch.setattr(csrf, "check", check)


def null_complaints(admin: FlaskClient, headers: Mapping[str, str], form: Mapping[str, str]) -> list[str]:
    """A form with its token is taken; one without, or with another's, is not, whatever the browser says."""
    sent = {"name": "Huset", **form}
    without = {name: value for name, value in sent.items() if name != csrf.FIELD}
    refused = [
        admin.post(ADDRESS, data=one, headers=headers).status_code for one in (without, {**sent, csrf.FIELD: "x"})
    ]
    taken = admin.post(ADDRESS, data=sent, headers=headers).status_code
    return [f"{status} without a token" for status in refused if status != 422] + [f"{taken} with one"] * (taken != 303)
