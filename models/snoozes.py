"""Putting a finding off: until a date, with a reason that the others can read."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.findings.kinds import Kind
from models.tables import Member, Snooze


class PutOff(NamedTuple):
    """A finding of a subject (“experiment:12”, “project:3”), until when it is fine, and why."""

    subject: str
    kind: Kind
    until: date
    reason: str


async def put_off(
    session: AsyncSession,
    putting: PutOff,
    *,
    by: Member,
    now: datetime,
) -> None:
    """Don't raise the finding again before its date."""
    session.add(
        Snooze(
            subject=putting.subject,
            kind=putting.kind.value,
            until=putting.until,
            reason=putting.reason,
            by_id=by.id,
            created_at=now,
        )
    )
    chronicle.record(
        session,
        "finding_put_off",
        project_id=None,
        by_id=by.id,
        at=now,
        subject=putting.subject,
        finding=putting.kind.value,
        until=putting.until.isoformat(),
        reason=putting.reason,
    )
