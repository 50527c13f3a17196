"""What operators may count, and that no figure tells when somebody said something."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import jobs
from app.channels.sms.providers import base
from app.core import clock as clocks
from app.core import config, db, metrics
from app.core.clock import Clock
from app.core.config import ROOT
from app.core.counts import Counts
from app.core.metrics import STEP, Shown
from tests.channels.sms.factories import deliver, fields, text

CITIZENS = [slot for slot in metrics.SLOTS if slot[0].shown is Shown.IN_TENS]
FAILURES = [slot for slot in metrics.SLOTS if slot[0].shown is Shown.LATE]


def scraped(client: FlaskClient) -> dict[str, int]:
    """Every figure of /metrics but the ages, which only the clock moves."""
    db.db.session.remove()  # as between two requests: a test's requests share one session
    lines = client.get("/metrics").get_data(as_text=True).splitlines()
    figures = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: int(n) for name, n in figures if "age_seconds" not in name}


def count(slot: tuple[metrics.Series, str], times: int) -> None:
    for _ in range(times):
        metrics.count(slot[0].name, slot[1])


def figure(client: FlaskClient, slot: tuple[metrics.Series, str]) -> int:
    series, value = slot
    return scraped(client)[f"stemme_{series.name}_total" + (f'{{{series.label}="{value}"}}' if value else "")]


@pytest.mark.requirement("R9")
def test_no_figure_changes_when_somebody_says_something(app: Flask, content: None, client: FlaskClient) -> None:
    before = scraped(client)

    for said in ("GH1", "4", "ja", "Flere senge om natten", "JA", "hej", "STOP", "Døren er altid låst"):
        text(app, said)
        assert scraped(client) == before
    for method in ("get", "post"):
        db.db.session.remove()
        getattr(client, method)("/s/GH1")
    assert scraped(client) == before


@pytest.mark.requirement("R9")
def test_a_batch_that_leaves_because_the_fifth_answer_is_in_shows_nothing(
    app: Flask, content: None, client: FlaskClient, clock: Clock, environ: dict[str, str]
) -> None:
    environ["STEMME_RELEASE_BATCH"] = "5"
    app.extensions["settings"] = config.load(environ)
    before = scraped(client)

    for _ in range(5):
        text(app, "GH1 Flere senge om natten, tak")
    jobs.release_batch(clock.now())

    assert scraped(client) == before


@pytest.mark.requirement("R9")
def test_after_the_mornings_batch_only_steps_of_ten_show(
    app: Flask, content: None, client: FlaskClient, clock: Clock
) -> None:
    scraped(client)
    for _ in range(4 * STEP):
        text(app, "GH1")

    clock.moved_by += timedelta(days=1).total_seconds()
    shown = [figure(client, slot) for slot in CITIZENS]

    assert all(n % STEP == 0 for n in shown)
    assert STEP <= sum(shown) <= 4 * STEP


@pytest.mark.requirement("R9")
@pytest.mark.parametrize("slot", CITIZENS, ids=str)
def test_a_volume_stands_still_between_two_mornings(
    app: Flask, client: FlaskClient, clock: Clock, slot: object
) -> None:
    scraped(client)
    count(slot, 27)

    clock.moved_by += timedelta(hours=17).total_seconds()  # 04:00 in Copenhagen
    at_night = figure(client, slot)
    clock.moved_by += timedelta(hours=3).total_seconds()

    assert (at_night, figure(client, slot)) == (0, 20)


@pytest.mark.parametrize("slot", FAILURES, ids=str)
def test_a_failure_waits_for_nine_others_or_an_hour(
    app: Flask, client: FlaskClient, clock: Clock, slot: object
) -> None:
    scraped(client)

    count(slot, 9)
    few = figure(client, slot)
    count(slot, 4)
    many = figure(client, slot)
    clock.moved_by += 3600
    later = figure(client, slot)

    assert (few, many, later) == (0, 10, 13)


def test_a_figure_once_shown_never_falls(app: Flask, client: FlaskClient, clock: Clock) -> None:
    slot = FAILURES[0]
    count(slot, 13)
    first = figure(client, slot)
    count(slot, 3)

    assert (first, figure(client, slot)) == (13, 13)


def test_what_staff_set_off_shows_at_once(app: Flask, client: FlaskClient) -> None:
    before = scraped(client)
    client.get("/desk/login")
    metrics.count("job_failures")

    changed = {name for name, n in scraped(client).items() if n != before[name]}

    assert len(changed) == 2
    assert all(name.startswith(("stemme_desk_requests_total", "stemme_job_failures_total")) for name in changed)


def test_a_job_that_fails_is_counted_each_time_and_logged_once(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Exception):
        pass

    def fail(_: datetime) -> None:
        raise Broken

    for act in (fail, fail, fail, lambda _: None, lambda _: None):
        jobs.run_safely(jobs.Job("wishes", act), clocks.now())

    assert scraped(client)["stemme_job_failures_total"] == 3
    assert [record.msg for record in caplog.records] == ["job failed", "over"]


def test_a_figure_that_a_citizen_can_move_is_never_shown_at_once() -> None:
    at_once = {series.name for series in metrics.SERIES if series.shown is Shown.AT_ONCE}

    assert at_once == {"job_failures", "desk_requests"}


def test_refused_signatures_and_texts_not_stored_are_counted(
    app: Flask, content: None, client: FlaskClient, clock: Clock
) -> None:
    deliver(app, fields("GH1"), token="another-token")
    clock.moved_by += 3600

    assert scraped(client)["stemme_signature_failures_total"] == 1


def test_an_error_of_the_carrier_counts_under_its_class(app: Flask, client: FlaskClient, clock: Clock) -> None:
    for fault in (*get_args(base.Fault), "something new"):
        metrics.provider_error(fault)
    clock.moved_by += 3600

    shown = scraped(client)
    assert shown['stemme_provider_errors_total{class="stopped"}'] == 1
    assert shown['stemme_provider_errors_total{class="unknown"}'] == 2


def test_the_classes_are_those_of_the_carriers() -> None:
    assert get_args(base.Fault) == metrics.PROVIDER_FAULTS


def test_only_a_long_wait_for_the_lock_counts(app: Flask, client: FlaskClient, clock: Clock) -> None:
    for seconds in (0.0, 0.05, 0.2, 3.0):
        metrics.observe_lock_wait(seconds)
    clock.moved_by += 3600

    shown = scraped(client)
    assert shown['stemme_lock_waits_total{ms="<1000"}'] == 1
    assert shown['stemme_lock_waits_total{ms="more"}'] == 1


@pytest.mark.requirement("R9")
def test_nothing_is_labelled_by_place_channel_or_language() -> None:
    assert {series.label for series in metrics.SERIES} == {"", "ms", "class"}


def test_counts_outlive_the_process_that_counted(app: Flask, settings: config.Settings, clock: Clock) -> None:
    count(FAILURES[0], 7)

    metrics.init(app, settings.instance_dir)

    assert metrics.Metrics(settings.instance_dir / "counts").shown(clock.now())[0] == 7


def test_a_disk_that_cannot_be_written_loses_the_count_and_not_the_text(
    app: Flask, content: None, settings: config.Settings
) -> None:
    (settings.instance_dir / "counts").unlink(missing_ok=True)
    (settings.instance_dir / "counts").mkdir(parents=True)
    metrics.init(app, settings.instance_dir)

    replies = [text(app, "GH1") for _ in range(2 * STEP)]

    assert all("112" in reply for reply in replies)


def test_every_process_and_thread_counts_into_the_same_file(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts", ["a", "b"])
    counts.add(1, 5)
    forking = multiprocessing.get_context("fork")  # as a server that forks after loading the application

    workers = [forking.Process(target=_add, args=(counts.add, 300)) for _ in range(4)]
    for worker in workers:
        worker.start()
    _add(counts.add, 300)
    for worker in workers:
        worker.join(timeout=60)

    assert counts.read() == [0, 5 + 5 * 300]


def test_two_applications_of_one_process_count_into_the_same_file(tmp_path: Path) -> None:
    applications = [Counts(tmp_path / "counts", ["a", "b"]) for _ in range(4)]

    with ThreadPoolExecutor(len(applications)) as threads:
        list(threads.map(lambda counts: _add(counts.add, 300), applications))

    assert applications[0].read() == [0, 4 * 300]


def test_nothing_stays_open_when_something_was_counted(app: Flask, clock: Clock, settings: config.Settings) -> None:
    for _ in range(3):
        metrics.init(app, settings.instance_dir)
        count(FAILURES[0], 2)
        list(metrics.lines(clock.now()))

    assert not _is_open(settings.instance_dir / "counts")


def test_the_file_holds_numbers_in_a_fixed_order_and_nothing_else(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "counts", ["a", "b", "c"])
    counts.add(2, 258)

    content = (tmp_path / "counts").read_bytes()

    assert content[16:] == bytes(8) + bytes(8) + (258).to_bytes(8, "big")
    assert (tmp_path / "counts").stat().st_mode & 0o777 == 0o600


def test_a_file_of_another_version_begins_anew(tmp_path: Path) -> None:
    Counts(tmp_path / "counts", ["a", "b"]).add(0, 9)

    assert Counts(tmp_path / "counts", ["a", "b", "c"]).read() == [0, 0, 0]


def test_a_text_reaches_the_disk_in_tens_only(app: Flask, content: None, settings: config.Settings) -> None:
    file = settings.instance_dir / "counts"
    metrics.count("job_failures")
    before = file.read_bytes()

    for _ in range(STEP - 1):
        metrics.count("citizen_requests", "<10")

    assert file.read_bytes() == before


def test_the_operators_page_names_every_figure() -> None:
    page = (ROOT / "docs" / "running.md").read_text("utf-8")

    assert [series.name for series in metrics.SERIES if f"`{series.name}`" not in page] == []


def _add(add: Callable[[int, int], None], times: int) -> None:
    for _ in range(times):
        add(1, 1)


def _is_open(path: Path) -> bool:
    """Whether this process has the file open."""
    file = path.stat()
    for opened in os.listdir("/dev/fd"):
        with suppress(OSError):  # the one that listed them is closed by now
            if os.path.samestat(os.fstat(int(opened)), file):
                return True
    return False
