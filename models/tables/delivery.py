"""The outbox: what Slack is still to be told, and how fast it may be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, Id, Str, Tenant
from models.domain.delivery import DeliveryState, Operation

WAITING = text("state = 'waiting'")
ONE_REFRESH = text("operation = 'refresh' AND state = 'waiting'")
IN_HAND = text("state IN ('released', 'sending')")


class Delivery(Tenant, Base):
    """One thing to do in Slack: kind and payload of a Message, rendered from the rows when it is sent.

    `subject` names the message in Slack that it makes or refreshes; at most one refresh of a subject waits.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_due", "not_before", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_delivery_lease", "lease_until", sqlite_where=IN_HAND, postgresql_where=IN_HAND),
        Index("ix_delivery_subject", "workspace_id", "subject"),
        Index(
            "uq_delivery_one_refresh",
            "workspace_id",
            "subject",
            unique=True,
            sqlite_where=ONE_REFRESH,
            postgresql_where=ONE_REFRESH,
        ),
        CheckConstraint(
            "(state IN ('released', 'sending')) = (lease_until IS NOT NULL)", "lease_while_in_hand"
        ),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", "sent_has_moment"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    operation: Mapped[Operation] = mapped_column(Str(Operation))
    subject: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    destination: Mapped[str] = mapped_column(String(32))
    priority: Mapped[int]
    state: Mapped[DeliveryState] = mapped_column(Str(DeliveryState))
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None]
    slack_channel: Mapped[str | None] = mapped_column(String(32))
    slack_ts: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Pacing(Tenant, Base):
    """A token bucket for one limit of Slack's: a channel, a method, or the workspace's posts."""

    __tablename__ = "pacing"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    bucket: Mapped[str] = mapped_column(String(80), primary_key=True)
    tokens: Mapped[float]
    filled_at: Mapped[datetime]


def in_state(table: type[Delivery], *states: DeliveryState) -> ColumnElement[bool]:
    """Whether a delivery is in one of `states`, spelled out in the SQL.

    With the states as parameters neither database could see that the partial indexes hold the rows.
    """
    if len(states) == 1:
        return table.state == bindparam(None, states[0], literal_execute=True)
    return table.state.in_(bindparam(None, states, expanding=True, literal_execute=True))
