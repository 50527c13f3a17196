"""Triggers by which the database refuses to change a published release, whoever asks.

Constants, so that a migration can say the same words.
"""

_REFUSAL = "a published release never changes"
_RELEASE_IS_OUT = "(SELECT state FROM release WHERE id = {row}.release_id) = 'published'"

_SQLITE_TRIGGER = (
    "CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
_GUARDED = (
    ("release_kept", "UPDATE", "release", "OLD.state = 'published'"),
    ("release_stays", "DELETE", "release", "OLD.state = 'published'"),
    ("cell_added", "INSERT", "cell", _RELEASE_IS_OUT.format(row="NEW")),
    ("cell_kept", "UPDATE", "cell", f"{_RELEASE_IS_OUT.format(row='OLD')} OR {_RELEASE_IS_OUT.format(row='NEW')}"),
    ("cell_stays", "DELETE", "cell", _RELEASE_IS_OUT.format(row="OLD")),
    # Pages may be made again from the same cells; the JSON carries the hash and may not.
    ("rendering_kept", "UPDATE", "rendering", "OLD.format = 'json' OR NEW.format = 'json'"),
    ("rendering_stays", "DELETE", "rendering", _RELEASE_IS_OUT.format(row="OLD")),
)

SQLITE = tuple(
    _SQLITE_TRIGGER.format(name=f"frozen_{name}", act=act, table=table, when=when, refusal=_REFUSAL)
    for name, act, table, when in _GUARDED
)
SQLITE_DROP = tuple(f"DROP TRIGGER IF EXISTS frozen_{name}" for name, _, _, _ in _GUARDED)

_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION frozen_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF {when} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END IF; "
    "RETURN {row}; END $$"
)
_POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER frozen_{name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION frozen_{name}()"
)
POSTGRESQL = tuple(
    statement.format(
        name=name, act=act, table=table, when=when, refusal=_REFUSAL, row="OLD" if act == "DELETE" else "NEW"
    )
    for name, act, table, when in _GUARDED
    for statement in (_POSTGRESQL_FUNCTION, _POSTGRESQL_TRIGGER)
)
POSTGRESQL_DROP = tuple(f"DROP FUNCTION IF EXISTS frozen_{name}() CASCADE" for name, _, _, _ in _GUARDED)


def statements(dialect: str) -> tuple[str, ...]:
    """What creates the triggers, after the tables release, cell and rendering exist."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL
