"""A page that comes back with the sentence why not; too many tries say how long to wait."""

from flask import Response, make_response, render_template

from app.core.errors import Refusal
from app.desk.accounts.throttle import TooManyTries


def page(template: str, refusal: Refusal | None = None, **context: object) -> Response:
    """The page: 200, 422 with a refusal, or 429 with `Retry-After`."""
    if refusal is None:
        return make_response(render_template(template, **context))
    response = make_response(render_template(template, refusal=str(refusal), **context), 422)
    if isinstance(refusal, TooManyTries):
        response.status_code = 429
        response.headers["Retry-After"] = str(refusal.seconds)
    return response
