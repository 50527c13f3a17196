"""The real server (granian, as `stemme serve` starts it) as a process of its own, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from app.commands import serving
from app.core.config import ROOT

PATIENCE = 60  # seconds until the first page must answer


class LiveServer:
    """`stemme serve` with an environment of its own; what it prints goes to a file."""

    def __init__(self, environ: dict[str, str], folder: Path, *, processes: int = 1) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {**os.environ, **environ, "STEMME_PUBLIC_BASE_URL": self.url}
        self.log = folder / f"server-{self.port}.log"
        self.processes = processes
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "LiveServer":
        """Start it and wait for the first page."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [serving.SCRIPT, "127.0.0.1", str(self.port), str(self.processes)],
                env=self.environ, cwd=ROOT, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise
        return self

    def kill(self) -> None:
        """Pull the plug: kill -9 for the server and all its workers, if it has not ended by itself."""
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    def stop(self) -> None:
        """End it in good order: the server tells its own workers. One that does not end is killed.

        A worker that is just beginning does not hear it for ten seconds: where nothing follows, `kill` is enough.
        """
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process
            assert self.process.poll() is None, self.log.read_text("utf-8", "replace")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:  # noqa: S310 - loopback
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer within {PATIENCE} s: {self.log.read_text('utf-8', 'replace')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
