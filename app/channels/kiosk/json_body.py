"""The JSON that a tablet sends, read so that nothing in it can break the reader."""

from typing import Any

from flask import request


def sent() -> dict[str, Any] | None:
    """The object of the request; None for what is no JSON, no object, or nested deeper than anybody means."""
    try:
        found = request.get_json(silent=True)
    except RecursionError:
        return None
    return found if isinstance(found, dict) else None
