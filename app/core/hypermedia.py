"""One view, whole page or fragment: which of the two htmx asked for."""

from flask import Response, make_response, render_template, request


def is_fragment() -> bool:
    """True only for a swap htmx makes now; going back in history always gets a whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and "HX-History-Restore-Request" not in headers
        and "HX-Boosted" not in headers
    )


def render(page: str, fragment: str, status: int = 200, **context: object) -> Response:
    """The page, or its fragment where htmx asks for it; caches are told that the two differ."""
    response = make_response(render_template(fragment if is_fragment() else page, **context), status)
    response.headers["Vary"] = "HX-Request"
    return response
