"""The moderation log: which acts are moderation, which part of them a role may see, and the log as a file."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _

from app.core import clock, table_cells
from app.core.i18n import N_
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation.measures import queries
from app.desk.moderation.queries import AnyRow

PAGE = 50
LONGEST_FILE = 10_000
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "reading": (N_("Reading and deciding"), ("text.approve", "text.hold", "text.reopen", "text.ask_reject",
                "text.agree_reject", "text.reject", "text.take_over", "text.translate", "text.mask_more")),
    "masks": (N_("Masks"), ("mask.",)),
    "coding": (N_("Coding"), ("text.tag", "text.untag", "text.bulk", "text.type", "text.flag", "text.second",
               "text.agree", "text.group", "memo.", "alert.")),
    "undo": (N_("Taking back"), ("text.undo",)),
    "codebook": (N_("Codebook"), ("code.", "codebook.")),
    "out": (N_("Quotes and files"), ("quote.", "export.")),
}  # fmt: skip
"""Each kind of act: what it is called, and the beginnings of its acts' names. Acts about cases are in no count."""
_HEAD = ("day", "time", "who", "act", "count", "target", "reason")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader asks for; days are Copenhagen's, both included."""

    kind: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


def acts(kind: str = "") -> list[str]:
    """The acts of one kind, or all of moderation, as the audit trail names them."""
    begins = tuple(one for key, (_name, some) in KINDS.items() if kind in ("", key) for one in some)
    return [act for act in audit.ACTS if act.startswith(begins)]


def rows(wanted: Wanted, me: User, *, most: int = PAGE) -> Sequence[AnyRow]:
    """What was done, newest first: by everybody for the administrator, by oneself for everybody else."""
    chosen = [act for act in acts(wanted.kind) if wanted.act in ("", act)]
    return queries.log(
        actor=None if me.role == "admin" else me.id.hex(),
        acts=chosen,
        since=_midnight(wanted.since),
        until=_midnight(wanted.until + timedelta(days=1)) if wanted.until else None,
        before=wanted.before,
        most=most,
    )


def counts(wanted: Wanted) -> Mapping[str, int]:
    """How often each act was done, by whomever."""
    since = _midnight(wanted.since) or datetime.min.replace(tzinfo=UTC)
    until = _midnight(wanted.until + timedelta(days=1)) if wanted.until else datetime.max.replace(tzinfo=UTC)
    return queries.acts_between(since, until or since, acts(wanted.kind))


def as_csv(found: Sequence[AnyRow], names: Mapping[str, str]) -> str:
    """The rows as a file: every field quoted, nothing a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for row in found:
        at = row.at.astimezone(clock.COPENHAGEN)
        who = names.get(row.actor, row.actor)
        said = (f"{at:%Y-%m-%d}", f"{at:%H:%M}", who, _(audit.ACTS[row.act]), row.times or "", row.target, row.detail)
        writer.writerow([table_cells.written(str(field)) for field in said])
    return "\ufeff" + out.getvalue()


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=clock.COPENHAGEN).astimezone(UTC) if day else None
