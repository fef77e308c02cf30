"""What an update of a live model takes over from its last go, so that it is confirmed and not typed again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.domain.checklist import Checklist, Item
from models.domain.decision import DecisionKind
from models.domain.gate import Given, passes
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_known import ALWAYS_ANEW
from models.tables import Checklist as OwnChecklist
from models.tables import Decision, Review, ReviewAnswer, Workspace


class Begins(NamedTuple):
    """What a review begins with: the workspace's `own` checklist, and the project's last go, if any.

    `asked` is what was asked there, `said` what people answered.
    """

    own: Any
    asked: Checklist | None
    said: Sequence[ReviewAnswer]


def own_checklist(kind: ReviewKind | InstrumentedAttribute[ReviewKind]) -> Select[Any]:
    """The newest content of the workspace's own checklist of this kind, or of the kind in this column."""
    return (
        select(OwnChecklist.content)
        .where(OwnChecklist.kind == kind)
        .order_by(OwnChecklist.version.desc())
        .limit(1)
    )


async def begins_with(session: AsyncSession, review: Review) -> Begins:
    """What this review begins with; one statement. Only a launch check looks at the last go."""
    last = aliased(Review)
    newest = (
        select(Decision.review_id)
        .join(Review, Review.id == Decision.review_id)
        .where(
            Review.project_id == review.project_id,
            Review.kind == ReviewKind.DEPLOYMENT,
            Review.state == ReviewState.HELD,
            Decision.kind == DecisionKind.GO,
            literal(review.kind is ReviewKind.DEPLOYMENT),
        )
        .order_by(Decision.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found: Sequence[Any] = (
        await session.execute(
            select(own_checklist(review.kind).scalar_subquery(), last.checklist, ReviewAnswer)
            .select_from(Workspace)
            .outerjoin(last, last.id == newest)
            .outerjoin(
                ReviewAnswer,
                and_(
                    ReviewAnswer.review_id == last.id,
                    ReviewAnswer.answer.is_not(None),
                    ReviewAnswer.by_id.is_not(None),
                ),
            )
            .where(Workspace.id == review.workspace_id)
        )
    ).all()
    own, asked, _ = found[0]
    return Begins(
        own,
        None if asked is None else Checklist.model_validate(asked),
        [row[2] for row in found if row[2] is not None],
    )


def take_over(session: AsyncSession, review: Review, asked: Checklist, begins: Begins) -> bool:
    """Fill in what people answered at the project's last go; True when there was one (domain §4.3).

    Only what was met then, is asked in the same words now, and need not be looked at anew each time. It
    counts for nothing until somebody confirms it.
    """
    before = begins.asked
    if before is None:
        return False
    for row in begins.said:
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
