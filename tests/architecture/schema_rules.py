"""What a table about a citizen's response may not hold (docs/privacy.md, "What is stored"), as functions.

Each returns sentences about faults, none if all is well: over the models, and over a real database.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Table

CITIZEN_TABLES = frozenset(
    {
        "response",
        "answer",
        "statement",
        "tagging",
        "text_item",
        "mask_span",
        "safeguarding_case",
        "quote",
        "kept_tag",
        "rereading",
        "receipt",
        "seen",
        "sms_session",
        "sms_meter",
        "sms_tally",
        "sms_sent",
        "paper_sheet",
        "kiosk_seen",
        "suggestion_shown",
        "memo",
        "undo_entry",
        "undo_field",
        "undo_tagging",
        "split_stay",
        "skipped",
    }
)
"""Every one of these is marked CITIZEN in its model; taking one out of here is a decision."""
OTHERS = frozenset((
    "codebook_version", "code_memo", "code_event", "code_redirect", "code_split",  # how the codebook changes
    "site", "stop", "kiosk", "survey_version", "recording", "code", "seal_month", "job_lease", "sms_sweep",  # and keys
    "side_mark", "counted_month", "tally", "answering", "release", "cell", "rendering",  # counts, and what is out
    "told", "told_wording", "receipt_answer",  # what was told back
    "settled_word",  # words that people looked at
    "alert_word", "withdrawal",  # what to look out for, and how often answers were taken back
    "user", "staff_session", "recovery_code", "account_wish", "account_elsewhere", "sign_in_errand",  # who signs in
    "audit", "audit_cut",  # people who work here
    "week_read", "moderated",  # counts of how the desk keeps up
    "claim", "saved_filter", "keyboard",  # how a moderator works; a claim lasts minutes
    "paper_batch", "paper_hand", "paper_check",  # piles of paper forms, and how well they were keyed
    "finding_version", "finding_comment", "peer_verdict", "peer_home",  # findings, and what people who work here say
    "finding", "proposal", "decision", "proposal_finding", "decision_proposal", "telling",  # the track
    "release_preview",
    "phase", "phase_moved_date", "gate_reason", "decision_weighed", "dossier", "dossier_copy",  # when it is decided
    "decision_writer",
    "research", "research_file", "research_relation", "proposal_research", "former_answer",  # research, answers
    "action", "action_milestone", "action_evidence",  # what is done
    "track_entry", "track_link", "change_rate",  # the track as citizens read it
    "open_file", "release_progress",  # files about all releases, and how far the work on one has come
    "decidim_link",  # what another tool calls our proposals
    "presence_file", "target_group", "target_share", "offer", "offer_nearby",  # numbers and lists from others
))  # fmt: skip
"""Tables that hold nothing of one person's answers. A new table is put here or marked CITIZEN."""

CLOCKS = (sa.DateTime, sa.Date, sa.Time, sa.Interval, sa.Uuid)
CLOCK_NAMES = ("DATE", "TIME", "TIMESTAMP", "INTERVAL", "INET", "CIDR", "MACADDR", "UUID")
DAYS = frozenset({"safeguarding_case.due"})
"""The only day beside an answer: until when somebody who is worried about it takes the next step."""
TELLTALE = frozenset(
    {
        "created",
        "updated",
        "modified",
        "time",
        "date",
        "at",
        "on",
        "ip",
        "address",
        "agent",
        "phone",
        "number",
        "device",
        "cookie",
        "fingerprint",
        "email",
    }
)
LINKS = frozenset(
    {
        "user",
        "staff",
        "actor",
        "by",
        "coder",
        "kiosk",
        "device",
        "thread",
        "sid",
        "mid",
        "session",
        "key",
        "idempotency",
    }
)
"""What may not stand on a response or an answer: who handled it, and what would tie it to a message."""
NO_LINKS = frozenset({"response", "answer"})
MAY_POINT_AT = {
    "response": {"site", "survey_version"},
    "answer": {"response"},
    "receipt": {"response"},
    "seen": set(),
    "sms_session": set(),
    "sms_meter": set(),
    "sms_tally": set(),
    "sms_sent": set(),
    "paper_sheet": {"paper_batch"},
    "kiosk_seen": set(),
}
"""Tables that point at nothing else; those of moderation name who approved, without a time."""
WORDS = {
    ("answer", "sealed"),
    ("statement", "text"),
    ("statement", "folded"),
    ("statement", "translation"),
    ("memo", "text"),
}
WORDS |= {("quote", "text"), ("quote", "signed_text")}
"""The only columns that hold what somebody wrote: one sealed, the others approved without names."""


def of_models(metadata: sa.MetaData) -> list[str]:
    """Faults of every table of the models."""
    return [fault for table in metadata.sorted_tables for fault in (*place(table), *of_table(table))]


def place(table: Table) -> Iterator[str]:
    """A table is a citizens' table or one of the others, and says which."""
    marked = bool(table.info.get("citizen"))
    if marked and table.name in OTHERS:
        yield f"{table.name}: is marked CITIZEN and listed among the others"
    if not marked and table.name in CITIZEN_TABLES:
        yield f"{table.name}: is not marked CITIZEN"
    if not marked and table.name not in OTHERS | CITIZEN_TABLES:
        yield f"{table.name}: is neither marked CITIZEN nor listed among the others"


def of_table(table: Table) -> Iterator[str]:
    """Faults of one citizens' table."""
    if not table.info.get("citizen"):
        return
    if table.dialect_options["sqlite"]["with_rowid"] is not False:
        yield f"{table.name}: keeps a rowid, and with it the order of arrival"
    if table.autoincrement_column is not None:
        yield f"{table.name}.{table.autoincrement_column.name}: counts up"
    for column in table.columns:
        yield from of_column(table, column)


def of_column(table: Table, column: Column[object]) -> Iterator[str]:
    """Faults of one column of a citizens' table."""
    at = f"{table.name}.{column.name}"
    parts = frozenset(column.name.split("_"))
    kind = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    if at not in DAYS and (isinstance(kind, CLOCKS) or kind.__visit_name__.upper() in CLOCK_NAMES):
        yield f"{at}: holds an instant, an address or an id with a clock in it"
    if parts & TELLTALE:
        yield f"{at}: is named for what we promised not to keep"
    if table.name in NO_LINKS and parts & LINKS:
        yield f"{at}: ties the answer to a person or a message"
    if column.onupdate is not None or column.server_default is not None or column.server_onupdate is not None:
        yield f"{at}: is written by the database itself"
    if column.name == "id" and not (isinstance(kind, sa.LargeBinary) and kind.length == 16):
        yield f"{at}: is not 16 random bytes"
    if _can_hold_words(kind) and (table.name, column.name) not in WORDS:
        yield f"{at}: has room for what somebody wrote"
    if column.name == "sealed" and any(column.name in index.columns for index in table.indexes):
        yield f"{at}: is indexed"
    for key in column.foreign_keys:
        target = key.target_fullname.split(".")[0]
        if target not in MAY_POINT_AT.get(table.name, {target}):
            yield f"{at}: points at {target}"


def _can_hold_words(kind: object) -> bool:
    return isinstance(kind, sa.JSON) or (isinstance(kind, sa.String) and (kind.length is None or kind.length > 200))


def of_database(connection: Connection, citizen: frozenset[str]) -> list[str]:
    """Faults of the tables `citizen` as they really are in this database."""
    rules = _of_sqlite if connection.dialect.name == "sqlite" else _of_postgresql
    return [fault for name in sorted(citizen) for fault in rules(connection, name)]


def _of_sqlite(connection: Connection, name: str) -> Iterator[str]:
    found = connection.exec_driver_sql("SELECT wr FROM pragma_table_list(?)", (name,)).scalar()
    if found is None:
        yield f"{name}: is not there"
    elif found != 1:
        yield f"{name}: keeps a rowid, and with it the order of arrival"
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    for (trigger,) in connection.exec_driver_sql(triggers, (name,)):
        yield f"{name}: has the trigger {trigger}"
    for column, kind, default in connection.exec_driver_sql(
        "SELECT name, type, dflt_value FROM pragma_table_info(?)", (name,)
    ):
        yield from _of_real_column(f"{name}.{column}", kind, default)


def _of_postgresql(connection: Connection, name: str) -> Iterator[str]:
    table = f'"{name}"'
    columns = connection.execute(
        sa.text(
            "SELECT column_name, data_type, column_default, is_identity FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = :name"
        ),
        {"name": name},
    ).all()
    if not columns:
        yield f"{name}: is not there"
        return
    for column, kind, default, is_identity in columns:
        yield from _of_real_column(f"{name}.{column}", kind, default or (is_identity == "YES" and "identity") or None)
    triggers = sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:t AS regclass) AND NOT tgisinternal")
    for (trigger,) in connection.execute(triggers, {"t": table}):
        yield f"{name}: has the trigger {trigger}"


def _of_real_column(at: str, kind: str, default: str | None) -> Iterator[str]:
    words = kind.upper().replace("(", " ").split()
    if at not in DAYS and set(words) & {*CLOCK_NAMES, "DATETIME"}:
        yield f"{at}: holds an instant, an address or an id with a clock in it"
    if default is not None:
        yield f"{at}: is written by the database itself"
