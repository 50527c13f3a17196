"""The second factor of a sign-in, accounts elsewhere, and accounts that wait for a second administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ROLES = "'staff', 'peer', 'moderator', 'safeguarding', 'council', 'analyst', 'admin'"


def upgrade() -> None:
    """Everybody signs in anew: a session now says what was shown for it."""
    op.add_column("user", sa.Column("totp_step", sa.Integer(), nullable=True))
    _make_sessions_anew(
        sa.Column("proven", sa.String(length=8), nullable=False),
        sa.CheckConstraint("proven IN ('half', 'password', 'both')", name=op.f("ck_staff_session_proven")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(code_hash) = 32", name=op.f("ck_recovery_code_code_hash")),
        _of_a_person("recovery_code"),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    _create_wishes()
    _create_elsewhere()


def downgrade() -> None:
    """Take them away again. Who has a second factor signs in with the password alone."""
    for table in ("sign_in_errand", "account_elsewhere", "account_wish", "recovery_code"):
        op.drop_table(table)
    _make_sessions_anew()
    op.execute('UPDATE "user" SET totp_secret = NULL')
    op.drop_column("user", "totp_step")


def _create_wishes() -> None:
    op.create_table(
        "account_wish",
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=True),
        sa.Column("asked_by", sa.LargeBinary(length=16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('role', 'reset')", name=op.f("ck_account_wish_kind")),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_account_wish_role")),
        sa.CheckConstraint("asked_by <> user_id", name=op.f("ck_account_wish_not_for_oneself")),
        _of_a_person("account_wish"),
        _of_a_person("account_wish", "asked_by"),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_account_wish_site_code_site")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_wish")),
    )
    op.create_index("ix_account_wish_asked_by", "account_wish", ["asked_by"])


def _create_elsewhere() -> None:
    op.create_table(
        "account_elsewhere",
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        _of_a_person("account_elsewhere"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_elsewhere")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_account_elsewhere_issuer_subject")),
    )
    op.create_table(
        "sign_in_errand",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("target", sa.String(length=400), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_sign_in_errand_token_hash")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_errand")),
    )
    op.create_index("ix_sign_in_errand_began_at", "sign_in_errand", ["began_at"])


def _make_sessions_anew(*also: sa.Column[str] | sa.CheckConstraint) -> None:
    op.drop_table("staff_session")
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        *also,
        _of_a_person("staff_session"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index("ix_staff_session_user_id", "staff_session", ["user_id"])


def _of_a_person(table: str, column: str = "user_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["user.id"], name=op.f(f"fk_{table}_{column}_user"), ondelete="CASCADE")
