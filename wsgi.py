"""The WSGI entry point: `granian --interface wsgi wsgi:app`, or any other server."""

import sys

from app import create_app
from app.core.errors import Refusal
from app.core.last_resort import LastResort

try:
    app = create_app()
except Refusal as refusal:
    sys.exit(str(refusal))
app.wsgi_app = LastResort(app.wsgi_app)  # type: ignore[method-assign]
