"""A lost telephone, too, may wait for a second administrator."""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """A third kind of wish."""
    _allow("'role', 'reset', 'phone'")


def downgrade() -> None:
    """Two kinds again; who waits for a telephone asks anew."""
    op.execute("DELETE FROM account_wish WHERE kind = 'phone'")
    _allow("'role', 'reset'")


def _allow(kinds: str) -> None:
    name = op.f("ck_account_wish_kind")
    with op.batch_alter_table("account_wish") as wish:
        wish.drop_constraint(name, type_="check")
        wish.create_check_constraint(name, f"kind IN ({kinds})")
