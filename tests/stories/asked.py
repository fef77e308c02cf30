"""What each interaction of a story asks the database in all, the page that is shown anew included."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from sqlalchemy import Engine, event

Statements = list[str]
Interactions = dict[str, list[Statements]]
"""By what was done (a verb, an action_id, a callback_id, an event): the statements of each time."""

MOST = 8
"""Statements of one interaction, with all that follows from it but the scheduler's tick (design §6)."""

_running: ContextVar[Statements | None] = ContextVar("_running", default=None)


@contextmanager
def listened() -> Iterator[Interactions]:
    """Everything that Slack sends within the block, each time with what it asked.

    What is shown after the ack runs in tasks of its own, which know what they were started by; the
    scheduler's tick is nobody's interaction.
    """
    told: Interactions = defaultdict(list)
    dispatch = AsyncApp.async_dispatch

    async def dispatched(app: AsyncApp, request: Any) -> Any:
        statements: Statements = []
        told[name_of(request.body)].append(statements)
        mark = _running.set(statements)
        try:
            return await dispatch(app, request)
        finally:
            _running.reset(mark)

    def record(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements = _running.get()
        if statements is not None and not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", record)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(AsyncApp, "async_dispatch", dispatched)
            yield told
    finally:
        event.remove(Engine, "before_cursor_execute", record)


def too_many(told: Interactions) -> dict[str, Statements]:
    """What asked more often than it may, once each."""
    return {
        name: worst
        for name, times in told.items()
        if len(worst := max(times, key=len, default=[])) > MOST
    }


def name_of(body: Any) -> str:
    """What was done, by Slack's payload."""
    if body.get("command"):
        return " ".join(["/lab", *(body.get("text") or "").split()[:1]])
    if actions := body.get("actions"):
        place = (body.get("view") or {}).get("callback_id") or (body.get("view") or {}).get("type")
        return f"click {actions[0]['action_id']}{f' in {place}' if place else ''}"
    if view := body.get("view"):
        return f"form {view['callback_id']}"
    if body.get("event"):
        return f"event {body['event']['type']}"
    return f"{body.get('type')} {body.get('callback_id', '')}".strip()
