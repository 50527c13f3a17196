"""PostgreSQL: what the citizens' side may do in the database. The desk's side owns it and may do everything.

Whoever takes over the citizens' side may then do what is listed here and no more: no account, no statement, no code of
a text, no figure that is not published, and no word or value of an answer can be read with it. What can be read: place
and week of each response, and the main themes of one with a receipt, as long as the receipt leads to it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, text

from app.core import db

CITIZEN, DESK = "stemme_citizen", "stemme_desk"
"""The roles that `stemme roles` makes. A house may call them otherwise: rights are read, not names."""

_READ = ("SELECT",)
_COUNT = ("SELECT", "INSERT", "UPDATE")
_OWN = ("SELECT", "INSERT", "UPDATE", "DELETE")
GRANTS: Mapping[str, tuple[str, ...]] = {
    # What is said: put in, never read again. A conversation still learns its place, and its author may take it back.
    "response": (
        "SELECT (id, week, is_test, site_code, nights_left)", "INSERT", "UPDATE (site_code, nights_left)", "DELETE",
    ),
    "answer": ("INSERT",),
    "receipt": ("SELECT", "INSERT"),
    "seal_month": ("SELECT (month, public)",),  # a pair it had made could be one it can open
    # What lives under day keys.
    "sms_session": _OWN, "sms_meter": _OWN, "sms_sent": _OWN, "seen": _OWN,
    # Tablets, counts, the sweep of the carrier, and who runs which job.
    "kiosk": (
        "SELECT",
        "UPDATE (token_hash, code_hash, code_until, is_revoked, app_version, contact_day, queue, oldest_days, "
        "quarantined, is_persisted, storage_pct)",
    ),
    "kiosk_seen": ("SELECT", "INSERT"),
    "sms_tally": _COUNT, "withdrawal": _COUNT, "sms_sweep": _COUNT, "job_lease": _COUNT,
    # Places and surveys.
    "site": _READ, "stop": _READ, "survey_version": _READ, "recording": _READ,
    # What is public.
    "release": _READ, "rendering": _READ, "open_file": _READ, "moderated": _READ,
    "told": _READ, "told_wording": _READ, "receipt_answer": _READ,
    "track_entry": _READ, "track_link": _READ, "change_rate": _READ, "dossier_copy": _READ,
    "presence_file": _READ, "target_group": _READ, "target_share": _READ, "offer": _READ, "offer_nearby": _READ,
    "alembic_version": _READ, "side_mark": ("SELECT", "INSERT"),
}  # fmt: skip
"""Table → rights, some of them on some columns only."""
JOBS = ("sweep-provider", "day-keys")
"""The timed jobs of the citizens' side: with another's lease it could keep the night run from ever coming."""

_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_OF_COLUMNS = ("SELECT", "INSERT", "UPDATE", "REFERENCES")
_HELD = text(
    "SELECT c.relname, r.name, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "AND NOT a.attisdropped CROSS JOIN unnest(cast(:of_columns AS text[])) r(name) "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') "
    "AND has_column_privilege(:who, c.oid, a.attnum, r.name) "
    "UNION ALL SELECT c.relname, r.name, '' FROM pg_class c CROSS JOIN unnest(cast(:rights AS text[])) r(name) "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') "
    "AND has_table_privilege(:who, c.oid, r.name)"
)
_COLUMNS = text(
    "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "AND NOT a.attisdropped WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
)
_POWERS = text(
    "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles "
    "WHERE rolname = :who"
)
_MEMBERSHIPS = text(
    "SELECT rolname FROM pg_roles WHERE rolname NOT IN (:who, 'pg_read_all_settings') "
    "AND pg_has_role(:who, oid, 'MEMBER') ORDER BY rolname"
)
_MAKES_TABLES = text("SELECT has_schema_privilege(:who, 'public', 'CREATE')")
_HOLDS = text(
    "SELECT relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = :policy) "
    "FROM pg_class c WHERE oid = to_regclass(:table)"
)
_NEW_RESPONSE = "NOT is_released AND NOT is_due AND counted_month IS NULL AND is_in_sample IS NULL"
"""A response as it comes in: only the desk's jobs let it out of its batch, count it and draw it.

PostgreSQL drops no column that a policy names: a migration that does drops the policy first.
"""
_POLICIES = (
    ("own_jobs", "job_lease", f"TO {CITIZEN} USING (name IN ({', '.join(map(repr, JOBS))}))"),
    ("any_response", "response", f"TO {CITIZEN} USING (true)"),
    ("new_response", "response", f"AS RESTRICTIVE FOR INSERT TO {CITIZEN} WITH CHECK ({_NEW_RESPONSE})"),
)
"""Which rows of a table a right is for."""
_WITHOUT = {
    ("job_lease", "own_jobs"): "hold the lease of every job",
    ("response", "new_response"): "put in a response that has left its batch",
}
"""What could be done if a policy were not there."""
_NOT_OWNED = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
    "AND NOT pg_has_role(current_user, relowner, 'USAGE') ORDER BY relname"
)
SETUP = """\
DO $$ BEGIN CREATE ROLE stemme_desk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE stemme_citizen LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER DATABASE {database} OWNER TO stemme_desk;
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO stemme_citizen;
ALTER SCHEMA public OWNER TO stemme_desk;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO stemme_citizen;
GRANT pg_read_all_settings TO stemme_desk, stemme_citizen;
GRANT pg_checkpoint TO stemme_desk;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO stemme_desk;
"""
"""What an administrator of the server says once, inside the database. Passwords are theirs to set."""


class Right(NamedTuple):
    """One right on a table, or on a column of it."""

    table: str
    name: str
    column: str = ""


def grant() -> bool:
    """Let the citizens' role do what is listed, and nothing else; False where there is no such role.

    The tables are the desk's: it says this after each migration, so that a new table begins without any right.
    """
    connection = db.connection()
    if db.is_sqlite() or not _exists(connection, CITIZEN):
        return False
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {CITIZEN}"))
    made = {table for table, _ in connection.execute(_COLUMNS)}
    for table, rights in GRANTS.items():
        if table not in made:
            continue  # a schema of an older version
        connection.execute(text(f'GRANT {", ".join(rights)} ON "{table}" TO {CITIZEN}'))
    for name, table, rule in _POLICIES:
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"DROP POLICY IF EXISTS {name} ON {table}"))
        connection.execute(text(f"CREATE POLICY {name} ON {table} {rule}"))
    return True


def excess(connection: Connection, who: str) -> list[str]:
    """What this role may do beyond the list, a line for each kind."""
    lines = _in_one_line(
        f"{who} may", _held(connection, who) - _listed(connection), f"and must not: it should be {CITIZEN}"
    )
    if connection.execute(_POWERS, {"who": who}).scalar():
        lines.append(f"{who} may change roles, databases or what others may read")
    lines += [
        f"{who} may {what}" for (table, policy), what in _WITHOUT.items() if not _holds(connection, table, policy)
    ]
    if connection.execute(_MAKES_TABLES, {"who": who}).scalar():
        lines.append(f"{who} may make tables")
    return lines + [f"{who} may act as {other}" for (other,) in connection.execute(_MEMBERSHIPS, {"who": who})]


def lack(connection: Connection, who: str) -> list[str]:
    """What this role needs and may not do, in one line."""
    missing = _listed(connection) - _held(connection, who)
    return _in_one_line(f"{who} may not", missing, "and must: run `stemme init` on the desk's side")


def faults(side: str) -> Iterator[str]:
    """What is wrong with the role this process connects as, on this side of the house."""
    connection = db.connection()
    if connection.dialect.name != "postgresql":
        return
    if side != "citizen":
        strange = connection.execute(_NOT_OWNED).scalars().first()
        if strange:
            yield f"the table {strange} belongs to another role than the desk's"
        return
    who = str(connection.execute(text("SELECT current_user")).scalar_one())
    yield from excess(connection, who)
    yield from lack(connection, who)


def _in_one_line(who_may: str, rights: Collection[Right], why: str) -> list[str]:
    """The first of these rights by name, and how many there are besides."""
    if not rights:
        return []
    first, more = min(rights), len(rights) - 1
    named = f"{who_may} {first.name} {'.'.join(filter(None, (first.table, first.column)))}"
    return [f"{named}{f' and {more} things more' if more else ''}, {why}"]


def _held(connection: Connection, who: str) -> set[Right]:
    values = {"who": who, "rights": list(_RIGHTS), "of_columns": list(_OF_COLUMNS)}
    return {Right(*row) for row in connection.execute(_HELD, values)}


def _listed(connection: Connection) -> set[Right]:
    """The list with every column by its name: a right on a table is one on each of its columns."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        columns.setdefault(table, []).append(column)
    return {right for table, rights in GRANTS.items() for said in rights for right in _spelled(table, said, columns)}


def _spelled(table: str, said: str, columns: Mapping[str, list[str]]) -> Iterator[Right]:
    name, _, some = said.partition(" ")
    if not some:
        yield Right(table, name)
    if name in _OF_COLUMNS:
        named = some.strip("()").split(", ") if some else columns.get(table, [])
        yield from (Right(table, name, column) for column in named)


def _holds(connection: Connection, table: str, policy: str) -> bool:
    return bool(connection.execute(_HOLDS, {"table": table, "policy": policy}).scalar())


def _exists(connection: Connection, who: str) -> bool:
    return bool(connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :who"), {"who": who}).scalar())
