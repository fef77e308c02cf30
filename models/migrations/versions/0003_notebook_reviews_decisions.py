"""The notebook in full, and the tables of reviews and decisions."""

import sqlalchemy as sa
from alembic import op

from models.migrations.columns import Id, Json, Moment

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:  # noqa: PLR0915  (as long as what it makes)
    """Apply this revision, on SQLite and PostgreSQL alike."""
    op.create_table(
        "acknowledgement",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date()),
        sa.Column("acknowledged_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "workspace_id",
            "subject",
            "member_id",
            name=op.f("uq_acknowledgement_workspace_id_subject_member_id"),
        ),
    )
    op.create_index(
        "ix_acknowledgement_project_id", "acknowledgement", ["project_id"], unique=False
    )
    op.create_table(
        "charter_answer",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("project_id", "key", name=op.f("uq_charter_answer_project_id_key")),
    )
    op.create_table(
        "checklist",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "workspace_id", "kind", "version", name=op.f("uq_checklist_workspace_id_kind_version")
        ),
    )
    op.create_table(
        "deprecation_notice",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("stops_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index(
        "ix_deprecation_notice_project_id", "deprecation_notice", ["project_id"], unique=False
    )
    op.create_table(
        "governance",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("owner_id", Id, sa.ForeignKey("member.id")),
        sa.Column("link", sa.Text()),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("project_id", "kind", name=op.f("uq_governance_project_id_kind")),
    )
    op.create_table(
        "review",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id")),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("occasion", sa.String(length=80)),
        sa.Column("planned_by_id", Id, sa.ForeignKey("member.id")),
        sa.Column("announced_at", Moment),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("update", sa.Boolean(), nullable=False),
        sa.Column("chair_id", Id, sa.ForeignKey("member.id")),
        sa.Column("channel_id", sa.String(length=32)),
        sa.Column("checklist_version", sa.Integer()),
        sa.Column("checklist", Json),
        sa.Column("opened_at", Moment),
        sa.Column("chased_at", Moment),
        sa.Column("wakes_at", Moment),
        sa.Column("held_on", sa.Date()),
        sa.Column("cancelled_on", sa.Date()),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(state = 'held') = (held_on IS NOT NULL)", name=op.f("ck_review_held_has_day")
        ),
        sa.UniqueConstraint(
            "project_id", "kind", "occasion", name=op.f("uq_review_project_id_kind_occasion")
        ),
    )
    op.create_index(
        "uq_review_to_be_held",
        "review",
        ["project_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state IN ('scheduled', 'open')"),
        postgresql_where=sa.text("state IN ('scheduled', 'open')"),
    )
    op.create_index(
        "ix_review_wakes",
        "review",
        ["wakes_at"],
        unique=False,
        sqlite_where=sa.text("wakes_at IS NOT NULL"),
        postgresql_where=sa.text("wakes_at IS NOT NULL"),
    )
    op.create_index("ix_review_project_id", "review", ["project_id"], unique=False)
    op.create_table(
        "score_round",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("opened_by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("revealed_at", Moment),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index(
        "uq_score_round_open",
        "score_round",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("revealed_at IS NULL"),
        postgresql_where=sa.text("revealed_at IS NULL"),
    )
    op.create_table(
        "decision",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("review_id", Id, sa.ForeignKey("review.id")),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text()),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("recommended", sa.String(length=32)),
        sa.Column("next_on", sa.Date()),
        sa.Column("supersedes_id", Id, sa.ForeignKey("decision.id")),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_decision_supersedes_id")),
    )
    op.create_index("ix_decision_project_id_on", "decision", ["project_id", "on"], unique=False)
    op.create_table(
        "review_answer",
        sa.Column("id", Id, primary_key=True),
        sa.Column("review_id", Id, sa.ForeignKey("review.id"), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=32)),
        sa.Column("points", sa.Double()),
        sa.Column("note", sa.Text()),
        sa.Column("evidence", sa.Text()),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id")),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("review_id", "item", name=op.f("uq_review_answer_review_id_item")),
    )
    op.create_table(
        "review_participant",
        sa.Column("id", Id, primary_key=True),
        sa.Column("review_id", Id, sa.ForeignKey("review.id"), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint(
            "review_id", "member_id", name=op.f("uq_review_participant_review_id_member_id")
        ),
    )
    op.create_table(
        "score",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("round_id", Id, sa.ForeignKey("score_round.id")),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("axis", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.CheckConstraint(
            "(axis = 'confidence') = (round_id IS NULL)", name=op.f("ck_score_in_a_round")
        ),
        sa.CheckConstraint("value BETWEEN 1 AND 10", name=op.f("ck_score_one_to_ten")),
        sa.UniqueConstraint(
            "round_id", "member_id", "axis", name=op.f("uq_score_round_id_member_id_axis")
        ),
    )
    op.create_index("ix_score_project_id_axis", "score", ["project_id", "axis"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", Id, primary_key=True),
        sa.Column("review_id", Id, sa.ForeignKey("review.id"), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("member_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("review_id", "side", name=op.f("uq_signature_review_id_side")),
    )
    op.create_table(
        "condition",
        sa.Column("id", Id, primary_key=True),
        sa.Column("decision_id", Id, sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("item", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date()),
        sa.Column("met_by_id", Id, sa.ForeignKey("member.id")),
        sa.Column("evidence", sa.Text()),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index("ix_condition_decision_id", "condition", ["decision_id"], unique=False)
    op.create_table(
        "scope_change",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("for_design", sa.Text()),
        sa.Column("for_engineering", sa.Text()),
        sa.Column("safe_to_build", Json, nullable=False),
        sa.Column("benchmark_id", Id, sa.ForeignKey("benchmark.id")),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index("ix_scope_change_project_id", "scope_change", ["project_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("measurement_id", Id, sa.ForeignKey("measurement.id")),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=32)),
        sa.Column("fix", sa.Text()),
        sa.Column("prevention", sa.Text()),
        sa.Column("told", sa.Text()),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("repair_hours", sa.Integer()),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    )
    op.create_index("ix_incident_project_id", "incident", ["project_id"], unique=False)
    op.create_table(
        "leader_note",
        sa.Column("id", Id, primary_key=True),
        sa.Column("project_id", Id, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("held_back", sa.Boolean(), nullable=False),
        sa.Column("by_id", Id, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
        sa.UniqueConstraint("project_id", "on", name=op.f("uq_leader_note_project_id_on")),
    )
    op.add_column("ceremony", sa.Column("leave_out", Json, nullable=False, server_default="[]"))
    op.create_index(
        "uq_incident_open",
        "incident",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.add_column("benchmark", sa.Column("ceiling", sa.Double(), nullable=True))
    op.add_column("benchmark", sa.Column("earlier", Json, nullable=False, server_default="[]"))
    _add_reference("benchmark", "agreed_pm_id", "member")
    op.add_column("benchmark", sa.Column("agreed_pm_on", sa.Date(), nullable=True))
    _add_reference("benchmark", "agreed_technical_id", "member")
    op.add_column("benchmark", sa.Column("agreed_technical_on", sa.Date(), nullable=True))
    op.add_column(
        "blocker", sa.Column("risk", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("blocker", sa.Column("said", sa.Text(), nullable=True))
    op.add_column("blocker", sa.Column("said_at", Moment, nullable=True))
    op.add_column("experiment", sa.Column("criterion_edited_at", Moment, nullable=True))
    op.add_column(
        "experiment", sa.Column("paused_days", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("experiment", sa.Column("links", Json, nullable=False, server_default="[]"))
    op.add_column("measurement", sa.Column("seeds", sa.Integer(), nullable=True))
    op.add_column("measurement", sa.Column("beside", sa.Double(), nullable=True))
    op.add_column("measurement", sa.Column("tp", sa.Integer(), nullable=True))
    op.add_column("measurement", sa.Column("fp", sa.Integer(), nullable=True))
    op.add_column("measurement", sa.Column("fn", sa.Integer(), nullable=True))
    _add_checked(
        "measurement",
        "tn",
        "INTEGER",
        "four_counts",
        "(tp IS NULL) = (fp IS NULL) AND (tp IS NULL) = (fn IS NULL) AND (tp IS NULL) = (tn IS NULL)",
    )
    _add_reference("measurement", "by_id", "member")
    op.add_column("measurement", sa.Column("excluded_note", sa.Text(), nullable=True))
    _add_reference("measurement", "excluded_by_id", "member")
    op.add_column(
        "member", sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "member", sa.Column("nudges", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("metric", sa.Column("value_model", Json, nullable=True))
    op.add_column("project", sa.Column("problem", sa.Text(), nullable=True))
    op.add_column(
        "project",
        sa.Column("risk_tier", sa.String(length=32), nullable=False, server_default="medium"),
    )
    op.add_column("project", sa.Column("serving", sa.String(length=32), nullable=True))
    op.add_column("project", sa.Column("explainability_required", sa.Boolean(), nullable=True))
    op.add_column("project", sa.Column("estimate_earliest", sa.Date(), nullable=True))
    _add_checked(
        "project",
        "estimate_latest",
        "DATE",
        "estimate_in_order",
        "estimate_earliest <= estimate_latest",
    )
    op.add_column("project", sa.Column("stop_threshold", sa.Double(), nullable=True))
    _add_checked(
        "project",
        "stop_by",
        "DATE",
        "whole_stop_criterion",
        "(stop_threshold IS NULL) = (stop_by IS NULL)",
    )
    op.add_column("project", sa.Column("next_touchpoint", sa.Date(), nullable=True))
    op.add_column("project", sa.Column("briefed_for", sa.Date(), nullable=True))
    op.create_index("ix_project_next_touchpoint", "project", ["next_touchpoint"], unique=False)
    op.add_column("project", sa.Column("effort_per_week", sa.Double(), nullable=True))
    op.add_column(
        "workspace",
        sa.Column("plans_reviews", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column("workspace", sa.Column("reviews_at", Moment, nullable=True))
    op.create_index("ix_workspace_reviews_at", "workspace", ["reviews_at"], unique=False)
    op.add_column("project", sa.Column("stakeholders_channel_id", sa.String(length=32)))
    op.add_column("project", sa.Column("repair_hours", sa.Integer(), nullable=True))


def _add_reference(table: str, column: str, to: str) -> None:
    kind = Id.compile(dialect=op.get_bind().dialect)
    _add(table, column, kind, f"fk_{table}_{column}", f"REFERENCES {to} (id)")


def _add_checked(table: str, column: str, kind: str, name: str, check: str) -> None:
    _add(table, column, kind, f"ck_{table}_{name}", f"CHECK ({check})")


def _add(table: str, column: str, kind: str, name: str, constraint: str) -> None:
    """SQLite takes a constraint of an old table only inside ADD COLUMN, and Alembic would not name it."""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} {constraint}")
