"""Experiments and the numbers that they gave."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.experiment import AbandonReason, Category, Outcome, Split, Status
from models.tables.project import Metric, Project
from models.tables.workspace import Member


class Experiment(Tenant, Base):
    """One hypothesis: we believe that `change` will bring the criterion's metric to its threshold.

    `pending_outcome` is said but not yet remembered: the second view of a conclusion is still owed.
    `extended_days` were added to its timebox, once and with a reason. `source_key` is what it is called
    where it was imported from. `criterion_edited_at` is set when the criterion was changed after it was
    first measured: not in advance any more (domain §2.4-3). `paused_on` and `paused_until` are the latest
    pause, kept when it is over; `paused_days` are the working days of the pauses before it, whose dates are
    not kept. `links` are further addresses beside `link`, as [address, what it is].
    """

    __tablename__ = "experiment"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index("uq_experiment_source_key", "project_id", "source_key", unique=True),
        Index("ix_experiment_project_id_status", "project_id", "status"),
        Index("ix_experiment_owner_id_status", "owner_id", "status"),
        Index("ix_experiment_ended", "project_id", "concluded_on", "id", "workspace_id"),
        CheckConstraint("(status = 'concluded') = (outcome IS NOT NULL)", "outcome_when_concluded"),
        CheckConstraint(
            "(criterion_metric_id IS NULL) = (criterion_threshold IS NULL)", "whole_criterion"
        ),
        CheckConstraint("timebox_days > 0", "some_time"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    title: Mapped[str]
    category: Mapped[Category] = mapped_column(Str(Category))
    change: Mapped[str]
    expected_effect: Mapped[str]
    because: Mapped[str]
    criterion_metric_id: Mapped[int | None] = mapped_column(ForeignKey("metric.id"))
    criterion_threshold: Mapped[float | None]
    criterion_set_at: Mapped[datetime | None]
    criterion_edited_at: Mapped[datetime | None]
    benchmark_version: Mapped[int] = mapped_column(default=1)
    timebox_days: Mapped[int]
    extended_days: Mapped[int] = mapped_column(default=0)
    extension_reason: Mapped[str | None]
    status: Mapped[Status] = mapped_column(Str(Status))
    started_on: Mapped[date | None]
    paused_on: Mapped[date | None]
    paused_until: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)
    concluded_on: Mapped[date | None]
    pending_outcome: Mapped[Outcome | None] = mapped_column(Str(Outcome))
    outcome: Mapped[Outcome | None] = mapped_column(Str(Outcome))
    abandon_reason: Mapped[AbandonReason | None] = mapped_column(Str(AbandonReason))
    learning: Mapped[str | None]
    adopted: Mapped[bool | None]
    next_step: Mapped[str | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    link: Mapped[str | None]
    links: Mapped[list[Any]] = mapped_column(default=list)
    source_key: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]

    @property
    def timebox(self) -> int:
        """Working days, with its extension."""
        return self.timebox_days + self.extended_days

    project: Mapped[Project] = relationship(lazy="raise")
    owner: Mapped[Member] = relationship(lazy="raise")
    criterion_metric: Mapped[Metric | None] = relationship(lazy="raise")


class Replay(Tenant, Base):
    """The expected change in the data that an experiment replays (S0-20, S0-22).

    `text` is that line of the charter's answer, and `by_id` whose words those are.
    """

    __tablename__ = "replay"
    __table_args__ = (UniqueConstraint("experiment_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    experiment_id: Mapped[int] = mapped_column(ForeignKey("experiment.id"))
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class Measurement(Tenant, Base):
    """A number of a metric. Never deleted: excluded with a reason and a date.

    `tp` … `tn` are the four counts that it was computed from, all or none (S1-27).
    A `surprising` one (S0-21) is to be confirmed by a second person before anybody builds on it.
    `beside` is what the experiment gave on the same data, where this one is the product's code (S4-12).
    """

    __tablename__ = "measurement"
    __table_args__ = (
        Index("ix_measurement_metric_id_at", "metric_id", "at"),
        Index("ix_measurement_experiment_id_metric_id", "experiment_id", "metric_id"),
        CheckConstraint("low <= high", "interval"),
        CheckConstraint(
            "(excluded_on IS NULL) = (excluded_reason IS NULL)", "excluded_with_reason"
        ),
        CheckConstraint(
            "(tp IS NULL) = (fp IS NULL) AND (tp IS NULL) = (fn IS NULL) AND (tp IS NULL) = (tn IS NULL)",
            "four_counts",
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    metric_id: Mapped[int] = mapped_column(ForeignKey("metric.id"))
    experiment_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    on: Mapped[date]
    at: Mapped[datetime]
    value: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    seeds: Mapped[int | None]
    split: Mapped[Split] = mapped_column(Str(Split))
    beside: Mapped[float | None]
    benchmark_version: Mapped[int]
    tp: Mapped[int | None]
    fp: Mapped[int | None]
    fn: Mapped[int | None]
    tn: Mapped[int | None]
    url: Mapped[str | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    excluded_on: Mapped[date | None]
    excluded_reason: Mapped[str | None]
    excluded_note: Mapped[str | None]
    excluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    surprising: Mapped[bool] = mapped_column(default=False)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_on: Mapped[date | None]

    metric: Mapped[Metric] = relationship(lazy="raise")


# What a walk reads, in its order: a million measurements are gone through without their rows. Read from the
# end the best of an experiment is the first, and of equal ones the earliest.
Index(
    "ix_measurement_points",
    Measurement.metric_id,
    Measurement.split,
    Measurement.experiment_id,
    Measurement.value,
    Measurement.at.desc(),
    Measurement.id.desc(),
    Measurement.benchmark_version,
    Measurement.on,
    Measurement.excluded_on,
    Measurement.confirmed_on,
    Measurement.workspace_id,
)
