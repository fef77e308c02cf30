"""What people are still to be told outside the standup."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, Id, Tenant


class Notice(Tenant, Base):
    """Something that a person is to be told outside the standup: at most one DM a working day (domain §10).

    What waits is folded into the next one; `told_on` is the person's own date. From `done_at` on it asks for
    nothing any more: somebody has acted on it, or it has become pointless.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("member_id", "subject"),
        Index(
            "ix_notice_waiting",
            "due_at",
            sqlite_where=text("told_on IS NULL AND done_at IS NULL"),
            postgresql_where=text("told_on IS NULL AND done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    subject: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    told_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
