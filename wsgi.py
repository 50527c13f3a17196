"""The WSGI entry point: `granian --interface wsgi wsgi:app`, or any other server."""

import gc
import sys

gc.disable()  # nothing that loading makes is garbage, and looking for it is a fifth of the time it takes

from app import create_app  # noqa: E402 - see above
from app.core import config, egress  # noqa: E402 - see above
from app.core.errors import Refusal  # noqa: E402 - see above
from app.core.last_resort import LastResort  # noqa: E402 - see above
from app.privacy import starting  # noqa: E402 - see above

try:
    app = create_app()
    with app.app_context():
        egress.allow_only(egress.hosts(config.settings()))
        starting.check()
except Refusal as refusal:
    sys.exit(str(refusal))
app.wsgi_app = LastResort(app.wsgi_app, is_https=app.extensions["settings"].is_https)  # type: ignore[method-assign]
gc.freeze()
gc.enable()
