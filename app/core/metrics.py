"""What operators may count, and when a count may be seen. Reasons in docs/running.md, "What to watch".

A figure that is asked for every fifteen seconds and grows with each text is a clock on each answer. So only what
no citizen can set off is shown as it happens; a failure waits for nine others or an hour, a volume for the morning.
"""

import os
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from flask.signals import got_request_exception

from app.core import access, log
from app.core.clock import COPENHAGEN
from app.core.counts import Counts

STEP = 10
HOUR = 3600  # seconds
MORNING = 6
"""O'clock in Copenhagen: the batch that leaves then leaves because of the clock, and not because of an answer."""
SLOW = 0.1  # seconds
TOOK = ("<10", "<100", "<1000", "more")
PROVIDER_FAULTS = (
    "stopped", "not_mobile", "unreachable", "blocked", "filtered", "queue_full", "throttled", "too_long", "unknown",
)  # fmt: skip


class Shown(Enum):
    """When a count may be seen."""

    AT_ONCE = "at once"
    """Only staff or our own machinery set it off."""
    LATE = "late"
    """A citizen's text may set it off when something fails: in tens at once, the exact figure an hour later."""
    IN_TENS = "in tens"
    """Every text sets it off: in tens, and only as it stood at the morning's batch."""


@dataclass(frozen=True)
class Series:
    """One count, or one for each value of its label."""

    name: str
    shown: Shown
    about: str
    label: str = ""
    values: tuple[str, ...] = ("",)


SERIES = (
    Series("signature_failures", Shown.LATE, "Requests that did not prove to come from the carrier (403)."),
    Series("unavailable", Shown.LATE, "Requests that could not be stored and were sent back (503)."),
    Series("faults", Shown.LATE, "Requests that met a fault of ours; the log has its class and place."),
    Series("lock_waits", Shown.LATE, "Writers that waited long for their turn.", "ms", TOOK[2:]),
    Series("provider_errors", Shown.LATE, "What the carrier did not take or do.", "class", PROVIDER_FAULTS),
    Series("recovered", Shown.LATE, "Texts whose webhook was lost and that the sweep found."),
    Series("resent", Shown.LATE, "Replies that had not left and that the sweep sent."),
    Series("unknown_statuses", Shown.LATE, "Status callbacks that say something we do not know."),
    Series(
        "kiosk_receipts_taken", Shown.LATE, "Answers of tablets kept without receipt: somebody held the same words."
    ),
    Series("job_failures", Shown.AT_ONCE, "Timed jobs that failed; the log has their names."),
    Series("desk_requests", Shown.AT_ONCE, "Requests of staff by time taken.", "ms", TOOK),
    Series("citizen_requests", Shown.IN_TENS, "Requests of citizens, carriers and tablets by time taken.", "ms", TOOK),
)
SLOTS = tuple((series, value) for series in SERIES for value in series.values)
_AT = {(series.name, value): at for at, (series, value) in enumerate(SLOTS)}
_HOUR_SHOWN, _MORNING_SHOWN = 2 * len(SLOTS), 2 * len(SLOTS) + 1


class Metrics:
    """The counts of this host: what happened, what is shown of it, and since when."""

    def __init__(self, path: Path) -> None:
        names = [f"{series.name}/{value}" for series, value in SLOTS]
        self._file = Counts(path, [*names, *(f"{name} shown" for name in names), "hour", "morning"])
        self._held: Counter[tuple[int, int]] = Counter()
        self._turn = threading.Lock()
        self.refused_in_a_row = 0
        """Webhooks refused since the last one that proved its origin, in this process."""

    def count(self, at: int) -> None:
        """Count one more. What every text sets off reaches the file in tens only, and costs one write in ten."""
        if SLOTS[at][0].shown is not Shown.IN_TENS:
            self._file.add(at, 1)
            return
        with self._turn:
            self._held[os.getpid(), at] += 1
            is_ten = self._held[os.getpid(), at] % STEP == 0
        if is_ten:
            self._file.add(at, STEP)

    def shown(self, now: datetime) -> list[int]:
        """What may be seen now, in the order of SLOTS."""
        morning = (now.astimezone(COPENHAGEN) - timedelta(hours=MORNING)).date().toordinal()
        with self._file.alone() as numbers:
            was = numbers.read()
            counted, seen = was[: len(SLOTS)], was[len(SLOTS) : _HOUR_SHOWN]
            is_hour = abs(now.timestamp() - was[_HOUR_SHOWN]) >= HOUR
            is_morning = morning != was[_MORNING_SHOWN]
            for at, (series, _) in enumerate(SLOTS):
                seen[at] = _visible(series.shown, counted[at], seen[at], is_hour=is_hour, is_morning=is_morning)
                numbers.set(len(SLOTS) + at, seen[at])
            if is_hour:
                numbers.set(_HOUR_SHOWN, int(now.timestamp()))
            numbers.set(_MORNING_SHOWN, morning)
        return seen


def init(app: Flask, instance: Path) -> None:
    """Count into the instance folder, and count how requests ended."""
    app.extensions["metrics"] = Metrics(instance / "counts")
    app.after_request(_ended)
    got_request_exception.connect(_failed, app)


def count(name: str, value: str = "") -> None:
    """One more of this series. Counting never fails what it counts: a full disk loses the count."""
    with suppress(OSError):
        _metrics().count(_AT[name, value])


def provider_error(fault: str) -> None:
    """A carrier did not take or do something; `fault` is its class, and a class we do not know counts as unknown."""
    count("provider_errors", fault if fault in PROVIDER_FAULTS else "unknown")


def answered_carrier(seconds: float) -> None:
    """A carrier's request proved its origin and was answered, after so long."""
    _count_signature(is_refused=False)
    count("citizen_requests", log.took(seconds))


def observe_lock_wait(seconds: float) -> None:
    """A writer got its turn, or gave up, after so long. Only long waits count: every text waits a little."""
    if seconds >= SLOW:
        count("lock_waits", log.took(seconds))


def lines(now: datetime) -> Iterator[str]:
    """The counts in Prometheus' text format."""
    shown = dict(zip(SLOTS, _metrics().shown(now), strict=True))
    for series in SERIES:
        values = {value: shown[series, value] for value in series.values}
        yield from told(f"stemme_{series.name}_total", "counter", series.about, series.label, values)


def told(name: str, kind: str, about: str, label: str, values: Mapping[str, int]) -> Iterator[str]:
    """One counter or gauge in Prometheus' text format."""
    yield from (f"# HELP {name} {about}", f"# TYPE {name} {kind}")
    for value, n in values.items():
        yield f'{name}{{{label}="{value}"}} {n}' if value else f"{name} {n}"


def age(since: float, now: datetime) -> int:
    """Seconds since then (seconds since 1970), cut to whole minutes."""
    return max(0, int(now.timestamp() - since)) // 60 * 60


def _visible(shown: Shown, counted: int, seen: int, *, is_hour: bool, is_morning: bool) -> int:
    tens = counted // STEP * STEP
    if shown is Shown.AT_ONCE or (shown is Shown.LATE and is_hour):
        return counted
    if shown is Shown.LATE:
        return max(seen, tens)
    return tens if is_morning else seen


def _ended(response: Response) -> Response:
    """Count a request that ended. Probes and files of ours are nobody's request."""
    if request.blueprint == "health" or request.endpoint == "static":
        return response
    if response.status_code == 503:
        count("unavailable")
    if access.PROVIDER in access.of_request(current_app):
        _count_signature(is_refused=response.status_code == 403)
    count("desk_requests" if request.path.startswith("/desk") else "citizen_requests", log.took(log.since_begin()))
    return response


def _count_signature(*, is_refused: bool) -> None:
    """Ten refused in a row look like a wrong token or address, not like a stranger at the door: say so at once."""
    metrics = _metrics()
    before = metrics.refused_in_a_row
    metrics.refused_in_a_row = before + 1 if is_refused else 0
    if is_refused:
        count("signature_failures")
    if is_refused or before >= STEP:
        log.alarm("signatures refused", is_on=metrics.refused_in_a_row >= STEP)


def _failed(sender: Flask, exception: BaseException, **_: Any) -> None:
    count("faults")


def _metrics() -> Metrics:
    found: Metrics = current_app.extensions["metrics"]
    return found
