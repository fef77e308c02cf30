"""How often answering a review asks the database: at most eight times, whatever it holds (design §6)."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models import ml_scores, own_checklists, review_pages, reviewing
from models.checklists import packaged
from models.domain.checklist_edit import retired
from models.domain.review import Answer, ReviewKind
from models.reviewing import Said
from models.tables import Member
from tests.models.conftest import NOW, Team
from tests.models.reviewed import opened
from tests.models.test_last_go import live
from tests.queries import count_queries

KIND = ReviewKind.DEPLOYMENT
Step = Callable[[AsyncSession, int], Awaitable[object]]


async def see(session: AsyncSession, review_id: int) -> None:
    await review_pages.facts(session, review_id, NOW.today)


async def answer(session: AsyncSession, review_id: int) -> None:
    taking = await reviewing.take_part(session, review_id, "UANA")
    said = {item.key: Said(Answer.YES, "so") for item in packaged(KIND).items}
    await reviewing.answer(session, taking, said, NOW.now)


async def confirm(session: AsyncSession, review_id: int) -> None:
    taking = await reviewing.take_part(session, review_id, "UANA")
    await reviewing.confirm_unchanged(session, taking, NOW.now)


async def take(session: AsyncSession, review_id: int) -> None:
    taking = await reviewing.take_part(session, review_id, "UANA")
    await reviewing.take_item(session, taking, 3, NOW.now)


async def score(session: AsyncSession, review_id: int) -> None:
    taking = await reviewing.take_part(session, review_id, "UBEN")
    await ml_scores.give(session, taking, "data", {"data_1": 1.0}, NOW.now)


async def change(session: AsyncSession, _: int) -> None:
    await own_checklists.change(
        session, "UANA", KIND, lambda asked: retired(asked, "model_card"), NOW.now
    )


async def page_of_checklist(session: AsyncSession, _: int) -> None:
    await own_checklists.page(session, KIND, may_change=True)


async def page_of_score(session: AsyncSession, review_id: int) -> None:
    await ml_scores.page(session, review_id)


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (see, 5),
        (answer, 6),
        (confirm, 7),
        (take, 6),
        (score, 5),
        (change, 5),
        (page_of_checklist, 1),
        (page_of_score, 2),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
async def test_each_step_asks_seldom(led: Team, step: Step, asked: int) -> None:
    await live(led)
    review_id = await opened(led, KIND)
    async with led.writing() as session:
        (await session.get_one(Member, led.ana.id)).admin = True
    with count_queries(led.db) as statements:
        async with led.writing() as session:
            await step(session, review_id)
    assert len(statements) == asked, statements
