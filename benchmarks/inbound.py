"""Inbound texts: signed webhooks of real three-question conversations, durable before the answer."""

import os
import re
import secrets
import statistics
import subprocess
import tempfile
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from twilio.request_validator import RequestValidator

from benchmarks import steady
from benchmarks.servers import Server, memory_mb
from benchmarks.steady import Signed
from tests.databases import Postgres

ROOT = Path(__file__).resolve().parents[1]
CONVERSATION = ("GH1", "4", "ja", "Der mangler senge om natten, og døren er låst", "nej")
AT_ONCE = 200  # conversations that are open side by side; many more than connections, so each stays in order
CONVERSATIONS = 20_000
CONNECTIONS = 32  # texts on their way at any moment
AT_STEADY, STEADY = 200, 20  # texts a second, seconds


@dataclass
class Measured:
    """One subject over all rounds: requests a second, and the slowest hundredth in milliseconds."""

    name: str
    per_second: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    sent: int = 0

    def line(self) -> str:
        """The row of the table."""
        rate = statistics.median(self.per_second)
        spread = f"[{min(self.per_second):,.0f}..{max(self.per_second):,.0f}]"
        return (
            f"{self.name:34} {rate:8,.0f}/s {spread:18} p50 {statistics.median(self.p50):6.1f} ms"
            f"  p99 {statistics.median(self.p99):6.1f} ms"
        )

    @property
    def median(self) -> float:
        """Requests a second."""
        return statistics.median(self.per_second)


def on_sqlite() -> dict[str, float]:
    """SQLite with synchronous=FULL."""
    return run("SQLite FULL", None)


def on_postgresql() -> dict[str, float]:
    """A PostgreSQL of our own that keeps what it acknowledges."""
    server = Postgres(is_durable=True)
    server.start()
    try:
        server.execute("CREATE DATABASE ours", "CREATE DATABASE bare")
        return run("PostgreSQL", server)
    finally:
        server.stop()


def run(database: str, server: Postgres | None, *, rounds: int = 5, seconds: int = 5) -> dict[str, float]:
    """Measure ours and the bare limit, interleaved on the same machine; print the table, give the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Server.of_stemme(folder, processes=2, database_url=server and server.url("ours"))
        bare = Server.of_bare(folder, processes=2, database_url=server and server.url("bare"))
        try:
            address = f"{ours.url}/sms/twilio"
            requests = signed(address, CONVERSATIONS)
            path = _written(folder, requests[: -AT_STEADY * STEADY])
            measured = (Measured(f"signed text, {database}"), Measured("bare WSGI, one durable transaction"))
            for _ in range(rounds):
                for subject, at in zip(measured, (address, f"{bare.url}/"), strict=True):
                    _measure(subject, at, path, seconds)
            memory = memory_mb(ours.process.pid)
            calm = steady.run(address, requests[-AT_STEADY * STEADY :], a_second=AT_STEADY, seconds=STEADY)
        finally:
            ours.stop()
            bare.stop()
    for subject in measured:
        print(subject.line())
    ratio = measured[0].median / measured[1].median
    print(f"ratio {ratio:.2f}; at {AT_STEADY}/s p50 {calm['p50_ms']:.1f} ms, p99 {calm['p99_ms']:.1f} ms;")
    print(f"memory of the server, 2 processes, after the load: {memory:.0f} MB")
    return {"ratio": ratio, "memory_mb": memory, "p99_ms": calm["p99_ms"]}


def _measure(subject: Measured, url: str, requests: Path, seconds: int) -> None:
    """One round with texts that were not sent before."""
    how = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(ROOT / "benchmarks/replay.lua")]
    environ = {**os.environ, "REQUESTS": str(requests), "THREADS": "1", "START": str(subject.sent)}
    out = subprocess.run(["wrk", *how, url], env=environ, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"{subject.name}: not every request was answered with 200\n{out}")
    subject.sent += int(_found(r"(\d+) requests in", out))
    subject.per_second.append(float(_found(r"Requests/sec:\s+([\d.]+)", out)))
    subject.p50.append(_milliseconds(_found(r"(?m)^ +50% +(\S+)$", out)))
    subject.p99.append(_milliseconds(_found(r"(?m)^ +99% +(\S+)$", out)))


def signed(address: str, conversations: int) -> list[Signed]:
    """Signed forms: every text of many conversations, in order, with others in between."""
    validator, out = RequestValidator("demo-token"), []
    for first in range(0, conversations, AT_ONCE):
        numbers = [f"+4520{number:06}" for number in range(first, first + AT_ONCE)]
        for text in CONVERSATION:
            for number in numbers:
                form = {
                    "MessageSid": f"SM{secrets.token_hex(16)}", "AccountSid": "AC" + "0" * 32, "From": number,
                    "To": "+4590000000", "Body": text, "NumMedia": "0",
                }  # fmt: skip
                out.append((validator.compute_signature(address, form), urllib.parse.urlencode(form)))
    return out


def _written(folder: Path, requests: list[Signed]) -> Path:
    path = folder / "requests.txt"
    path.write_text("".join(f"{signature}\n{form}\n" for signature, form in requests), "ascii")
    return path


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise SystemExit(f"wrk said something unexpected:\n{text}")
    return found[1]


def _milliseconds(text: str) -> float:
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
    unit = next(unit for unit in units if text.endswith(unit))
    return float(text.removesuffix(unit)) * units[unit]
