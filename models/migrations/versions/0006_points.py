"""An index that has all that a walk reads: of a million measurements it needs no row."""

from alembic import op

revision = "0006"
down_revision: str | None = "0005"

COLUMNS = (
    "metric_id",
    "split",
    "experiment_id",
    "value",
    "benchmark_version",
    "on",
    "excluded_on",
    "confirmed_on",
    "at",
    "workspace_id",
)


def upgrade() -> None:
    """Apply this revision, on SQLite and PostgreSQL alike."""
    op.create_index("ix_measurement_points", "measurement", list(COLUMNS), unique=False)
