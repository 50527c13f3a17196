"""`wsgi:app` is all a server needs: gunicorn takes texts as well as granian does, also where it forks late."""

import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core import db
from app.core.config import ROOT
from tests.channels.sms.carrier import Carrier
from tests.channels.sms.factories import a_number, fields
from tests.live import LiveServer


class Gunicorn(LiveServer):
    """The same application under another server."""

    def __init__(self, environ: dict[str, str], folder: Path, *options: str) -> None:
        super().__init__(environ, folder, processes=2)
        self.options = options

    def start(self) -> "Gunicorn":
        command = [ROOT / ".venv" / "bin" / "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [*command, "--threads", "4", *self.options, "wsgi:app"],
                env=self.environ, cwd=ROOT, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        self._wait()
        return self


@pytest.fixture(params=[(), ("--preload",)], ids=["each worker loads", "loaded before the fork"])
def server(
    request: pytest.FixtureRequest, app: Flask, content: None, environ: dict[str, str], tmp_path: Path
) -> Iterator[Gunicorn]:
    app.extensions["clock"].moved_by = 0
    db.db.session.remove()
    server = Gunicorn(environ, tmp_path, *request.param).start()
    yield server
    server.kill()


def test_a_conversation_runs_over_gunicorn(server: Gunicorn) -> None:
    carrier, sender = Carrier(server.url), a_number()

    replies = [carrier.text(body, sender=sender) for body in ("GH1", "4", "ja", "Flere senge om natten", "NEJ")]

    assert all(replies)
    assert "112" in replies[0]
    assert len(set(replies)) == 5


def test_a_repeated_delivery_gets_the_same_reply_from_any_process(server: Gunicorn) -> None:
    carrier, form = Carrier(server.url), fields("GH1")

    assert len({carrier.deliver(form) for _ in range(12)}) == 1


def test_processes_of_gunicorn_count_together(server: Gunicorn) -> None:
    stranger = Carrier(server.url, token="another-token")

    for _ in range(12):
        stranger.once(fields("GH1"))

    with urllib.request.urlopen(f"{server.url}/metrics", timeout=10) as answer:  # noqa: S310 - loopback
        assert "stemme_signature_failures_total 12" in answer.read().decode()
