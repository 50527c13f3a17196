"""Every way a release leaves the house carries the same cells and the same dashes, and never changes."""

from collections.abc import Callable

import pytest

from app.publication import printing, published
from app.publication.models import Release
from tests.publication import ways_out
from tests.publication.conftest import Visitor

pytestmark = pytest.mark.requirement("R7")


def test_every_way_out_carries_the_same_cells_and_no_byte_depends_on_what_is_hidden(
    release: Release, visitor: Visitor, figure: Callable[[str], None]
) -> None:
    cells = published.cells(release.id)
    hidden = sum(1 for one in cells if one.value is None)

    assert hidden > 20
    assert ways_out.complaints(release, visitor, printed_again=printing.AGAIN) == []
    figure(f"{len(cells)} cells, {hidden} of them hidden, in 10 ways")
