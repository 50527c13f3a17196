"""The stage of the track: a summer's day, and a first quarter that is published."""

import pytest

from app.core.clock import Clock
from tests.desk.track import factories


@pytest.fixture
def quarter(content: None, clock: Clock) -> None:
    """The first quarter is published, and nobody can take back words from it any more."""
    clock.set(factories.SUMMER)
    factories.a_release()
