"""What a project concluded since a day, and what is open, is read from an index alone."""

from alembic import op

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Apply this revision, on SQLite and PostgreSQL alike."""
    columns = ["project_id", "concluded_on", "id", "workspace_id"]
    op.create_index("ix_experiment_ended", "experiment", columns, unique=False)
