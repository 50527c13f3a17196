"""Latency at a steady rate: each request is sent when it is due, whatever became of those before it."""

import http.client
import statistics
import threading
import time
import urllib.parse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Request = TypeVar("Request")
Signed = tuple[str, str]
"""A signature and a form, as `inbound.signed` makes them."""

_LOCAL = threading.local()


def run(url: str, requests: Sequence[Signed], *, a_second: int, seconds: int) -> dict[str, float]:
    """p50 and p99 in milliseconds from the moment a text was due to the end of its answer."""
    taken = sorted(paced(lambda request: _send(url, request), requests[: a_second * seconds], a_second=a_second))
    return {"p50_ms": statistics.median(taken), "p99_ms": taken[int(len(taken) * 0.99)]}


def paced(send: Callable[[Request], object], requests: Sequence[Request], *, a_second: int) -> list[float]:
    """Milliseconds from the moment each request was due to the end of its answer, in the order they were due."""
    begin = time.perf_counter() + 0.5
    due = [(begin + n / a_second, request) for n, request in enumerate(requests)]
    with ThreadPoolExecutor(max_workers=32) as pool:
        return list(pool.map(lambda one: _timed(send, *one), due))


def _timed(send: Callable[[Request], object], due: float, request: Request) -> float:
    time.sleep(max(0.0, due - time.perf_counter()))
    send(request)
    return (time.perf_counter() - due) * 1000


def connection(url: str) -> http.client.HTTPConnection:
    """This thread's line to a server."""
    if not hasattr(_LOCAL, "connection"):
        _LOCAL.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)
    found: http.client.HTTPConnection = _LOCAL.connection
    return found


def _send(url: str, request: Signed) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": request[0]}
    line = connection(url)
    line.request("POST", urllib.parse.urlsplit(url).path, request[1], headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"a text was answered with {answer.status}")
