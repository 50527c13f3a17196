"""Throw-away databases: SQLite files, and a PostgreSQL server of the tests' own."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
import sqlalchemy as sa

from app import create_app
from app.core import config, db
from tests import citizen_rights

SERVER_BINARIES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/usr/bin")


class Postgres:
    """A server on loopback in a folder of its own, set as operators are told to; as another user where we are root.

    Without fsync unless durable.
    """

    def __init__(self, *, is_durable: bool = False) -> None:
        self.is_durable = is_durable
        self.folder = Path(tempfile.mkdtemp(prefix="stemme-postgres-"))
        self.port = _free_port()
        self.binaries = binaries()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", str(self.folder), "-A", "trust", "-U", "stemme", "--no-sync", "-E", "UTF8")
        with (self.folder / "postgresql.conf").open("a") as conf:
            conf.write((config.ROOT / "docs" / "postgresql.conf").read_text("utf-8"))
        self._begin()

    def pull_the_plug(self) -> None:
        """End it without a word to it, as a loss of power would, and start it again on what it left behind."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")
        self._begin()

    def _begin(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=60"
        if not self.is_durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", str(self.folder), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

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
    """One schema made as an operator gets it; every test finds it empty."""

    def __init__(self, kind: str, folder: Path, server: Postgres | None) -> None:
        self.kind, self.folder, self.server = kind, folder, server
        self.template = self.another()
        create_schema(self.template, folder)
        self._emptier = _Emptier(self.template) if server else None

    def fresh(self) -> str:
        """A database with the whole schema and nothing in it: a copied file, or the emptied database."""
        if self._emptier:
            self._emptier.empty()
            return self.template
        url = self.another()
        shutil.copy(self.template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url

    def another(self) -> str:
        """A database without any table."""
        name = f"stemme_{secrets.token_hex(6)}"
        if self.server:
            self.server.execute(f"CREATE DATABASE {name}")
            return self.server.url(name)
        return f"sqlite:///{self.folder / name}.sqlite3"

    def forget(self, url: str) -> None:
        """The test is over."""
        if self.server is None:
            path = Path(url.removeprefix("sqlite:///"))
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()

    def close(self) -> None:
        """The last test is over."""
        if self._emptier:
            self._emptier.close()


class _Emptier:
    """Empties a PostgreSQL database over one connection: most tests leave most tables empty."""

    def __init__(self, url: str) -> None:
        address = url.replace("+psycopg", "")
        self._connection = psycopg.connect(address, autocommit=True, options="-c session_replication_role=replica")
        tables = [table.name for table in db.Model.metadata.sorted_tables]
        self._filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)

    def empty(self) -> None:
        """End every other connection, then delete all rows, past the append-only triggers."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        self._connection.execute(f"{others} AND pid <> pg_backend_pid()")
        filled = self._connection.execute(self._filled, prepare=True).fetchall()
        if filled:
            self._connection.execute("; ".join(f'DELETE FROM "{name}"' for (name,) in filled))

    def close(self) -> None:
        self._connection.close()


def create_schema(url: str, folder: Path) -> None:
    """The schema as an operator gets it."""
    environ = {"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(folder / "schema"), "STEMME_DATABASE_URL": url}
    app = create_app(config.load(environ))
    with app.app_context():
        db.db.create_all()
        if not db.is_sqlite():
            citizen_rights.make_role()
        db.db.session.remove()
        if db.is_sqlite():
            with db.outside_transaction() as raw:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.db.engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def binaries() -> Path:
    found = sorted(path.parent for pattern in SERVER_BINARIES for path in Path("/").glob(f"{pattern[1:]}/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql (or SKIP_POSTGRES=1)")
    return found[-1]
