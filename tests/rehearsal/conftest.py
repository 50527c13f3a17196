"""Rehearsals for tests: SQLite of their own, whatever database the house has."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app import create_app
from app.rehearsal import sandbox, stage
from app.rehearsal.sandbox import Rehearsal
from app.surveys import versions
from app.surveys.questions import Survey
from tests import content as demo_content

Begin = Callable[..., Rehearsal]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """begin() is a rehearsal at the demo's places, open until the test is over; begin(survey) tries that one."""
    versions.forget()
    with ExitStack() as open_ones:

        def begun(survey: Survey | None = None) -> Rehearsal:
            furnish = stage.of_files(survey) if survey else demo_content.put
            folder = sandbox.begin(create_app, furnish, within=tmp_path)
            return open_ones.enter_context(sandbox.opened(create_app, folder))

        yield begun
    versions.forget()
