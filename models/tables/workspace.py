"""A Slack workspace that Labmate is installed in, and the people it knows there."""

from datetime import date, datetime, time

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, synonym

from models.db import Base, Id, Tenant
from models.domain.cadence import WORKDAYS


class Workspace(Tenant, Base):
    """The tenant, in which it sees only itself. `tz`: of whoever set it up, and of its digests.

    With `plans_reviews` the reviews that come round are planned by themselves; `reviews_at` is when its
    projects are looked at next, for those and for leaders who hear nothing.
    """

    __tablename__ = "workspace"
    __table_args__ = (Index("ix_workspace_reviews_at", "reviews_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[int] = synonym("id")
    slack_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str]
    tz: Mapped[str] = mapped_column(String(64))
    bot_user_id: Mapped[str] = mapped_column(String(32))
    plans_reviews: Mapped[bool] = mapped_column(default=True)
    reviews_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Member(Tenant, Base):
    """A person in Slack. `limited` is a guest or somebody from outside.

    Name and zone follow Slack; until it has `described` the person they are guesses. `workdays` are
    WEEKDAYS joined by commas; away days include both ends; `country` (ISO 3166, two letters) names the
    public holidays: without one it is guessed from the zone, NO_HOLIDAYS means that none are kept.
    `ask_time` is the person's own time of day for standups, in place of the standup's.
    An `admin` is one at Slack; without `nudges` nothing is sent that only reminds or suggests.
    """

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slack_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str]
    tz: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    limited: Mapped[bool] = mapped_column(default=False)
    admin: Mapped[bool] = mapped_column(default=False)
    nudges: Mapped[bool] = mapped_column(default=True)
    described: Mapped[bool] = mapped_column(default=False)
    workdays: Mapped[str] = mapped_column(String(32), default=WORKDAYS)
    away_from: Mapped[date | None]
    away_to: Mapped[date | None]
    country: Mapped[str | None] = mapped_column(String(2))
    ask_time: Mapped[time | None]
    created_at: Mapped[datetime]
