"""What Alembic runs for each command: the migrations, on the connection that `migrations.upgrade` opened."""

from __future__ import annotations

from alembic import context

from harvester.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
