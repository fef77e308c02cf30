"""Putting a finding off: until a date, with a reason that the others can read."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.findings.kinds import Kind
from models.tables import Member, Snooze


class PutOff(NamedTuple):
    """The findings of a subject (“experiment:12”, “project:3”), until when that is fine, and why."""

    subject: str
    kinds: tuple[Kind, ...]
    until: date
    reason: str


async def put_off(
    session: AsyncSession,
    putting: PutOff,
    *,
    by: Member,
    now: datetime,
) -> None:
    """Don't raise these again before their date; what is new about the subject is raised all the same."""
    session.add_all(
        Snooze(
            subject=putting.subject,
            kind=kind.value,
            until=putting.until,
            reason=putting.reason,
            by_id=by.id,
            created_at=now,
        )
        for kind in putting.kinds
    )
    chronicle.record(
        session,
        "finding_put_off",
        project_id=None,
        by_id=by.id,
        at=now,
        subject=putting.subject,
        findings=[kind.value for kind in putting.kinds],
        until=putting.until.isoformat(),
        reason=putting.reason,
    )
