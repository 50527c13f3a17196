"""What is written about requests and faults: fields by allow-list, never a path, an address or a text."""

import json
import logging
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from multiprocessing.util import Finalize
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask.signals import got_request_exception

from app.core.config import ROOT

QUIET = ("twilio", "urllib3", "werkzeug", "sqlalchemy", "authlib", "alembic", "granian", "_granian")
FIELDS = ("route", "method", "status", "ms", "rid", "user", "fault", "frames", "job", "count", "alarm")
log = logging.getLogger("stemme")
HOUR = 3600  # seconds
MOST_HELD = 1000
"""Lines of an hour that are kept for its end; the counts for `/metrics` know of every one."""
_NEVER = re.compile(r"\d(?:[ .,/()x_-]{0,3}\d){6,}|[^\s@]+@[^\s@]+")
"""A number somebody has, or an address of mail: no field should hold one, and if one did it would go no further."""
_DRAWN = ("rid", "user", "at")
"""Fields of our own making, which may be all digits."""


class OneLineOfJson(logging.Formatter):
    """level, logger, at, event and the allowed fields. Exceptions are class and frames, no message:
    an IntegrityError carries its parameters, a carrier's error repeats the number."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {"level": record.levelname, "logger": record.name, "at": f"{at:%Y-%m-%dT%H}"}
        if record.name.startswith("stemme"):
            line["event"] = record.msg
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[0]:
            line |= fault(record.exc_info[1])
        line = {name: value if name in _DRAWN else _without_numbers(value) for name, value in line.items()}
        return json.dumps(line, ensure_ascii=False)


class UntilTheHourIsOver(logging.StreamHandler[Any]):
    """Keeps lines that a citizen's request set off in memory until their hour is over; they leave in random order.

    What collects our lines writes the instant beside each, and a carrier's list has that instant beside a number.
    What waits when the process ends in good order leaves then; of one that is killed it is lost.
    """

    def __init__(self, out: Any) -> None:
        super().__init__(out)
        self._held: list[logging.LogRecord] = []
        self._at_the_end = Finalize(None, self._let_all_go, exitpriority=1)
        """As the process ends; also in one a server has forked, where nothing else is called."""

    def emit(self, record: logging.LogRecord) -> None:
        if not getattr(record, "is_of_citizen", False):
            super().emit(record)
        elif len(self._held) < MOST_HELD:
            self._held.append(record)

    def let_go(self, now: float) -> None:
        """Write what waits, if its hour is over at `now` (seconds since 1970)."""
        if self._held and int(self._held[0].created) // HOUR != int(now) // HOUR:
            self._let_all_go()

    def close(self) -> None:
        self._at_the_end()
        super().close()

    def _let_all_go(self) -> None:
        self.acquire()
        held, self._held = self._held, []
        self.release()
        secrets.SystemRandom().shuffle(held)
        for record in held:
            super().emit(record)


def _without_numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_numbers(one) for one in value]
    return _NEVER.sub("[…]", value) if isinstance(value, str) else value


def init(app: Flask) -> None:
    """Send every record of the process to stdout as JSON, and log requests that failed."""
    is_real = app.extensions["settings"].env == "production"
    handler = UntilTheHourIsOver(sys.stdout) if is_real else logging.StreamHandler(sys.stdout)
    handler.setFormatter(OneLineOfJson())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    app.logger.handlers.clear()
    app.logger.disabled = True  # it would log the message of an exception, and the path
    app.extensions["alarms"] = set()
    app.before_request(begin)
    app.after_request(_end)
    got_request_exception.connect(_failed, app)


def fault(error: BaseException | None) -> dict[str, Any]:
    """Class and frames of an exception."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return {
        "fault": type(error).__name__,
        "frames": [f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames[-8:]],
    }


def alarm(event: str, *, is_on: bool, error: BaseException | None = None, **fields: Any) -> None:
    """Say once that something went wrong, and once that it is over, however often it is looked at meanwhile.

    `event` is a constant of the code; `fields` are of FIELDS. Each process says it for itself.
    """
    raised: set[str] = current_app.extensions["alarms"]
    name = " ".join((event, *(str(value) for value in fields.values())))
    if is_on and name not in raised:
        raised.add(name)
        log.error(event, exc_info=error, extra=fields)
    elif not is_on and name in raised:
        raised.discard(name)
        log.warning("over", extra={**fields, "alarm": event})


def unavailable(error: BaseException) -> None:
    """Say why a request was not taken: class and frames, as for a fault."""
    cause = getattr(error, "orig", None) or error.__cause__ or error
    log.warning("unavailable", extra=_fields(503) | fault(error) | {"fault": type(cause).__name__})


def since_begin() -> float:
    """Seconds since the request at hand began."""
    now = time.monotonic()
    return now - float(g.get("began", now))


def took(seconds: float) -> str:
    """The class of a time, in milliseconds: nothing finer is written down."""
    return next((f"<{limit}" for limit in (10, 100, 1000) if seconds * 1000 < limit), "more")


def _short(filename: str) -> str:
    return filename.removeprefix(f"{ROOT}/").rsplit("site-packages/", 1)[-1]


def begin(at: float | None = None) -> None:
    """A request begins, or began at this time of the monotonic clock.

    Held lines leave with one of the desk or of an operator: with a citizen's, they would be written at its instant.
    """
    for handler in logging.getLogger().handlers:
        if isinstance(handler, UntilTheHourIsOver) and not _is_of_citizen():
            handler.let_go(time.time())
    g.began = time.monotonic() if at is None else at


def _end(response: Response) -> Response:
    status = response.status_code
    if status >= 500 or (status >= 400 and request.path.startswith("/desk")):
        log.warning("request", extra=_fields(response.status_code))
    return response


def _failed(sender: Flask, exception: BaseException, **_: Any) -> None:
    log.error("fault", extra=_fields(500) | fault(exception))


def _fields(status: int) -> dict[str, Any]:
    return {
        "route": request.url_rule.rule if request.url_rule else "none",
        "method": request.method if request.method in ("GET", "POST", "HEAD") else "other",
        "status": status,
        "ms": took(since_begin()),
        "rid": g.setdefault("rid", secrets.token_hex(4)),
        "is_of_citizen": _is_of_citizen(),
    }


def _is_of_citizen() -> bool:
    return not request.path.startswith("/desk") and request.blueprint != "health"
