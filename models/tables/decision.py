"""Decisions with their conditions; incidents of a live model; notices of its end."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.decision import Cause, DecisionKind
from models.domain.deprecation import EndReason
from models.tables.workspace import Member


class Decision(Tenant, Base):
    """What was decided about a project. Never changed: a later one supersedes it (domain §2.4-7).

    `recommended` is what the checklist said; `evidence` are the facts of that day, for those who ask later.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("supersedes_id"),
        Index("ix_decision_project_id_on", "project_id", "on"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    kind: Mapped[DecisionKind] = mapped_column(Str(DecisionKind))
    reason: Mapped[str]
    dissent: Mapped[str | None]
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    link: Mapped[str | None]
    recommended: Mapped[DecisionKind | None] = mapped_column(Str(DecisionKind))
    next_on: Mapped[date | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    on: Mapped[date]
    at: Mapped[datetime]

    by: Mapped[Member] = relationship(lazy="raise")


class Condition(Tenant, Base):
    """What a go still depends on: owner and date within 90 days (domain §4.2); met with its evidence."""

    __tablename__ = "condition"
    __table_args__ = (Index("ix_condition_decision_id", "decision_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    item: Mapped[str | None]
    text: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    due: Mapped[date]
    met_on: Mapped[date | None]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    evidence: Mapped[str | None]

    owner: Mapped[Member] = relationship(lazy="raise", foreign_keys=[owner_id])


class Incident(Tenant, Base):
    """A live model that did worse than accepted: why, and what was done (S3-12, S3-19).

    One is open at a time. `since` is from when on it was seen; `repair_hours` what was agreed when it was
    opened, the project's own may change later.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_project_id", "project_id"),
        Index(
            "uq_incident_open",
            "project_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("measurement.id"))
    what: Mapped[str]
    cause: Mapped[Cause | None] = mapped_column(Str(Cause))
    fix: Mapped[str | None]
    prevention: Mapped[str | None]
    told: Mapped[str | None]
    since: Mapped[date]
    repair_hours: Mapped[int | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class DeprecationNotice(Tenant, Base):
    """That a model will be stopped: when, why, and what to use instead (S3-13).

    Another day is another notice: the first one is taken back, so that everybody confirms the day that holds.
    """

    __tablename__ = "deprecation_notice"
    __table_args__ = (Index("ix_deprecation_notice_project_id", "project_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    stops_on: Mapped[date]
    why: Mapped[EndReason] = mapped_column(Str(EndReason))
    reason: Mapped[str]
    instead: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    created_at: Mapped[datetime]
