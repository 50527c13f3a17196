"""Latency at a steady 200 texts a second: each is sent when it is due, whatever became of those before it."""

import http.client
import statistics
import threading
import time
import urllib.parse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

Signed = tuple[str, str]
"""A signature and a form, as `inbound.signed` makes them."""

_LOCAL = threading.local()


def run(url: str, requests: Sequence[Signed], *, a_second: int, seconds: int) -> dict[str, float]:
    """p50 and p99 in milliseconds from the moment a text was due to the end of its answer."""
    begin = time.perf_counter() + 0.5
    due = [(begin + n / a_second, request) for n, request in enumerate(requests[: a_second * seconds])]
    with ThreadPoolExecutor(max_workers=32) as pool:
        taken = sorted(pool.map(lambda one: _send(url, *one), due))
    return {"p50_ms": statistics.median(taken), "p99_ms": taken[int(len(taken) * 0.99)]}


def _send(url: str, due: float, request: Signed) -> float:
    time.sleep(max(0.0, due - time.perf_counter()))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": request[0]}
    connection = _connection(url)
    connection.request("POST", urllib.parse.urlsplit(url).path, request[1], headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"a text was answered with {answer.status}")
    return (time.perf_counter() - due) * 1000


def _connection(url: str) -> http.client.HTTPConnection:
    if not hasattr(_LOCAL, "connection"):
        _LOCAL.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)
    found: http.client.HTTPConnection = _LOCAL.connection
    return found
