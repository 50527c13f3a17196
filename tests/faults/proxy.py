"""The reverse proxy of deploy/nginx, as an operator runs it, in front of a server of a test."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from app.core.config import ROOT
from tests.live import free_port

FILES = ROOT / "deploy" / "nginx"
FOUND = shutil.which("nginx")
NAME = "stemme.example"


class Proxy:
    """nginx with our own configuration; only ports, paths and the certificate are the test's."""

    def __init__(self, upstream: int, folder: Path, *, level: str = "emerg") -> None:
        self.port, self.plain_port, self.folder = free_port(), free_port(), folder
        (folder / "site.conf").write_text(self._moved("stemme.conf", level), "utf-8")
        whole = self._moved("nginx.conf", level).replace("/etc/nginx/stemme.conf", str(folder / "site.conf"))
        whole = re.sub(r"server 127\.0\.0\.1:\d+;", f"server 127.0.0.1:{upstream};", whole)
        unused = " ".join(f"{kind}_temp_path {folder / kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
        whole = whole.replace("http {", f"http {{ {unused}")
        (folder / "nginx.conf").write_text(f"daemon off;\n{whole}", "utf-8")

    def _moved(self, name: str, level: str) -> str:
        """A file of deploy/nginx with ports and folders of our own, which only our own user may enter."""
        said = (FILES / name).read_text("utf-8").replace("stderr emerg", f"stderr {level}")
        said = re.sub("/etc/stemme/tls|/dev/shm|/var/www|/run", lambda _: str(self.folder), said)
        said = re.sub(r"^ *listen \[::\].*\n", "", said, flags=re.MULTILINE)
        said = said.replace("listen 80", f"listen 127.0.0.1:{self.plain_port}")
        said = said.replace("listen 443 ", f"listen 127.0.0.1:{self.port} ")
        return said.replace("user www-data;\n", "user root;\n" if os.geteuid() == 0 else "")

    def __enter__(self) -> Self:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", f"/CN={NAME}", "-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        with (self.folder / "nginx.log").open("wb") as out:
            self.process = subprocess.Popen(
                [str(FOUND), "-e", "stderr", "-c", self.folder / "nginx.conf"], stdout=out, stderr=out
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "nginx.log").read_text("utf-8")
            try:
                self.connected().close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise AssertionError("the proxy does not answer")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)

    def connected(self) -> ssl.SSLSocket:
        """A line to it, whose certificate nobody has signed."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=15), server_hostname=NAME)

    @property
    def written(self) -> str:
        """Every line it has written."""
        return (self.folder / "nginx.log").read_text("utf-8")
