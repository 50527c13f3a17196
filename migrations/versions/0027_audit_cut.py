"""The audit trail may be cut at its old end, and cannot be changed by the database's own hand."""

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing to take away."""
