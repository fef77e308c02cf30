"""First tables."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import Id, Json, Moment

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:  # noqa: PLR0915  (as long as what it makes)
    """Apply this revision, on SQLite and PostgreSQL alike."""
    op.create_table(
        "workspace",
        sa.Column("id", Id, primary_key=True),
        sa.Column("slack_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("slack_id", name=op.f("uq_workspace_slack_id")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", Id, primary_key=True),
        sa.Column("dedupe_key", sa.String(length=120), nullable=False),
        sa.Column("operation", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("destination", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("not_before", Moment, nullable=False),
        sa.Column("expires_at", Moment),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", Moment),
        sa.Column("error", sa.Text()),
        sa.Column("slack_channel", sa.String(length=32)),
        sa.Column("slack_ts", sa.String(length=32)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(state IN ('released', 'sending')) = (lease_until IS NOT NULL)",
            name=op.f("ck_delivery_lease_while_in_hand"),
        ),
        sa.CheckConstraint(
            "state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_delivery_sent_has_moment")
        ),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_delivery_dedupe_key")),
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_delivery_lease",
        "delivery",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('released', 'sending')"),
        postgresql_where=sa.text("state IN ('released', 'sending')"),
    )
    op.create_index("ix_delivery_subject", "delivery", ["workspace_id", "subject"], unique=False)
    op.create_index(
        "uq_delivery_one_refresh",
        "delivery",
        ["workspace_id", "subject"],
        unique=True,
        sqlite_where=sa.text("operation = 'refresh' AND state = 'waiting'"),
        postgresql_where=sa.text("operation = 'refresh' AND state = 'waiting'"),
    )
    op.create_table(
        "inbox_event",
        sa.Column("id", Id, primary_key=True),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "workspace_id", "event_id", name=op.f("uq_inbox_event_workspace_id_event_id")
        ),
    )
    op.create_index(
        op.f("ix_inbox_event_received_at"), "inbox_event", ["received_at"], unique=False
    )
    op.create_table(
        "member",
        sa.Column("id", Id, primary_key=True),
        sa.Column("slack_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("limited", sa.Boolean(), nullable=False),
        sa.Column("described", sa.Boolean(), nullable=False),
        sa.Column("workdays", sa.String(length=32), nullable=False),
        sa.Column("away_from", sa.Date()),
        sa.Column("away_to", sa.Date()),
        sa.Column("country", sa.String(length=2)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "workspace_id", "slack_id", name=op.f("uq_member_workspace_id_slack_id")
        ),
    )
    op.create_table(
        "pacing",
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), primary_key=True),
        sa.Column("bucket", sa.String(length=80), primary_key=True),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("filled_at", Moment, nullable=False),
    )
    op.create_table(
        "project",
        sa.Column("id", Id, primary_key=True),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_goal", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.String(length=32)),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("experiments", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_project_workspace_id_key")),
    )
    op.create_table(
        "ceremony",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("project_id", Id, sa.ForeignKey("project.id")),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("days", sa.String(length=32), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("summary_time", sa.Time(), nullable=False),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("whole_channel", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("questions", Json, nullable=False),
        sa.Column("owner_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("next_day", sa.Date()),
        sa.Column("opens_at", Moment),
        sa.Column("run_now_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(next_day IS NULL) = (opens_at IS NULL)", name=op.f("ck_ceremony_day_and_moment")
        ),
        sa.CheckConstraint("answer_hours > 0", name=op.f("ck_ceremony_some_time_to_answer")),
    )
    op.create_index(
        "ix_ceremony_due",
        "ceremony",
        ["opens_at"],
        unique=False,
        sqlite_where=sa.text("opens_at IS NOT NULL"),
        postgresql_where=sa.text("opens_at IS NOT NULL"),
    )
    op.create_index(
        "uq_ceremony_one_active",
        "ceremony",
        ["workspace_id", "channel_id", "kind"],
        unique=True,
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "event",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id")),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id")),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index("ix_event_project_id_at", "event", ["project_id", "at"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "project_id", "member_id", "role", name=op.f("uq_membership_project_id_member_id_role")
        ),
    )
    op.create_table(
        "metric",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("goal", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("min_delta", sa.Double(), nullable=False),
        sa.Column("min_delta_assumed", sa.Boolean(), nullable=False),
        sa.Column("business_phrase", sa.Text(), nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint("min_delta > 0", name=op.f("ck_metric_min_delta_counts")),
        sa.UniqueConstraint("project_id", "key", name=op.f("uq_metric_project_id_key")),
    )
    op.create_index(
        "uq_metric_one_primary",
        "metric",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'primary'"),
        postgresql_where=sa.text("kind = 'primary'"),
    )
    op.create_table(
        "notice",
        sa.Column("id", Id, primary_key=True),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("told_on", sa.Date()),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("member_id", "subject", name=op.f("uq_notice_member_id_subject")),
    )
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("told_on IS NULL"),
        postgresql_where=sa.text("told_on IS NULL"),
    )
    op.create_table(
        "benchmark",
        sa.Column("id", Id, primary_key=True),
        sa.Column("metric_id", Id, sa.ForeignKey("metric.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=False),
        sa.Column("baseline_source", sa.Text(), nullable=False),
        sa.Column("acceptance", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("metric_id", "version", name=op.f("uq_benchmark_metric_id_version")),
    )
    op.create_table(
        "experiment",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("expected_effect", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("criterion_metric_id", Id, sa.ForeignKey("metric.id")),
        sa.Column("criterion_threshold", sa.Double()),
        sa.Column("criterion_set_at", Moment),
        sa.Column("benchmark_version", sa.Integer(), nullable=False),
        sa.Column("timebox_days", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("started_on", sa.Date()),
        sa.Column("concluded_on", sa.Date()),
        sa.Column("pending_outcome", sa.String(length=32)),
        sa.Column("outcome", sa.String(length=32)),
        sa.Column("abandon_reason", sa.String(length=32)),
        sa.Column("learning", sa.Text()),
        sa.Column("adopted", sa.Boolean()),
        sa.Column("next_step", sa.Text()),
        sa.Column("follows_id", Id, sa.ForeignKey("experiment.id")),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(status = 'concluded') = (outcome IS NOT NULL)",
            name=op.f("ck_experiment_outcome_when_concluded"),
        ),
        sa.CheckConstraint(
            "(criterion_metric_id IS NULL) = (criterion_threshold IS NULL)",
            name=op.f("ck_experiment_whole_criterion"),
        ),
        sa.CheckConstraint("timebox_days > 0", name=op.f("ck_experiment_some_time")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_experiment_project_id_number")),
    )
    op.create_index(
        "ix_experiment_owner_id_status", "experiment", ["owner_id", "status"], unique=False
    )
    op.create_table(
        "participant",
        sa.Column("id", Id, primary_key=True),
        sa.Column("ceremony_id", Id, sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "ceremony_id", "member_id", name=op.f("uq_participant_ceremony_id_member_id")
        ),
    )
    op.create_table(
        "run",
        sa.Column("id", Id, primary_key=True),
        sa.Column("ceremony_id", Id, sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("summary_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("summarised_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("ceremony_id", "slot", name=op.f("uq_run_ceremony_id_slot")),
    )
    op.create_index(
        "ix_run_open",
        "run",
        ["closes_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "blocker",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("experiment_id", Id, sa.ForeignKey("experiment.id")),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("owner_id", Id, sa.ForeignKey("member.id")),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("acknowledged_at", Moment),
        sa.Column("resolved_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index(
        "ix_blocker_open",
        "blocker",
        ["workspace_id", "project_id"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "measurement",
        sa.Column("id", Id, primary_key=True),
        sa.Column("metric_id", Id, sa.ForeignKey("metric.id"), nullable=False),
        sa.Column("experiment_id", Id, sa.ForeignKey("experiment.id")),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("low", sa.Double()),
        sa.Column("high", sa.Double()),
        sa.Column("split", sa.String(length=32), nullable=False),
        sa.Column("benchmark_version", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("excluded_on", sa.Date()),
        sa.Column("excluded_reason", sa.Text()),
        sa.Column("surprising", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by_id", Id, sa.ForeignKey("member.id")),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(excluded_on IS NULL) = (excluded_reason IS NULL)",
            name=op.f("ck_measurement_excluded_with_reason"),
        ),
        sa.CheckConstraint("low <= high", name=op.f("ck_measurement_interval")),
    )
    op.create_index(
        op.f("ix_measurement_experiment_id"), "measurement", ["experiment_id"], unique=False
    )
    op.create_index("ix_measurement_metric_id_at", "measurement", ["metric_id", "at"], unique=False)
    op.create_table(
        "prompt",
        sa.Column("id", Id, primary_key=True),
        sa.Column("run_id", Id, sa.ForeignKey("run.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("ask_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", Moment),
        sa.Column("answered_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "state <> 'answered' OR answered_at IS NOT NULL",
            name=op.f("ck_prompt_answered_has_moment"),
        ),
        sa.CheckConstraint("closes_at > ask_at", name=op.f("ck_prompt_some_time_to_answer")),
        sa.UniqueConstraint("run_id", "member_id", name=op.f("uq_prompt_run_id_member_id")),
    )
    op.create_index(
        "ix_prompt_due",
        "prompt",
        ["ask_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_prompt_to_show",
        "prompt",
        ["run_id"],
        unique=False,
        sqlite_where=sa.text("NOT shown"),
        postgresql_where=sa.text("NOT shown"),
    )
    op.create_table(
        "standup_entry",
        sa.Column("id", Id, primary_key=True),
        sa.Column("run_id", Id, sa.ForeignKey("run.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("experiment_id", Id, sa.ForeignKey("experiment.id")),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("no_change", sa.Boolean(), nullable=False),
        sa.Column("learned", sa.Text()),
        sa.Column("measurement_id", Id, sa.ForeignKey("measurement.id")),
        sa.Column("next_step", sa.Text()),
        sa.Column("blocker_kind", sa.String(length=32)),
        sa.Column("blocker_text", sa.Text()),
        sa.Column("blocker_owner_id", Id, sa.ForeignKey("member.id")),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("answered_at", Moment, nullable=False),
        sa.Column("edited_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(experiment_id IS NULL) = (status = 'not_experimenting')",
            name=op.f("ck_standup_entry_about_an_experiment"),
        ),
        sa.UniqueConstraint(
            "run_id",
            "member_id",
            "experiment_id",
            name=op.f("uq_standup_entry_run_id_member_id_experiment_id"),
        ),
    )
    op.create_index(
        "ix_standup_entry_experiment_id", "standup_entry", ["experiment_id"], unique=False
    )
    op.create_index(
        "uq_standup_entry_no_experiment",
        "standup_entry",
        ["run_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("experiment_id IS NULL"),
        postgresql_where=sa.text("experiment_id IS NULL"),
    )
