"""The index of what a walk reads in the walk's own order, and with the rows' ids: PostgreSQL needs no row."""

from alembic import op

revision = "0007"
down_revision: str | None = "0006"

COLUMNS = (
    "metric_id",
    "split",
    "experiment_id",
    "value",
    "at",
    "id",
    "benchmark_version",
    "on",
    "excluded_on",
    "confirmed_on",
    "workspace_id",
)


def upgrade() -> None:
    """Apply this revision, on SQLite and PostgreSQL alike."""
    op.drop_index("ix_measurement_points", "measurement")
    op.create_index("ix_measurement_points", "measurement", list(COLUMNS), unique=False)
