"""People who work here, their sessions, and the chain of what they did."""

import os
import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import ROLES
from app.core.db import ID, Model
from app.core.i18n import N_

NAME = re.compile(r"[a-z][a-z0-9.-]{1,39}")
"""What is typed at sign-in; an account that was erased has a name that nobody can type."""
ROLE_NAMES = {
    "staff": N_("Staff at a place"),
    "peer": N_("Peer"),
    "moderator": N_("Moderator"),
    "safeguarding": N_("Safeguarding"),
    "council": N_("Council"),
    "analyst": N_("Analyst"),
    "admin": N_("Administrator"),
}
CAN_SEE = {
    "staff": N_("sees pooled numbers of the own place, never words"),
    "peer": N_("sees findings and says if they are right"),
    "moderator": N_("reads what people wrote, takes out names and finds themes"),
    "safeguarding": N_("sees the texts where somebody may be in danger"),
    "council": N_("sees findings, decides and publishes"),
    "analyst": N_("sees approved words and numbers, looks after the codebook"),
    "admin": N_("looks after places, surveys and people, never words"),
}
"""What each role can see, in one sentence, for gettext."""
HALF, PASSWORD, BOTH = PROVEN = ("half", "password", "both")
"""What a browser has shown: a password, and still owes a code; a password that is enough; two factors."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone, so it is given back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment as it was written."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class User(Model):
    """One who works here. The id stays for good; name and secrets go when the person has left."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name="role"),
        CheckConstraint("role <> 'staff' OR site_code IS NOT NULL", name="staff_place"),
        CheckConstraint("length(id) = 16", name="id"),
    )

    id: Mapped[bytes] = mapped_column(ID, primary_key=True, default=lambda: os.urandom(16))
    name: Mapped[str] = mapped_column(String(40), unique=True)
    """What is typed at sign-in: lower case."""
    display_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(12))
    site_code: Mapped[str | None] = mapped_column(ForeignKey("site.code"))
    """Where the person works. The wall goes by this: no words from here, whatever the role."""
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the person's telephone makes its codes from, sealed; none where there is no second factor."""
    totp_step: Mapped[int | None]
    """The half minute of the last code that was taken: neither it nor an older one is taken again."""
    must_change: Mapped[bool] = mapped_column(default=True)
    """The password was chosen by somebody else."""
    is_active: Mapped[bool] = mapped_column(default=True)
    signed_in_on: Mapped[date | None]
    left_on: Mapped[date | None]

    @property
    def role_name(self) -> str:
        """The role in words, for gettext."""
        return ROLE_NAMES[self.role]


class StaffSession(Model):
    """A browser that is signed in. The cookie holds a random token, the table only its SHA-256."""

    __tablename__ = "staff_session"
    __table_args__ = (CheckConstraint(f"proven IN ({', '.join(repr(one) for one in PROVEN)})", name="proven"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    proven: Mapped[str] = mapped_column(String(8))
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Audit(Model):
    """What somebody who works here did. Never what a citizen did, and no id of an answer."""

    __tablename__ = "audit"
    __table_args__ = (CheckConstraint("length(mac) = 32", name="mac"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Without gaps: a missing number is a missing row."""
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(32), index=True)
    """The id of a user in hex, or who acted without signing in (`command line`)."""
    act: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(80))
    count: Mapped[int | None]
    detail: Mapped[str] = mapped_column(String(300))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditCut(Model):
    """Up to where the old end of the trail was cut off, and the mac the first row that is left was sealed with.

    Sealed like a row, so that nobody without the key can cut the trail.
    """

    __tablename__ = "audit_cut"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("length(last_mac) = 32", name="last_mac"),
        CheckConstraint("length(mac) = 32", name="mac"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    seq: Mapped[int]
    last_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


_IS_CUT = "OLD.seq <= (SELECT coalesce(max(seq), 0) FROM audit_cut)"
_NEVER, _ONLY_ON = "audit rows never change", "the cut only moves on"
APPEND_ONLY = {
    "sqlite": (
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN NOT {_IS_CUT} "
        f"BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END",
        # INSERT OR REPLACE takes a row away without a trigger for DELETE.
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) "
        "BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END",
        "CREATE TRIGGER audit_cut_no_replace BEFORE INSERT ON audit_cut WHEN EXISTS (SELECT 1 FROM audit_cut) "
        "BEGIN SELECT RAISE(ABORT, 'the cut only moves on'); END",
        "CREATE TRIGGER audit_cut_moves BEFORE UPDATE ON audit_cut WHEN NEW.seq <= OLD.seq "
        f"BEGIN SELECT RAISE(ABORT, '{_ONLY_ON}'); END",
        f"CREATE TRIGGER audit_cut_stays BEFORE DELETE ON audit_cut BEGIN SELECT RAISE(ABORT, '{_ONLY_ON}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' THEN IF {_IS_CUT} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{_NEVER}'; END $$",
        "CREATE FUNCTION audit_cut_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF TG_OP = 'UPDATE' THEN IF NEW.seq > OLD.seq THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{_ONLY_ON}'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_cut_moves BEFORE UPDATE OR DELETE ON audit_cut "
        "FOR EACH ROW EXECUTE FUNCTION audit_cut_refuse()",
        "CREATE TRIGGER audit_cut_stays BEFORE TRUNCATE ON audit_cut "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_cut_refuse()",
    ),
}
"""Triggers by dialect, for the migration; a schema made from the models gets the same."""


@event.listens_for(AuditCut.__table__, "after_create")
def _make_append_only(table: Table, connection: Connection, **_: Any) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)
