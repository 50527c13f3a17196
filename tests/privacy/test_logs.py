"""R12: whatever goes wrong, no number, text, id, address or telephone reaches a log or a file."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import config, db, log
from app.core.log import OneLineOfJson
from app.surveys.models import SurveyVersion
from tests import far
from tests.databases import Databases
from tests.live import LiveServer
from tests.privacy import forensics, provoked, silence
from tests.privacy.provoked import form, knock, signed

BROKEN = 6
"""Lines that are not even a request."""
NEVER = forensics.spellings(provoked.NUMBER) | forensics.texts(provoked.WORDS)


@pytest.fixture
def server(app: Flask, content: None, environ: dict[str, str], tmp_path: Path) -> Iterator[LiveServer]:
    """A real server whose whole output goes to a file, and whose temporary files have a folder of their own."""
    app.extensions["clock"].moved_by = 0
    db.db.session.remove()
    (tmp_path / "tmp").mkdir()
    environ |= {"TMPDIR": str(tmp_path / "tmp"), "PYTHONDEVMODE": "0"}
    server = LiveServer(environ, tmp_path, processes=2).start()
    yield server
    server.kill()


def written(server: LiveServer) -> list[str]:
    """Every needle in what the server printed or laid aside."""
    needles = NEVER | {name: needle.encode() for name, needle in provoked.NEEDLES.items()}
    return forensics.found([server.log.parent / "tmp"], needles) + _in(server.log, needles)


@pytest.mark.requirement("R12")
def test_bad_requests_get_their_status_and_leave_no_trace(
    server: LiveServer, databases: Databases, figure: Callable[[str], None]
) -> None:
    wrong, errors = {}, list(provoked.bad_requests(server.url))
    for request in errors:
        status, headers, body = knock(server.url, request)
        if (request.status and status != request.status) or status == 429 or "set-cookie" in headers:
            wrong[request.name] = (status, body)
    provoked.broken_lines(server.url)

    metrics = far.browser(server.url).get("/metrics").text
    figure(
        f"0 needles of {len(NEVER) + len(provoked.NEEDLES)} after {len(errors)} bad requests and {BROKEN} broken lines"
    )
    assert wrong == {}
    assert written(server) == []
    assert "stemme_unavailable_total" in metrics
    assert [name for name, needle in NEVER.items() if needle in metrics.encode()] == []
    assert databases.server is None or _in(databases.server.folder / "log", NEVER) == []
    assert len(errors) + BROKEN >= 40
    assert db.connection().execute(sa.text("SELECT count(*) FROM seen")).scalar() == 0


@pytest.mark.requirement("R12")
def test_faults_of_ours_are_503_lose_nothing_and_leave_no_trace(
    server: LiveServer, settings: config.Settings, databases: Databases
) -> None:
    told, before = {}, _log_of(databases)
    for name, provoke in FAULTS.items():
        with provoke(settings):
            began = time.monotonic()
            status, headers, body = knock(server.url, signed(server.url, name, 503, form()))
            told[name] = (status, headers.get("retry-after"), body, time.monotonic() - began < 8)
        assert _rows("seen", "sms_session", "response") == [0, 0, 0], name
    status, _, body = knock(server.url, signed(server.url, "in peace", 200, form()))

    assert told == dict.fromkeys(FAULTS, (503, "1", "", True))
    assert (status, "<Message>" in body) == (200, True)
    assert written(server) == []
    assert _log_of(databases) == before, "a line of PostgreSQL has its time to the millisecond"
    assert {"unavailable", "fault"} <= {line["event"] for line in _lines(server)}


@pytest.mark.requirement("R12")
def test_what_the_server_prints_is_fields_of_the_list_cut_to_the_hour(
    server: LiveServer, settings: config.Settings
) -> None:
    for provoke in (_a_broken_survey, _a_missing_table):
        with provoke(settings):
            knock(server.url, signed(server.url, "", 503, form()))

    lines = _lines(server)

    assert lines
    assert {name for line in lines for name in line} <= {"level", "logger", "at", "event", *log.FIELDS}
    assert all(len(line["at"]) == len("2026-03-02T10") for line in lines)


@pytest.mark.requirement("R12")
def test_only_the_files_of_the_list_are_written(server: LiveServer, settings: config.Settings) -> None:
    for sid in ("1", "2"):
        knock(server.url, signed(server.url, "", 200, form(MessageSid=f"SM{sid}")))
    knock(server.url, signed(server.url, "", 403, form(), token="another-token"))

    files = {path.relative_to(settings.instance_dir) for path in settings.instance_dir.rglob("*") if path.is_file()}

    folders = {"keys/day", "demo.keys"}
    assert {file.as_posix() for file in files if file.parent.as_posix() not in folders} == {"counts"}
    assert all(file.name == ".lock" or file.name.isdecimal() for file in files if file.parent.as_posix() == "keys/day")
    assert list((server.log.parent / "tmp").iterdir()) == []


def test_a_flood_is_never_told_to_slow_down(server: LiveServer) -> None:
    """A carrier does not slow down for 429, and the text would be lost."""
    statuses = set()

    def send(n: int) -> None:
        for m in range(12):
            text = form(MessageSid=f"SM{n}x{m}", Body="GH1", From=f"+452012340{n}")
            request = signed(server.url, "", 200, text)
            statuses.add(knock(server.url, request)[0])

    senders = [threading.Thread(target=send, args=(n,)) for n in range(6)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=60)

    assert statuses == {200}


@pytest.mark.requirement("R12")
def test_no_fault_of_ours_or_of_a_library_says_more_than_its_class(app: Flask, content: None) -> None:
    assert silence.broken(app) == []


def test_a_number_that_came_into_a_field_goes_no_further() -> None:
    record = logging.LogRecord("stemme", logging.ERROR, "", 0, "20 12 34 56 wrote, and a@b.dk", None, None)
    record.rid = "12345678"

    said = json.loads(OneLineOfJson().format(record))

    assert said["event"] == "[…] wrote, and […]"
    assert said["rid"] == "12345678"


@pytest.mark.requirement("R12")
def test_the_search_finds_what_is_there(server: LiveServer) -> None:
    server.log.write_text(f"{provoked.NUMBER} {provoked.WORDS} {provoked.ADDRESS}\n", "utf-8")

    assert {"E.164", "text", "address"} <= set(written(server))


# ── what goes wrong ─────────────────────────────────────────────────────────────


@contextmanager
def _a_held_lock(_: config.Settings) -> Iterator[None]:
    """Somebody else writes for longer than we wait."""
    with db.db.engine.connect() as other:
        other.execute(
            sa.text("SELECT 1" if db.is_sqlite() else "LOCK TABLE seen, sms_session IN ACCESS EXCLUSIVE MODE")
        )
        yield
        other.rollback()


@contextmanager
def _a_missing_table(_: config.Settings) -> Iterator[None]:
    _say("ALTER TABLE sms_session RENAME TO sms_session_gone")
    yield
    _say("ALTER TABLE sms_session_gone RENAME TO sms_session")


@contextmanager
def _a_broken_rule(_: config.Settings) -> Iterator[None]:
    """An IntegrityError whose message says more than it should."""
    if db.is_sqlite():
        _say(
            "CREATE TRIGGER provoked BEFORE INSERT ON sms_session "
            f"BEGIN SELECT RAISE(ABORT, '{provoked.IN_A_MESSAGE}'); END"
        )
        yield
        _say("DROP TRIGGER provoked")
        return
    _say(
        "CREATE FUNCTION provoked() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{provoked.IN_A_MESSAGE}' USING ERRCODE = 'check_violation'; END$$"
    )
    _say("CREATE TRIGGER provoked BEFORE INSERT ON sms_session FOR EACH ROW EXECUTE FUNCTION provoked()")
    yield
    _say("DROP FUNCTION provoked CASCADE")


@contextmanager
def _a_broken_survey(_: config.Settings) -> Iterator[None]:
    """The engine stumbles with number and text in its variables."""
    broken = SurveyVersion(survey_id="sms_core", version=99, state="published", definition="{", sha256="0" * 64)
    db.db.session.add(broken)
    db.db.session.commit()
    yield
    db.db.session.delete(broken)
    db.db.session.commit()


@contextmanager
def _no_keys(settings: config.Settings) -> Iterator[None]:
    folder = settings.keys_dir / "day"
    folder.rename(settings.keys_dir / "away")
    folder.write_text("not a folder")
    yield
    folder.unlink()
    (settings.keys_dir / "away").rename(folder)


FAULTS = {
    "a held lock": _a_held_lock,
    "a missing table": _a_missing_table,
    "a broken rule": _a_broken_rule,
    "a broken survey": _a_broken_survey,
    "no keys": _no_keys,
}


def _log_of(databases: Databases) -> str:
    """What PostgreSQL has written, after a checkpoint."""
    if databases.server is None:
        return ""
    databases.server.execute("CHECKPOINT")
    return (databases.server.folder / "log").read_text("utf-8")


def _in(log_file: Path, needles: dict[str, bytes]) -> list[str]:
    content = log_file.read_bytes()
    return [name for name, needle in needles.items() if needle in content]


def _lines(server: LiveServer) -> list[dict[str, str]]:
    return [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]


def _say(statement: str) -> None:
    db.connection().execute(sa.text(statement))
    db.db.session.commit()


def _rows(*tables: str) -> list[int]:
    counts = [db.connection().execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables]
    db.db.session.rollback()
    return counts
