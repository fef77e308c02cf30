"""Scope changes, and who has acknowledged what they were told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.scope_change import ScopeReason
from models.tables.workspace import Member


class ScopeChange(Tenant, Base):
    """What a project is to do now in place of what it was to do (S0-36).

    `safe_to_build` is what design and engineering can go on with meanwhile (S0-37), a list of texts.
    """

    __tablename__ = "scope_change"
    __table_args__ = (Index("ix_scope_change_project_id", "project_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    on: Mapped[date]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[ScopeReason] = mapped_column(Str(ScopeReason))
    because: Mapped[str]
    for_design: Mapped[str | None]
    for_engineering: Mapped[str | None]
    safe_to_build: Mapped[list[Any]] = mapped_column(default=list)
    benchmark_id: Mapped[int | None] = mapped_column(ForeignKey("benchmark.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]


class Acknowledgement(Tenant, Base):
    """That somebody has to say that they know (domain §2.4-8). `subject`: “scope:12”, “expectations:3”."""

    __tablename__ = "acknowledgement"
    __table_args__ = (
        UniqueConstraint("workspace_id", "subject", "member_id"),
        Index("ix_acknowledgement_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    subject: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_on: Mapped[date]
    acknowledged_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(lazy="raise")
