"""Of equal measurements the index has the earliest last: from its end an experiment's best comes first."""

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision: str | None = "0007"

COLUMNS = (
    "metric_id",
    "split",
    "experiment_id",
    "value",
    text("at DESC"),
    text("id DESC"),
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
