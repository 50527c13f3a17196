"""Runs migrations on the application's own connection, so that its pragmas hold here too."""

from alembic import context

from app.core.db import Model, db

with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
