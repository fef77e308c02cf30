"""How far a project is, as far as the entry of a review asks (domain §4.1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.decision import DecisionKind
from models.domain.facts import Person
from models.domain.project import Role
from models.domain.review import ReviewKind
from models.domain.review_entry import Standing, lacking
from models.people import person
from models.readiness import is_accepted
from models.tables import Decision, Member, Project, Review, ReviewParticipant
from models.walking import Walked, walked


def gone(kind: ReviewKind) -> ColumnElement[bool]:
    """Whether the project's review of this kind has ended with a go that still stands."""
    later, review = aliased(Decision), aliased(Review)
    return (
        exists()
        .where(
            Decision.project_id == Project.id,
            Decision.kind == DecisionKind.GO,
            Decision.review_id == review.id,
            review.kind == kind,
            ~exists().where(later.supersedes_id == Decision.id),
        )
        .correlate(Project)
    )


def outsiders(
    review: Review,
    people: Iterable[tuple[ReviewParticipant, Member]],
    holders: Mapping[Role, Sequence[Person]],
) -> list[Person]:
    """Those who take part and have no role in the project: in a peer review they look with fresh eyes."""
    inside = {one.member_id for each in holders.values() for one in each}
    return [
        person(who)
        for row, who in people
        if not row.proposed
        and who.active
        and not who.limited
        and who.id not in inside
        and who.id != review.chair_id
    ]


def lacking_of(
    review: Review,
    project: Project,
    walk: Walked | None,
    is_handed_over: Any,
    guests: Sequence[Person],
) -> tuple[str, ...]:
    """What is missing before it can be held, in words."""
    standing = Standing(
        measured=walk is not None and bool(walk.progress.wait or walk.progress.gains),
        problem=bool((project.problem or "").strip()),
        phrase=walk is not None and bool(walk.metric.business_phrase.strip()),
        accepted=walk is not None and is_accepted(walk.progress),
        handed_over=bool(is_handed_over),
        outsider=bool(guests),
        same_code=review.update,
        reason=bool((review.reason or "").strip()),
    )
    return lacking(review.kind, standing)


async def lacking_now(
    session: AsyncSession,
    review: Review,
    project: Project,
    today: date,
    guests: Sequence[Member],
) -> tuple[str, ...]:
    """What is missing before a review can be held that is being planned; at most two statements."""
    if review.kind is ReviewKind.DEPLOYMENT:
        is_handed_over = await session.scalar(
            select(gone(ReviewKind.HANDOVER)).where(Project.id == project.id)
        )
        return lacking_of(review, project, None, is_handed_over, ())
    walk = (await walked(session, [project.id], today)).get(project.id)
    return lacking_of(review, project, walk, None, [person(one) for one in guests])
