"""Standup in full, findings."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import Id, Json, Moment

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Apply this revision, on SQLite and PostgreSQL alike.

    Columns are added without building tables anew: SQLite would delete what refers to their rows.
    """
    op.create_table(
        "snooze",
        sa.Column("id", Id, primary_key=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index("ix_snooze_subject", "snooze", ["workspace_id", "subject"], unique=False)
    op.create_table(
        "digest",
        sa.Column("id", Id, primary_key=True),
        sa.Column("ceremony_id", Id, sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("ceremony_id", "slot", name=op.f("uq_digest_ceremony_id_slot")),
    )
    op.add_column("blocker", sa.Column("escalated_at", Moment, nullable=True))
    op.add_column(
        "ceremony",
        sa.Column("name", sa.String(length=80), nullable=False, server_default="Standup"),
    )
    op.add_column("ceremony", sa.Column("pause_reason", sa.String(length=40), nullable=True))
    op.add_column("ceremony", sa.Column("moved_from", sa.Date(), nullable=True))
    op.drop_index(
        op.f("uq_ceremony_one_active"), table_name="ceremony", sqlite_where=sa.text("active = 1")
    )
    op.create_index(
        "uq_ceremony_one_active",
        "ceremony",
        ["workspace_id", "channel_id", "kind", "name"],
        unique=True,
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )
    op.add_column(
        "experiment", sa.Column("extended_days", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("experiment", sa.Column("extension_reason", sa.Text(), nullable=True))
    op.add_column("experiment", sa.Column("paused_on", sa.Date(), nullable=True))
    op.add_column("experiment", sa.Column("paused_until", sa.Date(), nullable=True))
    op.add_column("experiment", sa.Column("link", sa.Text(), nullable=True))
    op.add_column("experiment", sa.Column("source_key", sa.String(length=80), nullable=True))
    op.create_index(
        "ix_experiment_project_id_status", "experiment", ["project_id", "status"], unique=False
    )
    op.create_index(
        "uq_experiment_source_key", "experiment", ["project_id", "source_key"], unique=True
    )
    op.drop_index(op.f("ix_measurement_experiment_id"), table_name="measurement")
    op.create_index(
        "ix_measurement_experiment_id_metric_id",
        "measurement",
        ["experiment_id", "metric_id"],
        unique=False,
    )
    op.add_column("member", sa.Column("ask_time", sa.Time(), nullable=True))
    op.add_column("notice", sa.Column("done_at", Moment, nullable=True))
    op.drop_index("ix_notice_waiting", table_name="notice")
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("told_on IS NULL AND done_at IS NULL"),
        postgresql_where=sa.text("told_on IS NULL AND done_at IS NULL"),
    )
    op.add_column("project", sa.Column("thresholds", Json, nullable=False, server_default="{}"))
    op.add_column("prompt", sa.Column("remind_at", Moment, nullable=True))
    op.create_index("ix_prompt_member_id_state", "prompt", ["member_id", "state"], unique=False)
    op.create_index(
        "ix_prompt_to_remind",
        "prompt",
        ["remind_at"],
        unique=False,
        sqlite_where=sa.text("remind_at IS NOT NULL"),
        postgresql_where=sa.text("remind_at IS NOT NULL"),
    )
    op.add_column(
        "run", sa.Column("ahead", sa.Boolean(), nullable=False, server_default=sa.false())
    )
