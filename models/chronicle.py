"""The chronicle: what happened to a project, append-only; and events of Slack's seen already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import dialect_of
from models.tables import Event, InboxEvent, Project

DECIDED, STAGE_CHANGED, VALUE_SAID = "decided", "stage_changed", "value_said"
MIN_DELTA_SET = "min_delta_set"
"""The kinds of a decision's line, of a stage move's, of what a result is worth, and of what counts."""


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


async def record_all(
    session: AsyncSession,
    lines: Mapping[str, dict[str, Any]],
    *,
    project_id: int,
    by_id: int,
    at: datetime,
) -> dict[str, int]:
    """Write a line of each kind, in this order and in one statement; their ids by kind.

    What was recorded before and is not written yet goes first.
    """
    workspace_id = session.info["workspace_id"]
    rows = [
        {"project_id": row.project_id, "by_id": row.by_id, "at": row.at}
        | {"workspace_id": workspace_id, "kind": row.kind, "data": row.data}
        for row in _unwritten(session)
    ]
    of = {"project_id": project_id, "by_id": by_id, "at": at, "workspace_id": workspace_id}
    rows += [{**of, "kind": kind, "data": data} for kind, data in lines.items()]
    written = await session.execute(insert(Event).values(rows).returning(Event.kind, Event.id))
    return {row.kind: row.id for row in written}


def _unwritten(session: AsyncSession) -> list[Event]:
    """Lines that wait for the next flush, taken out of it."""
    found = [row for row in session.new if isinstance(row, Event)]
    for row in found:
        session.expunge(row)
    return found


def before(kind: str, column: str, end: datetime) -> ScalarSelect[str | None]:
    """What the project's `column` was before it first changed after `end`; “” where nothing stood there.

    Nothing where it has not changed since then. Events of that kind, and decisions, hold `changes`:
    {column: [before, after]}.
    """
    change = Event.data["changes"][column]
    return (
        select(func.coalesce(change[0].as_string(), ""))
        .where(
            Event.project_id == Project.id,
            Event.kind.in_((kind, DECIDED)),
            Event.at >= end,
            change.as_string().is_not(None),
        )
        .order_by(Event.at, Event.id)
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )


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
