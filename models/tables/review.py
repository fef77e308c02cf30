"""Reviews, what was answered in them, and who signed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.tables.workspace import Member

WAKES = text("wakes_at IS NOT NULL")
TO_BE_HELD = text("state IN ('scheduled', 'open')")


class Checklist(Tenant, Base):
    """A workspace's own version of a review's checklist; without one the package's own is asked."""

    __tablename__ = "checklist"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[ReviewKind] = mapped_column(Str(ReviewKind))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]


class Review(Tenant, Base):
    """One review; without a project it is of the whole portfolio. It keeps the checklist that it began with.

    `wakes_at` is when something is to be done about it by itself: it opens, those who owe open items are
    told at half-time (`chased_at`), its chair is told on its last day. `update` says that a live model
    changes, so that what is unchanged since the last go is filled in.

    `occasion` is why it was planned by itself: once for each. Without a `planned_by_id` nobody asked for it.
    Its channel and its people were told of it at `announced_at`. `sequence` counts its moves, for calendars.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_project_id", "project_id"),
        Index("ix_review_wakes", "wakes_at", sqlite_where=WAKES, postgresql_where=WAKES),
        Index(
            "uq_review_to_be_held",
            "project_id",
            "kind",
            unique=True,
            sqlite_where=TO_BE_HELD,
            postgresql_where=TO_BE_HELD,
        ),
        UniqueConstraint("project_id", "kind", "occasion"),
        CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", "held_has_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[ReviewKind] = mapped_column(Str(ReviewKind))
    state: Mapped[ReviewState] = mapped_column(Str(ReviewState))
    due: Mapped[date]
    reason: Mapped[str | None]
    occasion: Mapped[str | None] = mapped_column(String(80))
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    announced_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    update: Mapped[bool] = mapped_column(default=False)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    channel_id: Mapped[str | None] = mapped_column(String(32))
    checklist_version: Mapped[int | None]
    checklist: Mapped[dict[str, Any] | None]
    opened_at: Mapped[datetime | None]
    chased_at: Mapped[datetime | None]
    wakes_at: Mapped[datetime | None]
    held_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    created_at: Mapped[datetime]

    chair: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=[chair_id])


class ReviewParticipant(Tenant, Base):
    """Somebody who takes part in a review; `proposed` while only the bot says so."""

    __tablename__ = "review_participant"
    __table_args__ = (UniqueConstraint("review_id", "member_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    proposed: Mapped[bool] = mapped_column(default=False)

    member: Mapped[Member] = relationship(lazy="raise")


class ReviewAnswer(Tenant, Base):
    """What an item of the checklist was answered with, last; by whom and when.

    It was `given` by a person, or else filled in by what is known.
    The chronicle keeps what stood there before.
    """

    __tablename__ = "review_answer"
    __table_args__ = (UniqueConstraint("review_id", "item"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    item: Mapped[str] = mapped_column(String(60))
    answer: Mapped[Answer | None] = mapped_column(Str(Answer))
    points: Mapped[float | None]
    note: Mapped[str | None]
    evidence: Mapped[str | None]
    given: Mapped[bool] = mapped_column(default=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class Signature(Tenant, Base):
    """A technical signature under a deployment review (S3-27)."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("review_id", "side"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    side: Mapped[Side] = mapped_column(Str(Side))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
