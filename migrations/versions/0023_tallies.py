"""When the small numbers of a month were destroyed, and room for the longest names of tables."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

NAMES = (("cell", "table"), ("rendering", "part"), ("quote", "cell_table"))
"""Where a table of the catalogue is named; T12-refused_home has sixteen letters."""


def upgrade() -> None:
    """A day on each counted month; names of tables may be longer."""
    op.add_column("counted_month", sa.Column("destroyed_on", sa.Date(), nullable=True))
    _resize(8, 20)


def downgrade() -> None:
    """Take the day away again. Longer names than there is room for stop it on PostgreSQL."""
    _resize(20, 8)
    op.drop_column("counted_month", "destroyed_on")


def _resize(before: int, after: int) -> None:
    """Published tables never change, so they are not copied: only what the schema says of a column does.

    SQLite looks at no length and cannot alter one; its own manual edits the stored schema for such a change
    (https://www.sqlite.org/lang_altertable.html, "where the change does not affect the on-disk content").
    """
    if op.get_bind().dialect.name == "postgresql":
        for table, column in NAMES:
            op.alter_column(table, column, type_=sa.String(after), existing_type=sa.String(before))
        return
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    for table, column in NAMES:
        for name in (column, f'"{column}"'):
            said = f"replace(sql, '{name} VARCHAR({before})', '{name} VARCHAR({after})')"
            where = f"WHERE type = 'table' AND name = '{table}'"
            op.execute(f"UPDATE sqlite_master SET sql = {said} {where}")  # noqa: S608 - all of it is written above
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = RESET")
