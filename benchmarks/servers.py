"""The servers that are measured: the real one with a fresh demo, and the bare one."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from app.commands import serving

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


@dataclass
class Server:
    """A granian with its address."""

    url: str
    process: "subprocess.Popen[bytes]"

    @classmethod
    def of_stemme(cls, folder: Path, *, processes: int, database_url: str | None = None) -> "Server":
        """Ours, with the demo's places and surveys, in a fresh SQLite database or the one given."""
        port = _free_port()
        environ = {
            **os.environ,
            "STEMME_INSTANCE_DIR": str(folder / "instance"),
            "STEMME_PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
            "STEMME_SMS_DAILY_SEGMENTS": "1000000000",
            **({"STEMME_DATABASE_URL": database_url} if database_url else {}),
        }
        subprocess.run([BIN / "stemme", "demo"], env=environ, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return cls._start("benchmarks.unmetered:app", port, environ, processes, "/healthz")

    @classmethod
    def of_bare(cls, folder: Path, *, processes: int, database_url: str | None = None) -> "Server":
        """The bare limit on the same server software."""
        database = (database_url or str(folder / "bare.sqlite3")).replace("+psycopg", "")
        environ = {**os.environ, "BARE_DATABASE": database}
        create = [sys.executable, "-c", "from benchmarks import bare; bare.DATABASE.create()"]
        subprocess.run(create, env=environ, cwd=ROOT, check=True)
        return cls._start("benchmarks.bare:app", _free_port(), environ, processes, "/")

    @classmethod
    def _start(cls, target: str, port: int, environ: dict[str, str], processes: int, path: str) -> "Server":
        command = [serving.SCRIPT, "127.0.0.1", str(port), str(processes), target]
        process = subprocess.Popen(command, env=environ, cwd=ROOT, start_new_session=True)
        server = cls(f"http://127.0.0.1:{port}", process)
        for _ in range(600):
            try:
                urllib.request.urlopen(server.url + path, timeout=2).close()  # noqa: S310 - loopback
            except OSError:
                time.sleep(0.1)
            else:
                return server
        server.stop()
        raise SystemExit(f"{target} did not start")

    def stop(self) -> None:
        """End it with its workers."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)


def memory_mb(group: int) -> float:
    """Proportional memory of every process of a group, in MB."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                rollup = (folder / "smaps_rollup").read_text()
                total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
