"""Is it alive, is it ready, how does it do: for the operator, without a word about people."""

from flask import Blueprint, Response, abort, request
from sqlalchemy import text

from app.core import db
from app.core.access import OPERATOR, PUBLIC, access

probes = Blueprint("health", __name__)
_LOOPBACK = ("127.0.0.1", "::1")


@probes.get("/healthz")
@access(PUBLIC)
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@probes.get("/readyz")
@access(PUBLIC)
def ready() -> Response:
    """The database answers too."""
    db.begin_reading()
    db.connection().execute(text("SELECT 1"))
    db.db.session.rollback()
    return Response("ready\n", mimetype="text/plain")


@probes.get("/metrics")
@access(OPERATOR)
def metrics() -> Response:
    """Prometheus text; from this machine only."""
    if request.remote_addr not in _LOOPBACK:
        abort(403)
    return Response("# TYPE stemme_up gauge\nstemme_up 1\n", mimetype="text/plain; version=0.0.4")
