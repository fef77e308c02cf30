"""The chronicle: what happened to a project, append-only; and events of Slack's seen already."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.db import dialect_of
from models.tables import Event, InboxEvent


def record(
    session: AsyncSession,
    kind: str,
    *,
    project_id: int | None,
    by_id: int | None,
    at: datetime,
    **data: Any,
) -> Event:
    """Write one line of the chronicle."""
    event = Event(kind=kind, project_id=project_id, by_id=by_id, at=at, data=data)
    session.add(event)
    return event


async def is_new(session: AsyncSession, event_id: str, now: datetime) -> bool:
    """Whether this event of Slack's was not seen before; from now on it was (contract §2)."""
    result = await session.execute(
        dialect_of(session)
        .insert(InboxEvent)
        .values(workspace_id=session.info["workspace_id"], event_id=event_id, received_at=now)
        .on_conflict_do_nothing()
        .returning(InboxEvent.id)
    )
    return result.scalar_one_or_none() is not None
