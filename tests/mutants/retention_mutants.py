"""Wrong ways to forget, each of which leaves something that could still be read."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app import jobs
from app.core import db
from app.privacy import night, queries
from app.privacy.backups import copies
from app.privacy.models import SealMonth

Patch = pytest.MonkeyPatch
Mutant = Callable[[Patch], None]


def every_key_in_the_backup(patch: Patch) -> None:
    """A backup holds what there is, also what dies tomorrow."""
    patch.setattr(copies, "_without_dying_months", lambda now: {})


def key_only_unlinked(patch: Patch) -> None:
    """The month is not found any more; its wrapped key is still in the table."""

    def unlink(month: str) -> None:
        renamed = sa.update(SealMonth).where(SealMonth.month == month).values(month="gone")
        db.connection().execute(renamed)

    patch.setattr(queries, "delete_month", unlink)


def key_left_in_its_page(patch: Patch) -> None:
    """The row is deleted, and PostgreSQL leaves its bytes where they were."""
    patch.setattr(night, "FORGETFUL", ())


def restored_and_not_forgotten(patch: Patch) -> None:
    """What came back from an old backup stays until somebody thinks of it."""
    patch.setattr(jobs, "forget", lambda now: None)
