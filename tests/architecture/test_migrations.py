"""Migrations: one head, and from an empty database exactly the tables the models say; both ways, with data in them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

import app.jobs  # so that every model is known
from app.commands.preparing import MIGRATIONS
from app.core import clock, config, db
from app.core.db import Model
from app.demo import content as demo
from app.desk.accounts import audit
from app.desk.moderation.codebook import codes
from app.desk.track.actions import actions
from app.desk.track.phases import phases
from app.surveys import kiosks, sites, versions
from tests.architecture import schema_rules
from tests.content import demo_surveys
from tests.databases import Databases
from tests.desk.moderation import factories
from tests.desk.track import factories as track
from tests.requirements import IN_FULL, Figure

WITH_ANSWERS = "0003"
"""From this migration on everything said stands where it does today."""
OUT_FOR_GOOD = (
    "INSERT INTO release (id, catalogue, period, state, is_early, number, published_on, signed_first, signed_second, "
    "fault, previous_hash, hash) VALUES ('2026-Q1', '2026', '2026-Q1', 'published', :no, 1, '2026-04-20', 'carl', "
    "'mona', '', 'sha256:0', 'sha256:1')"
)


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database without any table, in place of the one with the schema."""
    url = databases.another()
    yield url
    databases.forget(url)


@pytest.fixture
def migrations(app: Flask) -> str:
    flask_migrate.Migrate(app, db.db, directory=MIGRATIONS)  # type: ignore[no-untyped-call]
    return MIGRATIONS


def up(directory: str) -> None:
    flask_migrate.upgrade(directory=directory)


def down(directory: str) -> None:
    db.db.session.remove()
    flask_migrate.downgrade(directory=directory, revision="base")


def differences(metadata: sa.MetaData) -> list[Any]:
    """What the database has and the models have not, or the other way round."""
    with db.db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours_to_compare}
        context = MigrationContext.configure(connection, opts=options)
        found = list(compare_metadata(context, metadata))
        inspector = sa.inspect(connection)
        for table in metadata.sorted_tables:
            said = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint) and c.name}
            kept = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
            if inspector.has_table(table.name) and said != kept:
                found.append((table.name, "CHECK", sorted(said ^ kept)))
    return found


def is_ours_to_compare(_object: Any, name: str | None, *_: Any) -> bool:
    """Not the search index: each database has its own, and `search_indexes` compares them word for word."""
    return not (name or "").startswith("statement_search") and name not in ("ix_statement_folded", "ix_statement_new")


def search_indexes() -> set[str]:
    """How the indexes were made that each database has for searching."""
    sqlite = "SELECT sql FROM sqlite_master WHERE name IN ('statement_search', 'ix_statement_new')"
    postgresql = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_statement_folded'"
    with db.db.engine.connect() as connection:
        return set(connection.exec_driver_sql(sqlite if db.is_sqlite() else postgresql).scalars())


def triggers() -> set[tuple[str, str]]:
    """Every trigger of ours: its name and its table."""
    sqlite = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    postgresql = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    with db.db.engine.connect() as connection:
        rows = connection.exec_driver_sql(sqlite if db.is_sqlite() else postgresql).all()
    return {(str(name), str(table)) for name, table in rows}


def tables() -> set[str]:
    with db.db.engine.connect() as connection:
        return set(sa.inspect(connection).get_table_names()) - {"alembic_version"}


def fill() -> None:
    """A little of everything: places, surveys, a text and its approval, people, the audit chain, a release."""
    sites.import_file((config.ROOT / "content" / "sites_demo.toml").read_text("utf-8"), "sites_demo.toml")
    for survey in demo_surveys():
        versions.publish(survey)
    factories.a_text()
    track.a_proposal(on=track.a_finding("signed"))
    audit.record("tried", "a migration", actor="command line")
    db.connection().execute(sa.text(OUT_FOR_GOOD), {"no": False})
    db.db.session.commit()


def test_there_is_one_head_and_one_root() -> None:
    assert len(ScriptDirectory(MIGRATIONS).get_heads()) == 1
    assert len(ScriptDirectory(MIGRATIONS).get_bases()) == 1


def test_from_nothing_to_exactly_what_the_models_say(migrations: str) -> None:
    up(migrations)

    assert app.jobs.JOBS
    assert differences(Model.metadata) == []


def test_the_migrated_tables_keep_the_rules_of_privacy(migrations: str) -> None:
    up(migrations)

    with db.db.engine.connect() as connection:
        assert schema_rules.of_database(connection, schema_rules.CITIZEN_TABLES) == []


def test_migrations_make_the_triggers_the_models_make(migrations: str) -> None:
    up(migrations)
    migrated = triggers()
    down(migrations)
    db.db.create_all()

    assert migrated == triggers() != set()


def test_migrations_make_the_search_indexes_the_models_make(migrations: str) -> None:
    up(migrations)
    migrated = search_indexes()
    down(migrations)
    db.db.create_all()

    assert migrated == search_indexes() != set()


def test_down_and_up_again_with_data(migrations: str) -> None:
    up(migrations)
    fill()

    down(migrations)
    left = tables()
    up(migrations)

    assert left == set()
    assert differences(Model.metadata) == []


def said() -> dict[str, list[str]]:
    """What citizens said, without what only tablets say of it, and the triggers but for those of younger tables."""
    with db.db.engine.connect() as connection:
        rows = {
            name: sorted(str(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {name}"))
            for name, columns in {"response": "id, site_code, week, channel, lang", "answer": "*", "site": "*"}.items()
        }
    return rows | {
        "triggers": sorted(str(trigger) for trigger in triggers() if not trigger[1].startswith(("dossier", "audit")))
    }


def test_before_tablets_and_back_again_nothing_said_is_lost(migrations: str) -> None:
    up(migrations)
    fill()
    kiosks.create("GH1", "Ved døren", clock.now())
    db.connection().execute(sa.text("UPDATE response SET is_burst = :yes"), {"yes": True})
    db.db.session.commit()
    before = said()

    db.db.session.remove()
    flask_migrate.downgrade(directory=migrations, revision=WITH_ANSWERS)
    between = said()
    up(migrations)

    assert before == between == said()
    assert len(before["response"]) == 1
    assert differences(Model.metadata) == []
    with db.db.engine.connect() as connection:
        assert schema_rules.of_database(connection, schema_rules.CITIZEN_TABLES) == []


@pytest.mark.skipif(not IN_FULL, reason="a demo, and every migration by itself: in full only")
def test_step_by_step_down_and_up_again_the_demos_voices_stay(migrations: str, figure: Figure) -> None:
    up(migrations)
    codes.load()
    phases.load()
    demo.load(clock.now())
    db.db.session.commit()
    before = said()
    names = [script.revision for script in ScriptDirectory(migrations).walk_revisions()]
    steps = names[: names.index(WITH_ANSWERS) + 1]

    for step in steps[1:]:
        db.db.session.remove()
        flask_migrate.downgrade(directory=migrations, revision=step)
        assert (step, said()) == (step, before)
    for step in reversed(steps[:-1]):
        flask_migrate.upgrade(directory=migrations, revision=step)
        assert (step, said()) == (step, before)

    assert differences(Model.metadata) == []
    figure(f"{len(before['answer'])} answers through {len(steps) - 1} migrations, down and up again")


def on_the_track() -> dict[str, list[str]]:
    """Every row that stands on a decision, and the decisions but for what is younger."""
    columns = {"decision": "number, state, title", "action": "*", "action_milestone": "*", "decision_proposal": "*"}
    with db.db.engine.connect() as connection:
        return {
            name: sorted(str(row) for row in connection.exec_driver_sql(f"SELECT {wanted} FROM {name}"))
            for name, wanted in columns.items()
        }


def test_a_decision_goes_down_and_up_with_all_that_stands_on_it(migrations: str) -> None:
    up(migrations)
    fill()
    phases.load()
    decision = track.a_decision("published")
    action = actions.plan(track.to_do(), actions.Ground(decision=decision), track.TODAY)
    actions.add_milestone(action, "Vagterne er fordelt.", track.TODAY)
    db.db.session.commit()
    before = on_the_track()

    db.db.session.remove()
    flask_migrate.downgrade(directory=migrations, revision="0027")
    between = on_the_track()
    up(migrations)

    assert before == between == on_the_track()
    assert all(before.values())
    assert triggers() >= {("frozen_dossier_kept", "dossier"), ("frozen_dossier_stays", "dossier")}


def test_going_up_twice_changes_nothing(migrations: str) -> None:
    up(migrations)
    fill()
    before = db.connection().exec_driver_sql("SELECT count(*) FROM response").scalar()
    db.db.session.rollback()

    up(migrations)

    assert before == db.connection().exec_driver_sql("SELECT count(*) FROM response").scalar() == 1


def test_a_column_without_a_migration_is_named(migrations: str) -> None:
    up(migrations)
    planned = sa.MetaData(naming_convention=Model.metadata.naming_convention)
    for table in Model.metadata.sorted_tables:
        table.to_metadata(planned)
    planned.tables["site"].append_column(sa.Column("mood", sa.String(4)))
    planned.tables["site"].append_constraint(sa.CheckConstraint("mood <> ''", name="mood"))

    found = str(differences(planned))

    assert "add_column" in found
    assert "ck_site_mood" in found


def test_a_second_head_is_seen(tmp_path: Path) -> None:
    shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "0000_stray.py").write_text(
        "revision = 'stray'\ndown_revision = None\n", "utf-8"
    )

    assert len(ScriptDirectory(str(tmp_path / "migrations")).get_heads()) == 2
