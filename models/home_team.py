"""What a Home shows of one's team: the standups that one is in, and the projects with where they stand."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.absence import Week
from models.domain.delivery import DeliveryState, Operation
from models.domain.errors import NotMetYet
from models.domain.experiment import OPEN, Status
from models.domain.facts import Numbers
from models.domain.facts_home import MyProject, MyStandup
from models.domain.project import ProjectStatus
from models.domain.standup import CeremonyKind, Part
from models.opening import ask_moment
from models.tables import Ceremony, Delivery, Experiment, Member, Membership, Participant, Project

MOST_STANDUPS = 4
MOST_PROJECTS = 5


class Standups(NamedTuple):
    """Somebody, and the standups that they are in or own, by name, of `total`.

    Each row: the ceremony, their part, and Slack's word for why nothing of it could be posted last, if it
    is theirs to mend.
    """

    member: Member
    rows: Sequence[tuple[Ceremony, Part | None, str | None]]
    total: int


async def standups(session: AsyncSession, slack_id: str) -> Standups:
    """The person with their standups; one statement.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    takes_part = and_(Participant.ceremony_id == Ceremony.id, Participant.member_id == Member.id)
    is_theirs = or_(
        Ceremony.owner_id == Member.id,
        select(Participant.id).where(takes_part).correlate(Ceremony, Member).exists(),
    )
    about = and_(Ceremony.active, Ceremony.kind == CeremonyKind.STANDUP, is_theirs)
    refused = case((Ceremony.owner_id == Member.id, _refused()), else_=None)
    found = (
        await session.execute(
            select(Member, Ceremony, Participant.part, refused, func.count(Ceremony.id).over())
            .select_from(Member)
            .outerjoin(Ceremony, about)
            .outerjoin(Participant, takes_part)
            .where(Member.slack_id == slack_id)
            .order_by(Ceremony.name, Ceremony.id)
            .limit(MOST_STANDUPS)
        )
    ).all()
    if not found or not found[0][0].described:
        raise NotMetYet
    rows = [(ceremony, part, error) for _, ceremony, part, error, _ in found if ceremony]
    return Standups(found[0][0], rows, found[0][4])


def _refused() -> Any:
    """Slack's word for the last post to a standup's channel, if it refused that one for good."""
    last = (
        select(func.max(Delivery.id))
        .where(
            Delivery.destination == Ceremony.channel_id,
            Delivery.operation == Operation.POST,
            Delivery.state.in_((DeliveryState.SENT, DeliveryState.REFUSED)),
        )
        .correlate(Ceremony)
        .scalar_subquery()
    )
    return (
        select(Delivery.error)
        .where(Delivery.id == last, Delivery.state == DeliveryState.REFUSED)
        .correlate(Ceremony)
        .scalar_subquery()
    )


def standup_of(
    row: tuple[Ceremony, Part | None, str | None], member: Member, week: Week
) -> MyStandup:
    """A standup as its reader sees it; `week` are their working days, with public holidays."""
    ceremony, part, error = row
    next_at = None
    works = ceremony.next_day is not None and week.works_on(ceremony.next_day)
    if part is Part.ASKED and ceremony.next_day is not None and works:
        next_at = ask_moment(ceremony, member, ceremony.next_day).astimezone(week.zone)
    return MyStandup(
        ceremony_id=ceremony.id,
        name=ceremony.name,
        channel_id=ceremony.channel_id,
        days=tuple(ceremony.days.split(",")),
        local_time=f"{ceremony.local_time:%H:%M}",
        next_day=ceremony.next_day,
        next_at=next_at,
        paused=ceremony.paused,
        asked=part is Part.ASKED,
        works=works,
        refused=error,
    )


async def projects(
    session: AsyncSession, member: Member
) -> tuple[Sequence[tuple[Project, int]], int]:
    """The active projects that somebody has a role or an open experiment in, each with how many run.

    They come by name; the other number is that of all.
    """
    has_role = exists_for(Membership, Membership.member_id == member.id)
    works_in_it = exists_for(
        Experiment, Experiment.owner_id == member.id, Experiment.status.in_(OPEN)
    )
    running = (
        select(func.count(Experiment.id))
        .where(Experiment.project_id == Project.id, Experiment.status == Status.RUNNING)
        .correlate(Project)
        .scalar_subquery()
    )
    found = (
        await session.execute(
            select(Project, running, func.count().over())
            .where(Project.status == ProjectStatus.ACTIVE, or_(has_role, works_in_it))
            .order_by(Project.name, Project.id)
            .limit(MOST_PROJECTS)
        )
    ).all()
    return [(project, count) for project, count, _ in found], found[0][2] if found else 0


def exists_for(table: type[Membership] | type[Experiment], *conditions: Any) -> Any:
    """Whether the project has such a row."""
    return (
        select(table.id)
        .where(table.project_id == Project.id, *conditions)
        .correlate(Project)
        .exists()
    )


def project_of(project: Project, running: int, numbers: Mapping[int, Numbers]) -> MyProject:
    """A project as one of its people sees it."""
    return MyProject(
        project_id=project.id,
        key=project.key,
        name=project.name,
        stage=project.stage,
        running=running,
        numbers=numbers.get(project.id),
    )
