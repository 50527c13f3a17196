"""Throw-away databases: SQLite files, and a PostgreSQL server of the tests' own."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

import sqlalchemy as sa

from app import create_app
from app.core import config, db

SERVER_BINARIES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/usr/bin")


class Postgres:
    """A server on loopback under a folder of its own, without fsync; as another user where we are root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        self.port = _free_port()
        self.binaries = _binaries()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def start(self) -> None:
        for folder in (self.folder.parent, *self.folder.parent.parents):
            if folder.is_relative_to("/tmp") and folder != Path("/tmp"):  # noqa: S108 - where pytest keeps its folders
                folder.chmod(0o755)
        self.folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", str(self.folder), "-A", "trust", "-U", "stemme", "--no-sync", "-E", "UTF8")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off "
        options += "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        self._run("pg_ctl", "-D", str(self.folder), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://stemme@127.0.0.1:{self.port}/{database}"

    def execute(self, *statements: str) -> None:
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", *command]
        subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=60)


class Databases:
    """Makes one filled schema, then a copy of it for each test."""

    def __init__(self, kind: str, folder: Path, server: Postgres | None) -> None:
        self.kind, self.folder, self.server = kind, folder, server
        self.template = self._new_url()
        if server:
            server.execute(f"CREATE DATABASE {self._name(self.template)}")
        create_schema(self.template, folder)

    def fresh(self) -> str:
        url = self._new_url()
        if self.server:
            self.server.execute(f"CREATE DATABASE {self._name(url)} TEMPLATE {self._name(self.template)}")
        else:
            shutil.copy(self.template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        if self.server:
            self.server.execute(f"DROP DATABASE {self._name(url)} WITH (FORCE)")
            return
        path = Path(url.removeprefix("sqlite:///"))
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()

    def _new_url(self) -> str:
        name = f"stemme_{secrets.token_hex(6)}"
        return self.server.url(name) if self.server else f"sqlite:///{self.folder / name}.sqlite3"

    def _name(self, url: str) -> str:
        return url.rsplit("/", 1)[1]


def create_schema(url: str, folder: Path) -> None:
    """The schema as an operator gets it."""
    environ = {"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(folder / "schema"), "STEMME_DATABASE_URL": url}
    app = create_app(config.load(environ))
    with app.app_context():
        db.db.create_all()
        db.db.session.remove()
        if db.is_sqlite():
            with db.outside_transaction() as raw:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.db.engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _binaries() -> Path:
    found = sorted(path.parent for pattern in SERVER_BINARIES for path in Path("/").glob(f"{pattern[1:]}/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql (or SKIP_POSTGRES=1)")
    return found[-1]
