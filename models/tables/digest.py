"""Digests that were posted, and findings that somebody has put off."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, Id, Tenant


class Digest(Tenant, Base):
    """A digest as it was posted: `content` holds its findings and numbers, to say “since last time”.

    `slot` is its date, or the local minute of one that somebody asked for.
    """

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("ceremony_id", "slot"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ceremony_id: Mapped[int] = mapped_column(ForeignKey("ceremony.id"))
    slot: Mapped[str] = mapped_column(String(16))
    as_of: Mapped[date]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class LeaderNote(Tenant, Base):
    """What a project's PM has leaders told about it within a week: one sentence, or nothing at all.

    The latest day's holds for every digest of the seven days from `on`.
    """

    __tablename__ = "leader_note"
    __table_args__ = (UniqueConstraint("project_id", "on"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    on: Mapped[date]
    sentence: Mapped[str]
    held_back: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class Snooze(Tenant, Base):
    """A finding that is not raised until a date, and why. `subject`: “experiment:12” or “project:3”."""

    __tablename__ = "snooze"
    __table_args__ = (Index("ix_snooze_subject", "workspace_id", "subject"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    until: Mapped[date]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
