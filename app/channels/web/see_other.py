"""Where every POST of the citizens' pages ends."""

from flask import Response, make_response


def see_other(address: str) -> Response:
    """303 without a body: Back shows the page before, and the browser keeps nothing of what was sent."""
    return make_response(b"", 303, {"Location": address})
