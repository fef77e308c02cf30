"""Once a working day, each workspace's projects are looked at: reviews plan themselves (domain §4.1).

So does what depends on no switch: leaders who have heard nothing of a project for six weeks (S0-28).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, silences
from models.absences import holidays_at
from models.domain.cadence import local_date, local_moment, zone_of
from models.domain.clock import Moment
from models.domain.messages_reviews import MonthlyReview
from models.domain.permissions import Action
from models.domain.project import ProjectStatus, Role
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_dates import working_day_after
from models.domain.review_entry import chairs
from models.domain.review_plan import ToHold, to_plan
from models.domain.working_days import ONE_DAY, Span, elapsed, single_days
from models.leadership_channel import leadership_channel
from models.outbox import Post, post_all
from models.permits import permit
from models.review_courses import courses
from models.review_times import MORNING, wakes_at
from models.reviews import planned, record, shown_anew
from models.tables import (
    Member,
    Membership,
    Project,
    Review,
    ReviewParticipant,
    Workspace,
)

AT_ONCE = 20
"""Workspaces that a tick looks at."""


class Due(NamedTuple):
    """A workspace whose projects are to be looked at; `at` as its row said when it was read.

    Without `plans` no reviews are planned there by themselves.
    """

    workspace_id: int
    tz: str
    at: datetime | None
    plans: bool = True


class Wanted(NamedTuple):
    """A review to be planned, where it is posted, and who leads it."""

    project_id: int
    channel_id: str
    chair_id: int
    review: ToHold


async def due(session: AsyncSession, now: datetime) -> Sequence[Due]:
    """The workspaces that are to be looked at, at most 20."""
    found = await session.execute(
        select(Workspace.id, Workspace.tz, Workspace.reviews_at, Workspace.plans_reviews)
        .where(or_(Workspace.reviews_at.is_(None), Workspace.reviews_at <= now))
        .order_by(Workspace.reviews_at, Workspace.id)
        .limit(AT_ONCE)
    )
    return [Due(*row) for row in found]


async def switch(session: AsyncSession, slack_id: str, *, on: bool, at: Moment) -> None:
    """Have reviews planned by themselves from now on, or not any more; what is planned stays.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    by = await permit(session, slack_id, Action.CHANGE_WORKSPACE)
    workspace = await session.get_one(Workspace, by.workspace_id, with_for_update=True)
    if workspace.plans_reviews is on:
        return
    workspace.plans_reviews, workspace.reviews_at = on, None
    chronicle.record(session, "reviews_switched", project_id=None, by_id=by.id, at=at.now, on=on)


async def look(session: AsyncSession, one: Due, now: datetime) -> Sequence[Wanted]:
    """What is to be planned there; a constant number of statements, however many projects there are.

    A workspace that was never looked at has its first working morning to itself; on days off nothing is
    planned.
    """
    if not one.plans:
        return ()
    off = await days_off(one.tz, now)
    zone = zone_of(one.tz)
    today = local_date(now, zone)
    if one.at is None or elapsed(today, today + ONE_DAY, off) == 0:
        return ()
    projects = (
        await session.scalars(
            select(Project).where(
                Project.status == ProjectStatus.ACTIVE, Project.channel_id.is_not(None)
            )
        )
    ).all()
    if not projects:
        return ()
    known = await courses(session, projects, today, zone)
    wanted = {project.id: to_plan(known[project.id], today, off) for project in projects}
    leads = await _leads(session, [key for key, reviews in wanted.items() if reviews])
    return [
        Wanted(project.id, project.channel_id or "", chair, review)
        for project in projects
        for review in wanted[project.id]
        if (chair := _chair(review.kind, leads.get(project.id, {}))) is not None
    ]


async def days_off(tz: str, now: datetime) -> tuple[Span, ...]:
    """The public holidays where the workspace is."""
    return single_days((await holidays_at({tz}, now))[tz])


async def plan(
    session: AsyncSession, one: Due, wanted: Sequence[Wanted], now: datetime, off: Iterable[Span]
) -> int:
    """Plan them, once whoever else looks at the same moment; returns how many there are now.

    The workspace is looked at again on its next working morning.
    """
    zone = zone_of(one.tz)
    today = local_date(now, zone)
    is_early = now < local_moment(today, MORNING, zone)
    first = working_day_after(today if is_early else today + ONE_DAY, 0, off)
    claimed = await session.scalar(
        update(Workspace)
        .where(Workspace.id == one.workspace_id, Workspace.reviews_at.is_not_distinct_from(one.at))
        .values(reviews_at=local_moment(first, MORNING, zone))
        .returning(Workspace.id)
        .execution_options(synchronize_session=False)
    )
    if claimed is None:
        return 0
    made, sooner = [], 0
    for each in wanted:
        if review := await _made(session, one, each, now):
            made.append((each, review))
        else:
            sooner += await _comes_forward(session, each, now, zone)
    session.add_all(
        ReviewParticipant(
            workspace_id=one.workspace_id, review_id=review.id, member_id=each.chair_id
        )
        for each, review in made
    )
    await _tell_leadership(session, one, [each for each, _ in made], now)
    await silences.raise_where_none_is_posted(session, today, now)
    return len(made) + sooner


async def _made(session: AsyncSession, one: Due, each: Wanted, now: datetime) -> Review | None:
    row = {
        "workspace_id": one.workspace_id,
        "project_id": each.project_id,
        "kind": each.review.kind,
        "occasion": each.review.occasion,
        "due": each.review.due,
        "reason": each.review.reason,
        "chair_id": each.chair_id,
        "channel_id": each.channel_id,
    }
    review = await planned(session, row, now)
    if review is not None:
        record(session, "review_scheduled", review, None, now, due=str(review.due))
    return review


async def _comes_forward(
    session: AsyncSession, each: Wanted, now: datetime, zone: ZoneInfo
) -> bool:
    """One that was planned before is due sooner, unless somebody has moved or opened it meanwhile."""
    review = await session.scalar(
        select(Review)
        .where(
            Review.project_id == each.project_id,
            Review.occasion == each.review.occasion,
            Review.kind == each.review.kind,
            Review.state == ReviewState.SCHEDULED,
            Review.sequence == 0,
            Review.due > each.review.due,
        )
        .with_for_update()
    )
    if review is None:
        return False
    before, review.due, review.reason = review.due, each.review.due, each.review.reason
    review.sequence += 1
    review.wakes_at = wakes_at(review, zone)
    record(session, "review_moved", review, None, now, before=str(before), after=str(review.due))
    await shown_anew(session, review, now)
    return True


async def _tell_leadership(
    session: AsyncSession, one: Due, made: Sequence[Wanted], now: datetime
) -> None:
    """One post with every project of the month's review, where leadership reads."""
    monthly = [each for each in made if each.review.kind is ReviewKind.PROJECT]
    channel = await leadership_channel(session) if monthly else None
    if channel is None:
        return
    ids = tuple(each.project_id for each in monthly)
    message = MonthlyReview(month=monthly[0].review.occasion, project_ids=ids)
    await post_all(session, [Post(message, channel, one.workspace_id)], now=now)


def _chair(kind: ReviewKind, holders: Mapping[Role, int]) -> int | None:
    return next((holders[role] for role in chairs(kind) if role in holders), None)


async def _leads(session: AsyncSession, ids: Sequence[int]) -> dict[int, dict[Role, int]]:
    """Who held which role first, of those who are there, by project."""
    found = await session.execute(
        select(Membership.project_id, Membership.role, Membership.member_id)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.project_id.in_(ids), Member.active, ~Member.limited)
        .order_by(Membership.id.desc())
    )
    leads: dict[int, dict[Role, int]] = {}
    for project_id, role, member_id in found:
        leads.setdefault(project_id, {})[role] = member_id
    return leads
