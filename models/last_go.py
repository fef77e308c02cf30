"""What an update of a live model takes over from its last go, so that it is confirmed and not typed again."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.checklist import Checklist, Item
from models.domain.decision import DecisionKind
from models.domain.gate import Given, passes
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_known import ALWAYS_ANEW
from models.tables import Decision, Review, ReviewAnswer


async def take_over(session: AsyncSession, review: Review, asked: Checklist) -> bool:
    """Fill in what people answered at the project's last go; True when there was one (domain §4.3).

    Only what was met then, is asked in the same words now, and need not be looked at anew each time. It
    counts for nothing until somebody confirms it. Two statements, and one to write.
    """
    if review.kind is not ReviewKind.DEPLOYMENT:
        return False
    last = (
        await session.execute(
            select(Review.id, Review.checklist)
            .join(Decision, Decision.review_id == Review.id)
            .where(
                Review.project_id == review.project_id,
                Review.kind == review.kind,
                Review.state == ReviewState.HELD,
                Decision.kind == DecisionKind.GO,
            )
            .order_by(Decision.id.desc())
            .limit(1)
        )
    ).one_or_none()
    if last is None or last.checklist is None:
        return False
    before = Checklist.model_validate(last.checklist)
    said = await session.scalars(
        select(ReviewAnswer).where(
            ReviewAnswer.review_id == last.id,
            ReviewAnswer.answer.is_not(None),
            ReviewAnswer.by_id.is_not(None),
        )
    )
    for row in said:
        if _still_asked(asked.item(row.item), before.item(row.item), row):
            session.add(
                ReviewAnswer(
                    review_id=review.id,
                    item=row.item,
                    answer=row.answer,
                    note=row.note,
                    evidence=row.evidence,
                    given=False,
                    by_id=row.by_id,
                    at=row.at,
                )
            )
    return True


def _still_asked(now: Item | None, then: Item | None, said: ReviewAnswer) -> bool:
    return (
        now is not None
        and then is not None
        and (now.text, now.kind) == (then.text, then.kind)
        and now.key not in ALWAYS_ANEW
        and passes(now, Given(said.answer, said.note))
    )


async def confirm(
    session: AsyncSession,
    review_id: int,
    mine: Callable[[str], bool],
    *,
    by_id: int,
    now: datetime,
) -> list[str]:
    """Say of what was taken over and is `mine`, by an item's key, that it still holds; its keys."""
    waiting = await session.scalars(
        select(ReviewAnswer.item).where(
            ReviewAnswer.review_id == review_id,
            ~ReviewAnswer.given,
            ReviewAnswer.by_id.is_not(None),
        )
    )
    keys = [key for key in waiting if mine(key)]
    if keys:
        await session.execute(
            update(ReviewAnswer)
            .where(ReviewAnswer.review_id == review_id, ReviewAnswer.item.in_(keys))
            .values(given=True, by_id=by_id, at=now)
        )
    return keys
