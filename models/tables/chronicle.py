"""What happened, append-only; and which of Slack's events were seen already."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, Id, Tenant


class Event(Tenant, Base):
    """One line of a project's chronicle (S0-39)."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_project_id_at", "project_id", "at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class InboxEvent(Tenant, Base):
    """An event of Slack's that was handled: Slack delivers more than once (contract §2)."""

    __tablename__ = "inbox_event"
    __table_args__ = (UniqueConstraint("workspace_id", "event_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(index=True)
