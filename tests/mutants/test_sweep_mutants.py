"""Each wrong sweep is caught by the bad days with the carrier; the right one is not."""

import pytest

from tests.channels.sms.conftest import stage, twilio
from tests.channels.sms.stage import Stage
from tests.faults import carrier_story
from tests.mutants.sweep_mutants import MUTANTS

__all__ = ["stage", "twilio"]


@pytest.mark.requirement("R4")
@pytest.mark.requirement("R11")
def test_the_right_sweep_has_no_complaints(stage: Stage) -> None:
    assert carrier_story.complaints(stage) == []


@pytest.mark.requirement("R11", mutants=True)
@pytest.mark.parametrize("name", MUTANTS)
def test_the_bad_days_catch(stage: Stage, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_wrong, complaint = MUTANTS[name]
    make_wrong(monkeypatch)

    assert any(complaint in said for said in carrier_story.complaints(stage))
