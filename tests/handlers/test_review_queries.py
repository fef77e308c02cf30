"""How often planning a review, moving it and taking part in it ask the database (design §6)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from handlers import review_plan
from handlers.deps import Ask, Home
from models.db import Database
from tests.clock import MORNING
from tests.handlers.somewhere import Place, make_place
from tests.queries import count_queries

MOST = 8
LATER = (MORNING.date() + timedelta(days=9)).isoformat()
Handler = Callable[[Ask, AsyncSession], Awaitable[Any]]


@pytest.fixture
async def place(sqlite: str) -> AsyncIterator[Place]:
    db = Database(sqlite)
    yield await make_place(db)
    await db.close()


async def asked(place: Place, handler: Handler, user: str = "UANA", **said: Any) -> int:
    """Statements of one call; BEGIN and COMMIT don't count."""
    home = Home(place.workspace_id, "T1", ZoneInfo("Europe/Berlin"), "UBOT")
    ask = Ask(home, user, "", MORNING, trigger_id="T1", **said)
    with count_queries(place.db) as queries:
        async with place.db.writing(place.workspace_id) as session:
            await handler(ask, session)
    return len(queries)


async def test_what_each_step_asks(place: Place) -> None:
    review, project = str(place.review_id), str(place.project_id)
    planned = {"kind": "peer", "project": project, "due": LATER, "chair": "UBEN"}
    counts = {
        "list": await asked(place, review_plan.open_list, text="review"),
        "mine": await asked(place, review_plan.open_mine),
        "plan form": await asked(place, review_plan.open_plan, value=f"{project}|peer"),
        "plan": await asked(place, review_plan.plan, values=planned),
        "calendar": await asked(place, review_plan.calendar, value=review),
        "join": await asked(place, review_plan.join, "USTRANGER", value=review),
        "not me": await asked(place, review_plan.not_me, "USTRANGER", value=review),
        "move": await asked(place, review_plan.move, metadata=review, values={"due": LATER}),
        "cancel": await asked(
            place, review_plan.cancel, metadata=review, values={"reason": "No longer needed"}
        ),
        "switch": await asked(place, review_plan.switch, value="off"),
    }
    assert max(counts.values()) <= MOST, counts
