"""Nearly right ways of checking a webhook's signature. Every one must be caught by changed requests."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask import Request, current_app

from app.channels.sms.providers import form_fields, twilio, twilio_sdk
from app.channels.sms.providers.form_fields import Form

IsSigned = Callable[[str, Any, str, tuple[str, ...]], bool]


def address_from_the_request(patch: pytest.MonkeyPatch) -> None:
    """Whatever name the caller gave us is taken for ours."""
    patch.setattr(twilio, "address_of", lambda request: request.url)


def blanks_dropped(patch: pytest.MonkeyPatch) -> None:
    """Parameters without a value are forgotten, as the standard library does unless told otherwise."""

    def parsed(request: Request) -> Form:
        form = Form()
        for name, value in parse_qsl(request.get_data(cache=False).decode()):
            form.setdefault(name, []).append(value)
        return form

    patch.setattr(form_fields, "parsed", parsed)


def switchable_off(patch: pytest.MonkeyPatch) -> None:
    """No signature is asked for while trying things out; and then somebody tries things out."""
    right = twilio_sdk.is_signed
    patch.setattr(twilio_sdk, "is_signed", lambda *given: current_app.testing or right(*given))


def names_that_may_be_missing(patch: pytest.MonkeyPatch) -> None:
    """A text without a body is an empty text: the border of a name may have been moved."""
    patch.setattr(twilio, "_ALWAYS_THERE", ())


def first_of_two(patch: pytest.MonkeyPatch) -> None:
    """Of a parameter that stands twice the first one counts."""
    patch.setattr(form_fields, "_only", lambda values: values[0])


WRONG = (address_from_the_request, blanks_dropped, switchable_off, names_that_may_be_missing, first_of_two)


def plain_comparison(patch: pytest.MonkeyPatch) -> None:
    """`==` ends at the first letter that differs, and so tells how many were right."""
    patch.setattr(
        twilio_sdk, "_is_for", lambda validator, url, form, given: given == validator.compute_signature(url, form)
    )


class Loud(str):
    """A text that tells when it is compared letter by letter."""

    heard: list[str] = []

    def __eq__(self, other: object) -> bool:
        self.heard.append(str(other))
        return super().__eq__(other)

    __hash__ = str.__hash__


def comparing_complaints(is_signed: IsSigned) -> list[str]:
    """No comparison that ends early touches a signature; one that does is heard."""
    Loud.heard.clear()
    is_signed("http://127.0.0.1:8000/sms/twilio", {"Body": "GH1"}, Loud("bm90IGEgc2lnbmF0dXJl"), ("demo-token",))
    return [f"compared with {other}" for other in Loud.heard]
