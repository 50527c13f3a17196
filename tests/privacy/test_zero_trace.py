"""Many people write: no number, no word, no receipt and no id of the carrier is in any byte that is written."""

import base64
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import jobs
from app.core import clock, db
from app.privacy.backups import copies
from app.surveys.models import Response
from tests.faults.stories import free_then_a_receipt, free_without_a_place, left_after_the_finish, whole
from tests.mutants import trace_mutants
from tests.privacy.conftest import Disk
from tests.privacy.many_conversations import Crowd
from tests.requirements import IN_FULL, Figure

SIGNS = {
    "number_in_the_thread_row": ("E.164", free_without_a_place),
    "reply_unboxed": ("text", free_then_a_receipt),
    "draft_in_json": ("row", left_after_the_finish),
    "form_in_a_debug_log": ("text", whole),
}
"""What each wrong version leaves, and a story in which it does."""
PEOPLE = 1000 if IN_FULL else 10


@pytest.fixture
def stage(app: Flask, content: None, written_log: object) -> None:
    """Places and surveys, and a log that is kept."""


@pytest.mark.requirement("R1")
def test_a_thousand_conversations_leave_no_trace_before_and_after_the_night(
    app: Flask, stage: None, disk: Disk, tmp_path: Path, figure: Figure
) -> None:
    crowd = Crowd(app, seed="zero trace", numbers=db.db.engine.dialect.name, disk=disk)
    crowd.speak(PEOPLE)
    needles = crowd.needles()

    in_use = disk(needles)
    jobs.night_run(clock.now())
    copies.make(tmp_path / "backup", clock.now())
    afterwards = disk(needles)

    kind = db.db.engine.dialect.name
    figure(
        f"{kind}: {len(in_use)} and {len(afterwards)} hits of {len(needles):,} spellings, before and after the night"
    )
    assert (in_use, afterwards) == ([], [])


@pytest.mark.requirement("R1", mutants=True)
@pytest.mark.parametrize("mutant", trace_mutants.TRACES, ids=lambda mutant: mutant.__name__)
def test_a_trace_is_found(
    app: Flask, stage: None, disk: Disk, monkeypatch: pytest.MonkeyPatch, mutant: trace_mutants.Mutant
) -> None:
    if not db.is_sqlite():
        pytest.skip("the same code on both; and PostgreSQL's log would remember it when other tests look")
    sign, story = SIGNS[mutant.__name__]
    crowd = Crowd(app, seed=mutant.__name__)
    crowd.author.only = story
    mutant(app, monkeypatch)

    crowd.speak(2)
    ids = db.connection().execute(sa.select(Response.id)).scalars()
    rows = {f"row {nth}": base64.b64encode(one) for nth, one in enumerate(ids)}

    assert any(sign in hit.split(": ")[1] for hit in disk({**crowd.needles(), **rows}))
