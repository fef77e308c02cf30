"""The ML Test Score of a launch check: its answers, with the last ones beside them, and giving them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle, review_answers
from models.checklists import ml_tests, scored_of
from models.domain.errors import BotError, Unknown
from models.domain.facts_checklists import MlScorePage, Points
from models.domain.permissions import NotAllowed
from models.domain.project import TECHNICAL
from models.domain.review import ReviewKind, ReviewState
from models.reviewing import Taking
from models.reviews import shown_anew
from models.tables import Project, Review, ReviewAnswer


class OnlyAtLaunch(BotError):
    """The ML Test Score belongs to a launch check."""


async def page(session: AsyncSession, review_id: int) -> MlScorePage:
    """Every test with its points here, or else of the project's last launch check that has any.

    Two statements.

    Raises:
        Unknown: there is no such review.
        OnlyAtLaunch: it is another kind of review.
    """
    found = (
        await session.execute(
            select(Review.kind, Review.state, Project.name, Review.project_id)
            .join(Project, Project.id == Review.project_id)
            .where(Review.id == review_id)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    if found.kind is not ReviewKind.DEPLOYMENT:
        raise OnlyAtLaunch
    here, before = await _points(session, review_id, found.project_id)
    return MlScorePage(
        review_id=review_id,
        project_name=found.name,
        is_open=found.state is ReviewState.OPEN,
        sections={
            name: {test.key: test.text for test in tests}
            for name, tests in ml_tests().sections.items()
        },
        here=here,
        before=before,
        score=None if here is None else scored_of(here.by_test, here.on),
    )


async def _points(
    session: AsyncSession, review_id: int, project_id: int
) -> tuple[Points | None, Points | None]:
    """The points of this review, and of the newest one before it."""
    newest = (
        select(ReviewAnswer.review_id)
        .join(Review, Review.id == ReviewAnswer.review_id)
        .where(
            Review.project_id == project_id,
            ReviewAnswer.review_id < review_id,
            ReviewAnswer.points.is_not(None),
        )
        .order_by(ReviewAnswer.review_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    row = aliased(ReviewAnswer)
    found = await session.execute(
        select(row.review_id, row.item, row.points, row.at).where(
            row.points.is_not(None), (row.review_id == review_id) | (row.review_id == newest)
        )
    )
    given: dict[int, dict[str, float]] = {}
    on: dict[int, datetime] = {}
    for of, test, points, at in found:
        given.setdefault(of, {})[test] = points or 0.0
        on[of] = max(on.get(of, at), at)
    by_review = {of: Points(points, on[of].date()) for of, points in given.items()}
    here = by_review.pop(review_id, None)
    return here, next(iter(by_review.values()), None)


async def give(
    session: AsyncSession, taking: Taking, section: str, points: Mapping[str, float], now: datetime
) -> None:
    """Store the points of a section's tests.

    Raises:
        OnlyAtLaunch: it is another kind of review.
        Unknown: there is no such section, test, or number of points.
        NotAllowed: neither the chair nor the PM, nor somebody technical in the project.
    """
    review, known = taking.review, ml_tests()
    if review.kind is not ReviewKind.DEPLOYMENT:
        raise OnlyAtLaunch
    tests = {test.key for test in known.sections.get(section, ())}
    if not points or points.keys() - tests or set(points.values()) - known.points.keys():
        raise Unknown
    if not (taking.is_chair or taking.roles & set(TECHNICAL)):
        raise NotAllowed("The ML Test Score is filled in by those who build it.")
    rows = [
        {
            "workspace_id": review.workspace_id,
            "review_id": review.id,
            "item": test,
            "points": one,
            "given": True,
            "by_id": taking.member.id,
            "at": now,
        }
        for test, one in points.items()
    ]
    await review_answers.put(session, rows, review_answers.POINTS)
    chronicle.record(
        session,
        "tests_scored",
        project_id=review.project_id,
        by_id=taking.member.id,
        at=now,
        review=review.id,
        section=section,
        points=dict(points),
    )
    await shown_anew(session, review, now)
