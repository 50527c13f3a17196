"""What an export is for: said in words before anything leaves, and kept in the audit trail."""

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.moderation.codebook import lines

SHORTEST, LONGEST = 10, 200


class ExportRefused(Refusal):
    """An export nobody gave a reason for, or too large for its format."""


def given(written: str) -> str:
    """The reason in one line. Refuses one that says nothing."""
    reason = " ".join(lines.plain(written).split())
    if not SHORTEST <= len(reason) <= LONGEST:
        raise ExportRefused(
            _("Say what the export is for, in %(shortest)s to %(longest)s characters.",
              shortest=SHORTEST, longest=LONGEST)
        )  # fmt: skip
    return reason
