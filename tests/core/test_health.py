"""Alive, ready, and who may look: what an operator's probe is told."""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.channels.sms import queries as texts
from app.channels.sms import sweep
from app.core import clock as clocks
from app.core import config, db, health
from app.core.clock import Clock
from app.core.log import log
from app.privacy import keys, night
from app.privacy.backups import copies
from app.surveys import month_keys

HOUR = 3600
READY = (200, "ready\n")
TOKEN = "a-token-of-the-operator-for-scraping"


@pytest.fixture(autouse=True)
def migrated(app: Flask) -> Iterator[None]:
    """The mark that migrations leave; the tests' tables are made without them."""
    _say("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    _say(f"INSERT INTO alembic_version VALUES ('{health.newest_migration()}')")
    yield
    db.db.session.rollback()
    _say("DROP TABLE IF EXISTS alembic_version")


@pytest.fixture
def swept(app: Flask, environ: dict[str, str], clock: Clock) -> Callable[[float, int], None]:
    """swept(minutes_ago, oldest_hours): Twilio is the carrier, and its last complete sweep was then."""
    environ |= {"STEMME_SMS_PROVIDER": "twilio", "STEMME_TWILIO_ACCOUNT_SID": "AC" + "0" * 32}
    app.extensions["settings"] = config.load(environ)

    def note(minutes_ago: float, oldest_hours: int) -> None:
        texts.add_sweep("twilio", clock.now().timestamp())
        began = clock.now().timestamp() - minutes_ago * 60
        texts.change_sweep("twilio", complete_until=began, oldest_hours=oldest_hours)
        db.db.session.commit()

    return note


def asked(client: FlaskClient) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.get_data(as_text=True)


def test_it_is_ready_when_nothing_is_wrong(client: FlaskClient) -> None:
    assert asked(client) == READY


def test_a_real_house_without_a_backup_of_two_days_is_not_ready(
    app: Flask, client: FlaskClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(config.settings(), env="production"))
    line = "No backup was made in the last two days."
    assert line in asked(client)[1]

    copies.note(clock.now())
    assert line not in asked(client)[1]

    clock.moved_by += 49 * HOUR
    assert line in asked(client)[1]


def test_to_be_asked_changes_nothing_and_holds_no_lock(client: FlaskClient) -> None:
    asked(client)

    with db.db.engine.connect() as other:
        other.execute(sa.text("DELETE FROM job_lease"))
        other.rollback()


def test_tables_of_another_version_are_not_ready(client: FlaskClient) -> None:
    _say("UPDATE alembic_version SET version_num = '0000'")

    assert asked(client) == (503, "The tables are not those of this version: run `stemme init`.\n")


def test_a_database_without_tables_is_not_ready(client: FlaskClient) -> None:
    _say("DROP TABLE alembic_version")

    assert asked(client) == (503, "The tables are not those of this version: run `stemme init`.\n")


def test_a_database_that_cannot_be_reached_is_not_ready(environ: dict[str, str], tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/nowhere/x.sqlite3", "postgresql+psycopg://stemme:hunter2@127.0.0.1:9/stemme"):
        elsewhere = create_app(config.load(environ | {"STEMME_DATABASE_URL": url}))

        assert asked(elsewhere.test_client()) == (503, "The database does not answer.\n")


def test_the_newest_migration_is_read_off_a_file_name(client: FlaskClient) -> None:
    assert health.newest_migration() == ScriptDirectory(str(config.ROOT / "migrations")).get_current_head()


def test_a_missing_day_key_is_made(client: FlaskClient, settings: config.Settings) -> None:
    shutil.rmtree(settings.keys_dir, ignore_errors=True)

    assert asked(client) == READY
    assert keys.DayKeys(settings.keys_dir).alive()


def test_a_key_folder_that_cannot_be_used_is_not_ready(client: FlaskClient, settings: config.Settings) -> None:
    shutil.rmtree(settings.keys_dir, ignore_errors=True)
    settings.keys_dir.parent.mkdir(parents=True, exist_ok=True)
    settings.keys_dir.write_text("not a folder")

    assert asked(client) == (503, "The day key can neither be read nor made: look at STEMME_KEYS_DIR.\n")


def test_the_desk_needs_no_day_key(app: Flask, client: FlaskClient, environ: dict[str, str]) -> None:
    app.extensions["settings"] = config.load(environ | {"STEMME_SIDE": "desk", "STEMME_KEYS_DIR": "/dev/null/keys"})
    month_keys.make_ahead(clocks.now())
    db.db.session.commit()

    assert asked(client) == READY


def test_a_sweep_within_a_quarter_of_an_hour_is_ready(client: FlaskClient, swept: Callable[[float, int], None]) -> None:
    swept(14, 23)

    assert asked(client) == READY


def test_a_sweep_that_is_late_is_not_ready(client: FlaskClient, swept: Callable[[float, int], None]) -> None:
    swept(16, 0)

    assert asked(client) == (503, "The last complete sweep of the carrier is more than 15 minutes old.\n")


def test_a_carrier_that_was_never_swept_is_not_ready(client: FlaskClient, swept: Callable[[float, int], None]) -> None:
    assert sweep.provider() is not None

    assert asked(client) == (503, "The carrier has not been swept yet: is `stemme worker` running?\n")


def test_a_copy_of_more_than_a_day_is_not_ready(client: FlaskClient, swept: Callable[[float, int], None]) -> None:
    swept(1, 24)

    assert asked(client) == (503, "A copy at the carrier is more than 24 hours old.\n")


def test_every_fault_has_its_line(
    client: FlaskClient, swept: Callable[[float, int], None], settings: config.Settings
) -> None:
    swept(60, 48)
    shutil.rmtree(settings.keys_dir, ignore_errors=True)
    settings.keys_dir.parent.mkdir(parents=True, exist_ok=True)
    settings.keys_dir.write_text("not a folder")

    status, body = asked(client)

    assert (status, len(body.splitlines())) == (503, 3)


def test_two_bad_nights_are_not_ready(client: FlaskClient, clock: Clock) -> None:
    night.run(clock.now())
    assert asked(client) == READY
    clock.moved_by += 5 * 24 * HOUR

    assert asked(client) == (503, "The night run was not whole two nights in a row: night.json says which step.\n")


def test_the_console_is_never_late(client: FlaskClient) -> None:
    assert config.settings().sms_provider == "console"

    assert asked(client) == READY


def test_a_desk_of_its_own_sweeps_no_carrier(app: Flask, client: FlaskClient, environ: dict[str, str]) -> None:
    app.extensions["settings"] = config.load(environ | {"STEMME_SMS_PROVIDER": "twilio", "STEMME_SIDE": "desk"})
    assert sweep.provider() is None
    month_keys.make_ahead(clocks.now())
    db.db.session.commit()

    assert asked(client) == READY


def test_it_is_alive_also_when_it_is_not_ready(client: FlaskClient) -> None:
    _say("DROP TABLE alembic_version")

    assert client.get("/healthz").get_data() == b"ok\n"


def test_a_fault_is_logged_when_it_comes_and_when_it_goes_not_each_time(client: FlaskClient) -> None:
    heard = _Listener()
    log.addHandler(heard)
    try:
        for revision in ("0000", "0000", "0000", health.newest_migration(), health.newest_migration()):
            _say(f"UPDATE alembic_version SET version_num = '{revision}'")
            asked(client)
    finally:
        log.removeHandler(heard)

    assert [(level, event) for level, event in heard.said if event != "request"] == [
        ("ERROR", "not ready"), ("WARNING", "over"),
    ]  # fmt: skip


def test_the_state_of_the_sweep_is_told_in_figures(client: FlaskClient, swept: Callable[[float, int], None]) -> None:
    swept(7.5, 3)

    lines = client.get("/metrics").get_data(as_text=True).splitlines()

    assert {"stemme_ready 1", "stemme_sweep_age_seconds 420", "stemme_oldest_copy_hours 3"} <= set(lines)


def test_metrics_answer_also_when_the_database_does_not(client: FlaskClient) -> None:
    _say("DROP TABLE alembic_version")

    lines = client.get("/metrics").get_data(as_text=True).splitlines()

    assert {"stemme_up 1", "stemme_ready 0", "stemme_job_failures_total 0"} <= set(lines)


def test_metrics_speak_prometheus(client: FlaskClient) -> None:
    answer = client.get("/metrics")

    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.get_data(as_text=True).splitlines()
    figures = [line for line in lines if not line.startswith("#")]
    assert figures
    assert all(line.rsplit(" ", 1)[1].isdecimal() for line in figures)
    assert len({line.rsplit(" ", 1)[0] for line in figures}) == len(figures)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_may_look(client: FlaskClient, address: str) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_what_came_through_a_proxy_did_not_come_from_this_machine(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [(f"Bearer {TOKEN}", 200), ("Bearer another", 403), ("Bearer ", 403), (f"Basic {TOKEN}", 403), ("", 403)],
)
def test_another_machine_needs_the_token(
    app: Flask, client: FlaskClient, environ: dict[str, str], said: str, status: int
) -> None:
    app.extensions["settings"] = config.load(environ | {"STEMME_METRICS_TOKEN": TOKEN})
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}

    assert client.get("/metrics", environ_base=elsewhere, headers={"Authorization": said}).status_code == status


def test_without_a_token_no_other_machine_may_look(client: FlaskClient) -> None:
    for said in ("Bearer ", "Bearer None", "Bearer"):
        answer = client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}, headers={"Authorization": said})
        assert answer.status_code == 403


class _Listener(logging.Handler):
    """What was said, level and event."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.levelname, str(record.msg)))


def _say(statement: str) -> None:
    db.connection().execute(sa.text(statement))
    db.db.session.commit()
