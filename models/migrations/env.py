"""Run by Alembic for every command: on the connection that the caller opened, in its transaction."""

from alembic import context

from models.migrations.rendering import is_ours, render
from models.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=is_ours,
    render_item=render,  # type: ignore[arg-type]  # the annotation forgets None
)
with context.begin_transaction():
    context.run_migrations()
