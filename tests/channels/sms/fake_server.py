"""What the fake carriers share: a real HTTP server on this machine, and the faults it can be told to have."""

import contextlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, object | None]
"""Status, and what is sent as JSON (None: an empty body)."""


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of an act: a status, unless it hangs, is cut or is nonsense."""

    act: str = ""
    """list, get, create, delete, media … as the fake names them; empty for every act."""
    status: int = 503
    code: int = 0
    """The carrier's own error number, in the body."""
    times: int = 1
    page: int | None = None
    """Only this page of a list, the first is 0."""
    hangs: bool = False
    """No answer at all until the fake is closed."""
    is_cut: bool = False
    """The connection ends in the middle of the answer."""
    is_nonsense: bool = False
    """200, and a body that is not what was promised."""
    is_late: bool = False
    """The call is carried out first: only its answer is lost."""


@dataclass
class Call:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    fields: dict[str, str]
    body: Any
    headers: dict[str, str]
    act: str = ""
    page: int = 0


@dataclass
class FakeServer:
    """Serves while it is entered; `faults` may be filled at any time, `calls` tells what was asked."""

    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    url: str = ""

    def __enter__(self) -> Self:
        self._closing = threading.Event()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.fake = self
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()

    def act_of(self, call: Call) -> str:
        """The name of what is asked for."""
        raise NotImplementedError

    def carry_out(self, call: Call) -> Answer:
        """Do it and answer."""
        raise NotImplementedError

    def error(self, status: int, code: int) -> Answer:
        """An error in the carrier's own form."""
        raise NotImplementedError

    def serve(self, call: Call, out: "_Handler") -> None:
        """Answer one request, or go wrong as told."""
        call.act = self.act_of(call)
        with self.lock:
            self.calls.append(call)
            fault = next((f for f in self.faults if f.act in ("", call.act) and f.page in (None, call.page)), None)
            if fault:
                fault.times -= 1
                self.faults[:] = [f for f in self.faults if f.times > 0]
            answer = self.carry_out(call) if fault is None or fault.is_late else None
        if fault is None:
            assert answer
            return out.say(*answer)
        if fault.hangs:
            self._closing.wait(60)
        elif fault.is_cut:
            out.wfile.write(
                b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"sid": "'
            )
        elif fault.is_nonsense:
            out.say(200, ["not", "what", "was", "promised"])
        else:
            out.say(*self.error(fault.status, fault.code))
        return None


class _Http(ThreadingHTTPServer):
    fake: FakeServer
    request_queue_size = 50


class _Handler(BaseHTTPRequestHandler):
    """One request a connection: nothing is left open when a test ends."""

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        call = Call(
            method=self.command, path=parts.path, query=_single(parts.query),
            fields={} if is_json else _single(raw), body=json.loads(raw) if is_json and raw else None,
            headers=dict(self.headers),
        )  # fmt: skip
        with contextlib.suppress(ConnectionError):
            self.server.fake.serve(call, self)  # type: ignore[attr-defined]

    do_GET = do_POST = do_DELETE = handle_any  # noqa: N815 - the names http.server asks for

    def say(self, status: int, content: object | None) -> None:
        """Send status and JSON."""
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is for its own words."""


def _single(encoded: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(encoded, keep_blank_values=True).items()}
