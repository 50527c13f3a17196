"""`stemme serve`: the web server. It replaces this process, so nothing of ours stays beside it in memory."""

import os
import sys
from pathlib import Path

import click

from app.core import config

SCRIPT = str(config.ROOT / "bin" / "serve")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, processes: int) -> None:
    """Start the web server (granian; any WSGI server can run wsgi:app)."""
    config.load(port=port)
    os.environ.setdefault("STEMME_PUBLIC_BASE_URL", f"http://{host}:{port}")
    os.umask(0o077)
    environ = {**os.environ, "BIN": str(Path(sys.executable).parent)}
    os.execve(SCRIPT, [SCRIPT, host, str(port), str(processes)], environ)  # noqa: S606 - our own script
