"""Which expected change in the data an experiment replays."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import Id

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Apply this revision, on SQLite and PostgreSQL alike."""
    op.create_table(
        "replay",
        sa.Column("id", Id, primary_key=True),
        sa.Column("experiment_id", Id, sa.ForeignKey("experiment.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("experiment_id", name=op.f("uq_replay_experiment_id")),
    )
