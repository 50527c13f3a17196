"""The foundation: places, surveys, responses, moderation, track, publication, accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TRIGGERS = {
    "postgresql": [
        "CREATE FUNCTION survey_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.state <> 'draft' AND (OLD.definition, "
        "OLD.sha256) IS DISTINCT FROM (NEW.definition, NEW.sha256) THEN RAISE EXCEPTION 'a published survey never changes' USING ERRCODE = "
        "'check_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER survey_version_frozen BEFORE UPDATE ON survey_version FOR EACH ROW EXECUTE FUNCTION survey_version_frozen()",
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit rows never change'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        "CREATE OR REPLACE FUNCTION frozen_release_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.state = 'published' THEN RAISE "
        "EXCEPTION 'a published release never changes' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER frozen_release_kept BEFORE UPDATE ON release FOR EACH ROW EXECUTE FUNCTION frozen_release_kept()",
        "CREATE OR REPLACE FUNCTION frozen_release_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.state = 'published' THEN "
        "RAISE EXCEPTION 'a published release never changes' USING ERRCODE = 'check_violation'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER frozen_release_stays BEFORE DELETE ON release FOR EACH ROW EXECUTE FUNCTION frozen_release_stays()",
        "CREATE OR REPLACE FUNCTION frozen_cell_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT state FROM release WHERE id "
        "= NEW.release_id) = 'published' THEN RAISE EXCEPTION 'a published release never changes' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER frozen_cell_added BEFORE INSERT ON cell FOR EACH ROW EXECUTE FUNCTION frozen_cell_added()",
        "CREATE OR REPLACE FUNCTION frozen_cell_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT state FROM release WHERE id = "
        "OLD.release_id) = 'published' OR (SELECT state FROM release WHERE id = NEW.release_id) = 'published' THEN RAISE EXCEPTION 'a "
        "published release never changes' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER frozen_cell_kept BEFORE UPDATE ON cell FOR EACH ROW EXECUTE FUNCTION frozen_cell_kept()",
        "CREATE OR REPLACE FUNCTION frozen_cell_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT state FROM release WHERE id "
        "= OLD.release_id) = 'published' THEN RAISE EXCEPTION 'a published release never changes' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN OLD; END $$",
        "CREATE TRIGGER frozen_cell_stays BEFORE DELETE ON cell FOR EACH ROW EXECUTE FUNCTION frozen_cell_stays()",
        "CREATE OR REPLACE FUNCTION frozen_rendering_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.format = 'json' OR "
        "NEW.format = 'json' THEN RAISE EXCEPTION 'a published release never changes' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; "
        "END $$",
        "CREATE TRIGGER frozen_rendering_kept BEFORE UPDATE ON rendering FOR EACH ROW EXECUTE FUNCTION frozen_rendering_kept()",
        "CREATE OR REPLACE FUNCTION frozen_rendering_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT state FROM release "
        "WHERE id = OLD.release_id) = 'published' THEN RAISE EXCEPTION 'a published release never changes' USING ERRCODE = "
        "'check_violation'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER frozen_rendering_stays BEFORE DELETE ON rendering FOR EACH ROW EXECUTE FUNCTION frozen_rendering_stays()",
    ],
    "sqlite": [
        "CREATE TRIGGER survey_version_frozen BEFORE UPDATE OF definition, sha256 ON survey_version WHEN OLD.state <> 'draft' BEGIN SELECT "
        "RAISE(ABORT, 'a published survey never changes'); END",
        "CREATE TRIGGER audit_no_update BEFORE update ON audit BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END",
        "CREATE TRIGGER audit_no_delete BEFORE delete ON audit BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END",
        "CREATE TRIGGER frozen_release_kept BEFORE UPDATE ON release WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published release "
        "never changes'); END",
        "CREATE TRIGGER frozen_release_stays BEFORE DELETE ON release WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, 'a published "
        "release never changes'); END",
        "CREATE TRIGGER frozen_cell_added BEFORE INSERT ON cell WHEN (SELECT state FROM release WHERE id = NEW.release_id) = 'published' BEGIN "
        "SELECT RAISE(ABORT, 'a published release never changes'); END",
        "CREATE TRIGGER frozen_cell_kept BEFORE UPDATE ON cell WHEN (SELECT state FROM release WHERE id = OLD.release_id) = 'published' OR "
        "(SELECT state FROM release WHERE id = NEW.release_id) = 'published' BEGIN SELECT RAISE(ABORT, 'a published release never changes'); END",
        "CREATE TRIGGER frozen_cell_stays BEFORE DELETE ON cell WHEN (SELECT state FROM release WHERE id = OLD.release_id) = 'published' BEGIN "
        "SELECT RAISE(ABORT, 'a published release never changes'); END",
        "CREATE TRIGGER frozen_rendering_kept BEFORE UPDATE ON rendering WHEN OLD.format = 'json' OR NEW.format = 'json' BEGIN SELECT "
        "RAISE(ABORT, 'a published release never changes'); END",
        "CREATE TRIGGER frozen_rendering_stays BEFORE DELETE ON rendering WHEN (SELECT state FROM release WHERE id = OLD.release_id) = "
        "'published' BEGIN SELECT RAISE(ABORT, 'a published release never changes'); END",
    ],
}
FUNCTIONS = [
    "DROP FUNCTION IF EXISTS survey_version_frozen() CASCADE",
    "DROP FUNCTION IF EXISTS audit_refuse() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_release_kept() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_release_stays() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_cell_added() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_cell_kept() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_cell_stays() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_rendering_kept() CASCADE",
    "DROP FUNCTION IF EXISTS frozen_rendering_stays() CASCADE",
]


def upgrade() -> None:
    """Make every table, and the triggers that keep frozen rows frozen."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(mac) = 32", name=op.f("ck_audit_mac")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"], unique=False)
    op.create_table(
        "code",
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("parent_key", sa.String(length=12), nullable=True),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("name_da", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("definition_da", sa.Text(), nullable=False),
        sa.Column("definition_en", sa.Text(), nullable=False),
        sa.Column("exclusion_da", sa.Text(), nullable=False),
        sa.Column("exclusion_en", sa.Text(), nullable=False),
        sa.Column("example_da", sa.Text(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("principles", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'sub') = (parent_key IS NOT NULL)", name=op.f("ck_code_parent")),
        sa.CheckConstraint("kind IN ('theme', 'sub', 'type', 'flag')", name=op.f("ck_code_kind")),
        sa.CheckConstraint("state IN ('draft', 'active', 'retired', 'merged', 'split')", name=op.f("ck_code_state")),
        sa.ForeignKeyConstraint(["parent_key"], ["code.key"], name=op.f("fk_code_parent_key_code")),
        sa.PrimaryKeyConstraint("guid", name=op.f("pk_code")),
        sa.UniqueConstraint("key", name=op.f("uq_code_key")),
    )
    op.create_table(
        "counted_month",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("has_themes", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_counted_month")),
    )
    op.create_table(
        "job_lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("ran_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_lease")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("catalogue", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_early", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("signed_first", sa.String(length=40), nullable=True),
        sa.Column("signed_second", sa.String(length=40), nullable=True),
        sa.Column("fault", sa.String(length=400), nullable=False),
        sa.Column("previous_hash", sa.String(length=71), nullable=True),
        sa.Column("hash", sa.String(length=71), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR (number IS NOT NULL AND published_on IS NOT NULL AND hash IS NOT NULL AND previous_hash IS NOT NULL AND signed_first IS NOT NULL AND signed_second IS NOT NULL)",
            name=op.f("ck_release_published"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'checking', 'ready', 'published', 'failed')", name=op.f("ck_release_state")
        ),
        sa.CheckConstraint("signed_first <> signed_second", name=op.f("ck_release_two_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("number", name=op.f("uq_release_number")),
    )
    op.create_index(op.f("ix_release_catalogue"), "release", ["catalogue"], unique=False)
    op.create_table(
        "release_preview",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("fault", sa.String(length=400), nullable=False),
        sa.CheckConstraint("document IS NULL OR fault = ''", name=op.f("ck_release_preview_one_outcome")),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_release_preview")),
    )
    op.create_table(
        "seal_month",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(length=80), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_seal_month")),
    )
    op.create_table(
        "seen",
        sa.Column("mid", sa.LargeBinary(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("mid", name=op.f("pk_seen")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "site",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("local_help", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("sms_survey", sa.String(length=40), nullable=True),
        sa.Column("web_survey", sa.String(length=40), nullable=True),
        sa.Column("kiosk_survey", sa.String(length=40), nullable=True),
        sa.Column("paper_survey", sa.String(length=40), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code = upper(code)", name=op.f("ck_site_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_site")),
    )
    op.create_table(
        "sms_meter",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "cell", name=op.f("pk_sms_meter")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sms_session",
        sa.Column("sid", sa.LargeBinary(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_sms_session")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_version",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'closed')", name=op.f("ck_survey_version_state")),
        sa.CheckConstraint("version > 0", name=op.f("ck_survey_version_version")),
        sa.PrimaryKeyConstraint("survey_id", "version", name=op.f("pk_survey_version")),
    )
    op.create_table(
        "told",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("said_da", sa.Text(), nullable=False),
        sa.Column("said_en", sa.Text(), nullable=False),
        sa.Column("body_da", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.CheckConstraint("outcome IN ('did', 'did_not')", name=op.f("ck_told_outcome")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_theme"), "told", ["theme"], unique=False)
    op.create_table(
        "cell",
        sa.Column("release_id", sa.String(length=12), nullable=False),
        sa.Column("table", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("split", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.CheckConstraint("value >= 5", name=op.f("ck_cell_value")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_cell_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", "table", "place", "period", "split", "category", name=op.f("pk_cell")),
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("has_consent", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("place_kind", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("flags", sa.String(length=40), nullable=False),
        sa.Column("free_from", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("first_by", sa.String(length=40), nullable=False),
        sa.Column("second_by", sa.String(length=40), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("release_id", sa.String(length=12), nullable=True),
        sa.CheckConstraint("kind <> 'verbatim' OR has_consent", name=op.f("ck_quote_consent")),
        sa.CheckConstraint("kind IN ('verbatim', 'paraphrase')", name=op.f("ck_quote_kind")),
        sa.CheckConstraint(
            "state <> 'approved' OR (second_by IS NOT NULL AND approved_on IS NOT NULL AND approved_on >= free_from AND release_id IS NOT NULL AND flags = '')",
            name=op.f("ck_quote_approved"),
        ),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'refused', 'taken_down')", name=op.f("ck_quote_state")),
        sa.CheckConstraint("first_by <> second_by", name=op.f("ck_quote_two_people")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_quote_release_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_statement_id"), "quote", ["statement_id"], unique=False)
    op.create_index(op.f("ix_quote_theme"), "quote", ["theme"], unique=False)
    op.create_table(
        "rendering",
        sa.Column("release_id", sa.String(length=12), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_rendering_sha256")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_rendering_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", "format", "part", "lang", name=op.f("pk_rendering")),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=True),
        sa.Column("survey_id", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("helped", sa.String(length=5), nullable=False),
        sa.Column("quote_ok", sa.Boolean(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("nights_left", sa.Integer(), nullable=False),
        sa.Column("is_due", sa.Boolean(), nullable=False),
        sa.Column("is_released", sa.Boolean(), nullable=False),
        sa.Column("counted_month", sa.String(length=7), nullable=True),
        sa.CheckConstraint("channel IN ('sms', 'web', 'kiosk', 'paper')", name=op.f("ck_response_channel")),
        sa.CheckConstraint("helped IN ('none', 'peer', 'staff')", name=op.f("ck_response_helped")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_response_id")),
        sa.CheckConstraint("nights_left BETWEEN 0 AND 2", name=op.f("ck_response_nights_left")),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_response_site_code_site")),
        sa.ForeignKeyConstraint(
            ["survey_id", "version"],
            ["survey_version.survey_id", "survey_version.version"],
            name=op.f("fk_response_survey_id_version_survey_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_response_waiting", "response", ["is_released", "nights_left"], unique=False)
    op.create_index("ix_response_week", "response", ["week", "site_code"], unique=False)
    op.create_table(
        "stop",
        sa.Column("site_code", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_stop_site_code_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("site_code", "key", name=op.f("pk_stop")),
    )
    op.create_table(
        "tally",
        sa.Column("catalogue", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("variable", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_tally_n")),
        sa.ForeignKeyConstraint(["month"], ["counted_month.month"], name=op.f("fk_tally_month_counted_month")),
        sa.PrimaryKeyConstraint("catalogue", "place", "month", "variable", "category", name=op.f("pk_tally")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("signed_in_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("role <> 'staff' OR site_code IS NOT NULL", name=op.f("ck_user_staff_place")),
        sa.CheckConstraint(
            "role IN ('staff', 'peer', 'moderator', 'safeguarding', 'council', 'analyst', 'admin')",
            name=op.f("ck_user_role"),
        ),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_user_id")),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_user_site_code_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("response_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind = 'value' OR value IS NULL", name=op.f("ck_answer_value")),
        sa.CheckConstraint("kind = 'words' OR sealed IS NULL", name=op.f("ck_answer_sealed")),
        sa.CheckConstraint(
            "kind IN ('value', 'skipped', 'declined', 'unreadable', 'words')", name=op.f("ck_answer_kind")
        ),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_answer_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_answer_response_id"), "answer", ["response_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("told_outcome", sa.String(length=7), nullable=False),
        sa.Column("said_da", sa.Text(), nullable=False),
        sa.Column("said_en", sa.Text(), nullable=False),
        sa.Column("told_da", sa.Text(), nullable=False),
        sa.Column("told_en", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("confirmed_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint(
            "(state IN ('taken', 'published')) = (confirmed_by_id IS NOT NULL)", name=op.f("ck_decision_confirmed")
        ),
        sa.CheckConstraint("outcome IN ('continue', 'adjust', 'stop', 'more_input')", name=op.f("ck_decision_outcome")),
        sa.CheckConstraint("state IN ('pending', 'taken', 'published')", name=op.f("ck_decision_state")),
        sa.CheckConstraint("told_outcome IN ('did', 'did_not')", name=op.f("ck_decision_told_outcome")),
        sa.CheckConstraint("entered_by_id <> confirmed_by_id", name=op.f("ck_decision_two_people")),
        sa.CheckConstraint("length(trim(reason)) >= 40", name=op.f("ck_decision_reason")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_decision_confirmed_by_id_user")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_decision_entered_by_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
    )
    op.create_table(
        "finding",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("claim", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("counter_evidence", sa.Text(), nullable=False),
        sa.Column("dropped_because", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("signer_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name=op.f("ck_finding_published")),
        sa.CheckConstraint(
            "(state IN ('signed', 'published')) = (signer_id IS NOT NULL)", name=op.f("ck_finding_signed")
        ),
        sa.CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name=op.f("ck_finding_dropped")),
        sa.CheckConstraint("state IN ('draft', 'signed', 'published', 'dropped')", name=op.f("ck_finding_state")),
        sa.CheckConstraint(
            "state NOT IN ('signed', 'published') OR length(trim(counter_evidence)) > 0",
            name=op.f("ck_finding_counter"),
        ),
        sa.CheckConstraint("author_id <> signer_id", name=op.f("ck_finding_two_people")),
        sa.CheckConstraint("length(claim) BETWEEN 1 AND 200", name=op.f("ck_finding_claim")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_finding_author_id_user")),
        sa.ForeignKeyConstraint(["signer_id"], ["user.id"], name=op.f("fk_finding_signer_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_finding")),
    )
    op.create_table(
        "proposal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("recipient_name", sa.String(length=120), nullable=False),
        sa.Column("initiative", sa.String(length=40), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "recipient IN ('ministry', 'region', 'municipality', 'two_municipalities', 'site_owner', 'ngo', 'council')",
            name=op.f("ck_proposal_recipient"),
        ),
        sa.CheckConstraint(
            "state <> 'submitted' OR submitted_on IS NOT NULL AND answer_due IS NOT NULL",
            name=op.f("ck_proposal_clock"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR length(trim(withdrawn_because)) > 0", name=op.f("ck_proposal_withdrawn")
        ),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name=op.f("ck_proposal_state")),
        sa.CheckConstraint("answer_due > submitted_on", name=op.f("ck_proposal_answer_due")),
        sa.CheckConstraint("length(trim(ask)) > 0", name=op.f("ck_proposal_ask")),
        sa.CheckConstraint("length(trim(recipient_name)) > 0", name=op.f("ck_proposal_recipient_name")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_proposal_author_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposal")),
    )
    op.create_table(
        "receipt",
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("response_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.Column("themes", sa.String(length=120), nullable=False),
        sa.CheckConstraint("length(tag) = 32", name=op.f("ck_receipt_tag")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_receipt_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_receipt")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_receipt_response_id"), "receipt", ["response_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_staff_session_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_user_id"), "staff_session", ["user_id"], unique=False)
    op.create_table(
        "decision_proposal",
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.number"], name=op.f("fk_decision_proposal_decision_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.number"], name=op.f("fk_decision_proposal_proposal_proposal")),
        sa.PrimaryKeyConstraint("decision", "proposal", name=op.f("pk_decision_proposal")),
    )
    op.create_table(
        "proposal_finding",
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding"], ["finding.number"], name=op.f("fk_proposal_finding_finding_finding")),
        sa.ForeignKeyConstraint(
            ["proposal"], ["proposal.number"], name=op.f("fk_proposal_finding_proposal_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal", "finding", name=op.f("pk_proposal_finding")),
    )
    op.create_table(
        "text_item",
        sa.Column("answer_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("decided_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("agreed_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('needs_language', 'second_opinion', 'unclear', 'spam', 'empty', 'duplicate', 'not_feedback', 'privacy_of_others', 'hate', 'harm', 'other')",
            name=op.f("ck_text_item_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('sealed', 'waiting', 'held', 'approved', 'approved_masked', 'rejected', 'escalated', 'withdrawn', 'purged')",
            name=op.f("ck_text_item_state"),
        ),
        sa.CheckConstraint("state NOT IN ('rejected', 'held') OR reason IS NOT NULL", name=op.f("ck_text_item_why")),
        sa.CheckConstraint("agreed_by IS NULL OR agreed_by <> decided_by", name=op.f("ck_text_item_two_people")),
        sa.CheckConstraint("version > 0", name=op.f("ck_text_item_version")),
        sa.ForeignKeyConstraint(["agreed_by"], ["user.id"], name=op.f("fk_text_item_agreed_by_user")),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_text_item_answer_id_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_text_item_decided_by_user")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_text_item")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_text_item_state", "text_item", ["state", "is_urgent"], unique=False)
    op.create_table(
        "mask_span",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=4), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("replacement", sa.String(length=40), nullable=True),
        sa.Column("by", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("decision IN ('mask', 'keep')", name=op.f("ck_mask_span_decision")),
        sa.CheckConstraint("start >= 0 AND stop > start", name=op.f("ck_mask_span_range")),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_mask_span_by_user")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_mask_span_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mask_span")),
        sa.UniqueConstraint("item_id", "start", "stop", "type", name=op.f("uq_mask_span_item_id_start_stop_type")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("response_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("answer_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("voice", sa.LargeBinary(length=16), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("approved_by", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_statement_text")),
        sa.CheckConstraint("length(voice) = 16", name=op.f("ck_statement_voice")),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["text_item.answer_id"], name=op.f("fk_statement_answer_id_text_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["user.id"], name=op.f("fk_statement_approved_by_user")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_statement_response_id_response"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_statement_site_code_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_statement_answer_id")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statement_response_id"), "statement", ["response_id"], unique=False)
    op.create_index("ix_statement_week", "statement", ["week"], unique=False)
    op.create_table(
        "tagging",
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("coder", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round", sa.String(length=6), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("round IN ('first', 'second', 'agreed')", name=op.f("ck_tagging_round")),
        sa.CheckConstraint(
            "source IN ('manual', 'accepted', 'group', 'bulk', 'recode', 'import')", name=op.f("ck_tagging_source")
        ),
        sa.ForeignKeyConstraint(["code_guid"], ["code.guid"], name=op.f("fk_tagging_code_guid_code")),
        sa.ForeignKeyConstraint(["coder"], ["user.id"], name=op.f("fk_tagging_coder_user")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_tagging_statement_id_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", "code_guid", "coder", "round", name=op.f("pk_tagging")),
        info={"citizen": True},
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tagging_code_guid", "tagging", ["code_guid", "statement_id"], unique=False)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Take every table away again."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in FUNCTIONS:
            op.execute(statement)
    else:
        for (name,) in op.get_bind().execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            op.execute(f"DROP TRIGGER {name}")
    op.drop_index("ix_tagging_code_guid", table_name="tagging")
    op.drop_table("tagging")
    op.drop_index("ix_statement_week", table_name="statement")
    op.drop_index(op.f("ix_statement_response_id"), table_name="statement")
    op.drop_table("statement")
    op.drop_table("mask_span")
    op.drop_index("ix_text_item_state", table_name="text_item")
    op.drop_table("text_item")
    op.drop_table("proposal_finding")
    op.drop_table("decision_proposal")
    op.drop_index(op.f("ix_staff_session_user_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index(op.f("ix_receipt_response_id"), table_name="receipt")
    op.drop_table("receipt")
    op.drop_table("proposal")
    op.drop_table("finding")
    op.drop_table("decision")
    op.drop_index(op.f("ix_answer_response_id"), table_name="answer")
    op.drop_table("answer")
    op.drop_table("user")
    op.drop_table("tally")
    op.drop_table("stop")
    op.drop_index("ix_response_week", table_name="response")
    op.drop_index("ix_response_waiting", table_name="response")
    op.drop_table("response")
    op.drop_table("rendering")
    op.drop_index(op.f("ix_quote_theme"), table_name="quote")
    op.drop_index(op.f("ix_quote_statement_id"), table_name="quote")
    op.drop_table("quote")
    op.drop_table("cell")
    op.drop_index(op.f("ix_told_theme"), table_name="told")
    op.drop_table("told")
    op.drop_table("survey_version")
    op.drop_table("sms_session")
    op.drop_table("sms_meter")
    op.drop_table("site")
    op.drop_table("seen")
    op.drop_table("seal_month")
    op.drop_table("release_preview")
    op.drop_index(op.f("ix_release_catalogue"), table_name="release")
    op.drop_table("release")
    op.drop_table("job_lease")
    op.drop_table("counted_month")
    op.drop_table("code")
    op.drop_index(op.f("ix_audit_actor"), table_name="audit")
    op.drop_table("audit")
