"""Projects, who holds which role in them, their metrics, and what a good result is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.benchmark import needed_on, still_holds
from models.domain.metric import Goal, MetricKind
from models.domain.progress import Mark
from models.domain.project import ProjectStatus, RiskTier, Role, Serving, Stage


class Project(Tenant, Base):
    """One bet on a model. `experiments` counts the numbers given out: FRAUD-12.

    `thresholds` are the findings' settings where they differ from the defaults (domain §2.5). The stop
    criterion is a value of the primary metric and a date, decided before
    (S0-25). `effort_per_week` is in person-weeks. What its users are told goes to
    `stakeholders_channel_id`, or else to the project's own channel. `repair_hours` is how soon an incident
    is to be over (S3-19).
    """

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_project_next_touchpoint", "next_touchpoint"),
        CheckConstraint("(stop_threshold IS NULL) = (stop_by IS NULL)", "whole_stop_criterion"),
        CheckConstraint("estimate_earliest <= estimate_latest", "estimate_in_order"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(12))
    name: Mapped[str]
    business_goal: Mapped[str]
    problem: Mapped[str | None]
    channel_id: Mapped[str | None] = mapped_column(String(32))
    stage: Mapped[Stage] = mapped_column(Str(Stage))
    status: Mapped[ProjectStatus] = mapped_column(Str(ProjectStatus))
    risk_tier: Mapped[RiskTier] = mapped_column(Str(RiskTier), default=RiskTier.MEDIUM)
    serving: Mapped[Serving | None] = mapped_column(Str(Serving))
    explainability_required: Mapped[bool | None]
    estimate_earliest: Mapped[date | None]
    estimate_latest: Mapped[date | None]
    stop_threshold: Mapped[float | None]
    stop_by: Mapped[date | None]
    next_touchpoint: Mapped[date | None]
    briefed_for: Mapped[date | None]
    effort_per_week: Mapped[float | None]
    stakeholders_channel_id: Mapped[str | None] = mapped_column(String(32))
    repair_hours: Mapped[int | None]
    experiments: Mapped[int] = mapped_column(default=0)
    thresholds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]

    metrics: Mapped[list["Metric"]] = relationship(lazy="raise", order_by="Metric.id")


class Membership(Tenant, Base):
    """A role that a person holds in a project; one person may hold several (S3-6)."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("project_id", "member_id", "role"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    role: Mapped[Role] = mapped_column(Str(Role))


class Metric(Tenant, Base):
    """What is measured. `min_delta` is assumed (5 % of the way) until somebody says better."""

    __tablename__ = "metric"
    __table_args__ = (
        UniqueConstraint("project_id", "key"),
        Index(
            "uq_metric_one_primary",
            "project_id",
            unique=True,
            sqlite_where=text("kind = 'primary'"),
            postgresql_where=text("kind = 'primary'"),
        ),
        CheckConstraint("min_delta > 0", "min_delta_counts"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    kind: Mapped[MetricKind] = mapped_column(Str(MetricKind))
    goal: Mapped[Goal] = mapped_column(Str(Goal))
    unit: Mapped[str] = mapped_column(String(32))
    min_delta: Mapped[float]
    min_delta_assumed: Mapped[bool] = mapped_column(default=True)
    business_phrase: Mapped[str]
    value_model: Mapped[dict[str, Any] | None]

    benchmarks: Mapped[list["Benchmark"]] = relationship(lazy="raise", order_by="Benchmark.version")


class Benchmark(Tenant, Base):
    """Baseline and acceptance of a metric, with a version: results never compare across versions.

    Agreed once a PM and a technical role have signed (S1-18), else proposed. `earlier` are its former
    acceptance values with the last date on which each held, [[ISO date, value], …], oldest first.
    """

    __tablename__ = "benchmark"
    __table_args__ = (UniqueConstraint("metric_id", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    metric_id: Mapped[int] = mapped_column(ForeignKey("metric.id"))
    version: Mapped[int]
    effective: Mapped[date]
    baseline: Mapped[float]
    baseline_source: Mapped[str]
    acceptance: Mapped[float]
    ceiling: Mapped[float | None]
    reason: Mapped[str]
    earlier: Mapped[list[Any]] = mapped_column(default=list)
    agreed_pm_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    agreed_pm_on: Mapped[date | None]
    agreed_technical_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    agreed_technical_on: Mapped[date | None]

    def mark_on(self, today: date) -> Mark:
        """Baseline and acceptance as they held on a date."""
        needed = needed_on(self.acceptance, self.earlier or (), today)
        return Mark(self.version, self.effective, self.baseline, needed)

    def is_agreed(self, today: date) -> bool:
        """Whether both sides had signed by then; of a former acceptance that is not known any more."""
        signed = (self.agreed_pm_on, self.agreed_technical_on)
        by_then = all(on is not None and on <= today for on in signed)
        return by_then or not still_holds(self.earlier or (), today)
