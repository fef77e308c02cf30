"""What is in the way, and who can clear it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, Id, Str, Tenant
from models.domain.standup import BlockerKind


class Blocker(Tenant, Base):
    """A blocker: what is in the way of an experiment or a project, and who can clear it.

    The same kind and text again is the same blocker, which ages (domain §3.4). A risk may come to be in
    the way but is not yet (S3-3). `said` is the latest that its owner said about it.
    """

    __tablename__ = "blocker"
    __table_args__ = (
        Index(
            "ix_blocker_open",
            "workspace_id",
            "project_id",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    experiment_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    kind: Mapped[BlockerKind] = mapped_column(Str(BlockerKind))
    text: Mapped[str]
    risk: Mapped[bool] = mapped_column(default=False)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    said: Mapped[str | None]
    said_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
