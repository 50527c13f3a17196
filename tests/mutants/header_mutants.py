"""Wrong ways of sending headers, put on before an application is made."""

import pytest
from flask import Response

from app.core import headers


def on_what_works_only(patch: pytest.MonkeyPatch) -> None:
    """As a server's `add_header` without `always`."""
    dress = headers._dress
    patch.setattr(
        headers, "_dress", lambda response: dress(response) if response.status_code == 200 else bare(response)
    )


def bare(response: Response) -> Response:
    """As it came."""
    return response
