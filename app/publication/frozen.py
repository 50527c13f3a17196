"""Triggers by which the database refuses to change what is frozen, whoever asks: a release, and by `guards` others.

Constants, so that a migration can say the same words.
"""

from collections.abc import Iterable

Guarded = tuple[str, str, str, str]
"""The name of a trigger, the act it refuses, on which table, and when (SQL over OLD and NEW)."""

_REFUSAL = "a published release never changes"
_RELEASE_IS_OUT = "(SELECT state FROM release WHERE id = {row}.release_id) = 'published'"

_SQLITE_TRIGGER = (
    "CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
_GUARDED: tuple[Guarded, ...] = (
    ("release_kept", "UPDATE", "release", "OLD.state = 'published'"),
    ("release_stays", "DELETE", "release", "OLD.state = 'published'"),
    ("cell_added", "INSERT", "cell", _RELEASE_IS_OUT.format(row="NEW")),
    ("cell_kept", "UPDATE", "cell", f"{_RELEASE_IS_OUT.format(row='OLD')} OR {_RELEASE_IS_OUT.format(row='NEW')}"),
    ("cell_stays", "DELETE", "cell", _RELEASE_IS_OUT.format(row="OLD")),
    # Pages may be made again from the same cells; the JSON carries the hash and may not.
    ("rendering_kept", "UPDATE", "rendering", "OLD.format = 'json' OR NEW.format = 'json'"),
    ("rendering_stays", "DELETE", "rendering", _RELEASE_IS_OUT.format(row="OLD")),
)

_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION frozen_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF {when} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END IF; "
    "RETURN {row}; END $$"
)
_POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER frozen_{name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION frozen_{name}()"
)


def guards(guarded: Iterable[Guarded], dialect: str, *, refusal: str) -> tuple[str, ...]:
    """What creates these triggers in SQLite or PostgreSQL, after their tables exist; `refusal` is what they say."""
    told = [
        {
            "name": name, "act": act, "table": table, "when": when, "refusal": refusal,
            "row": "OLD" if act == "DELETE" else "NEW",
        }
        for name, act, table, when in guarded
    ]  # fmt: skip
    if dialect == "sqlite":
        return tuple(_SQLITE_TRIGGER.format(**one | {"name": f"frozen_{one['name']}"}) for one in told)
    return tuple(form.format(**one) for one in told for form in (_POSTGRESQL_FUNCTION, _POSTGRESQL_TRIGGER))


def lifted(guarded: Iterable[Guarded], dialect: str) -> tuple[str, ...]:
    """What takes them away again, while their tables exist."""
    form = (
        "DROP TRIGGER IF EXISTS frozen_{name}"
        if dialect == "sqlite"
        else "DROP FUNCTION IF EXISTS frozen_{name}() CASCADE"
    )
    return tuple(form.format(name=name) for name, _, _, _ in guarded)


SQLITE, POSTGRESQL = (guards(_GUARDED, dialect, refusal=_REFUSAL) for dialect in ("sqlite", "postgresql"))
SQLITE_DROP, POSTGRESQL_DROP = (lifted(_GUARDED, dialect) for dialect in ("sqlite", "postgresql"))


def statements(dialect: str) -> tuple[str, ...]:
    """What creates the triggers, after the tables release, cell and rendering exist."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL
