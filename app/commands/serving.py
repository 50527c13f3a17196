"""`stemme serve`: the web server. It replaces this process, so nothing of ours stays beside it in memory."""

import os
import sys
from pathlib import Path

import click

from app.core import config


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, processes: int) -> None:
    """Start the web server (granian; any WSGI server can run wsgi:app)."""
    config.load(port=port)
    os.environ.setdefault("STEMME_PUBLIC_BASE_URL", f"http://{host}:{port}")
    os.umask(0o077)
    arguments = command(host, port, processes)
    os.execv(arguments[0], arguments)  # noqa: S606 - our own server, fixed arguments


def command(host: str, port: int, processes: int) -> list[str]:
    """How granian is started for us."""
    options = {
        "--host": host, "--port": port, "--workers": processes, "--interface": "wsgi", "--log-level": "warning",
        "--blocking-threads": 4, "--backpressure": 64, "--working-dir": config.ROOT,
    }  # fmt: skip
    granian = Path(sys.executable).with_name("granian")
    return [str(granian), *(str(part) for option in options.items() for part in option), "--no-ws", "wsgi:app"]
