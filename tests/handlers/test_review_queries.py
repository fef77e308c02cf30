"""How often each step of a review asks the database: at most eight times (design §6)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from handlers import checklists, ml_score, review, review_plan
from handlers.deps import Ask, Home
from models.checklists import packaged
from models.closing import DECISIONS
from models.db import Database
from models.domain.checklist import for_project
from models.domain.decision import DecisionKind
from models.domain.project import RiskTier
from models.domain.review import ReviewKind, ReviewState
from models.tables import Project, Review
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


CLOSING = {
    ReviewKind.PEER: 7,
    ReviewKind.PROJECT: 7,
    ReviewKind.STAKEHOLDER: 7,
    ReviewKind.HANDOVER: 7,
    ReviewKind.DEPLOYMENT: 7,
    ReviewKind.DEPRECATION: 7,
}
"""Five to read it as it stands, with whoever decides and sees to conditions; two to write it down."""


async def scheduled(place: Place, kind: ReviewKind) -> str:
    """The place's review is of this kind, and not open yet; its project has stakeholders and a channel."""
    async with place.db.writing(place.workspace_id) as session:
        await session.execute(update(Project).values(stakeholders_channel_id="C00000055"))
        await session.execute(update(Review).values(state=ReviewState.SCHEDULED, kind=kind))
    return str(place.review_id)


@pytest.mark.parametrize("kind", CLOSING)
async def test_what_holding_it_asks(place: Place, kind: ReviewKind) -> None:
    about = await scheduled(place, kind)
    ends = DecisionKind.CONTINUE if DecisionKind.CONTINUE in DECISIONS[kind] else DecisionKind.NO_GO
    if kind is ReviewKind.STAKEHOLDER:
        ends = DecisionKind.GO
    decided = {"decision": ends.value, "reason": "So be it", "next_on": LATER}
    counts = {
        "begin": await asked(place, review_plan.begin, value=about),
        "see": await asked(place, review.see, value=about),
        "answers": await asked(place, review.open_answers, value=about),
        "move form": await asked(place, review_plan.open_move, value=about),
        "cancel form": await asked(place, review_plan.open_cancel, value=about),
        "close form": await asked(place, review.open_close, value=about),
        "close": await asked(place, review.close, metadata=about, values=decided),
    }
    assert max(counts.values()) <= MOST, counts
    assert counts["close"] == CLOSING[kind]


async def test_what_a_launch_check_asks(place: Place) -> None:
    about = str(place.review_id)
    tests = {f"data_{n}": "0.5" for n in range(1, 8)}
    item = {"label": "Nights", "text": "Who is called?", "gate": "should", "kind": "confirm"}
    how = {"na_allowed": "no", "asked_of": "pm", "place": "up", "keep": "yes"}
    counts = {
        "answer": await asked(
            place, review.answer, metadata=f"{about}|", values={"answer_user_training": "yes"}
        ),
        "still so": await asked(place, review.unchanged, value=about),
        "take": await asked(place, review.take_item, value=f"{about}|22"),
        "sign": await asked(place, review.sign_as_engineer, "UBEN", value=about),
        "score": await asked(place, ml_score.page, value=about),
        "section": await asked(place, ml_score.open_section, value=f"{about}|data"),
        "save it": await asked(
            place, ml_score.save_section, metadata=f"{about}|data", values=tests
        ),
        "checklists": await asked(place, checklists.page),
        "item": await asked(place, checklists.open_item, value="deployment|sla"),
        "change it": await asked(
            place, checklists.save_item, metadata="deployment|sla", values=item | how
        ),
        "restore": await asked(place, checklists.restore, value="deployment"),
    }
    assert max(counts.values()) <= MOST, counts


SPLIT = "support_split"
BOTH_WAYS = "answer_code_explained_both_ways"
"""Both sides: Ben is scientist and engineer, and it is his own word."""


def _all_but(item: str) -> dict[str, str]:
    asked = for_project(
        packaged(ReviewKind.HANDOVER).items, risk=RiskTier.LOW, explainability_required=False
    )
    answers = {f"answer_{one.key}": "yes" for one in asked}
    return answers | {f"answer_{item}": "no", f"note_{item}": "Not yet"}


@pytest.mark.parametrize("who", ["UBEN", "UNEW"], ids=["known", "never met"])
async def test_a_go_with_a_condition_asks_no_more(place: Place, who: str) -> None:
    kind = ReviewKind.HANDOVER
    about = await scheduled(place, kind)
    await asked(place, review_plan.begin, value=about)
    promised = {f"what_{SPLIT}": "The table", f"who_{SPLIT}": who, f"by_{SPLIT}": LATER}
    go = {"decision": "go", "reason": "It holds", **promised}
    said = _all_but(SPLIT)
    own = {name: said.pop(name) for name in [*said] if name.startswith(BOTH_WAYS)}
    await asked(place, review.answer, metadata=f"{about}|", values=said)
    await asked(place, review.answer, "UBEN", metadata=f"{about}|", values=own)
    assert await asked(place, review.close, metadata=about, values=go) == CLOSING[kind]
