"""The end of a live model as it is read: its card, what each is told, the page, the form, a review."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.acknowledging import Said, said_of, sorted_out, told_of
from models.domain.acknowledging import Matter
from models.domain.clock import Moment
from models.domain.decision import DecisionKind
from models.domain.deprecation import EndKnown, earliest_stop, lacking_to_retire
from models.domain.errors import Unknown
from models.domain.facts_live import EndFacts, EndFormFacts, EndPage, EndTold
from models.domain.live_notices import EndTakenBack
from models.domain.notices import notice_of
from models.domain.permissions import Action, may
from models.domain.project import ProjectStatus, Role
from models.domain.review_known import FROM_CHARTER, ProjectKnown
from models.domain.scope_change import TOLD
from models.people import person
from models.permits import permit
from models.reading import readable, standing_of
from models.retiring import last_go
from models.tables import (
    Acknowledgement,
    CharterAnswer,
    DeprecationNotice,
    Member,
    Membership,
    Notice,
    Project,
)

USERS = FROM_CHARTER["users_known"]
"""The charter's question about who uses it."""
MOST_TOLD = 50
"""People whom the form chooses beforehand."""


async def ends_by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, EndFacts]:
    """Notices as people read them; two statements, however many."""
    if not ids:
        return {}
    found = await session.execute(
        select(DeprecationNotice, Project, Member)
        .join(Project, Project.id == DeprecationNotice.project_id)
        .join(Member, Member.id == DeprecationNotice.by_id)
        .where(DeprecationNotice.id.in_(ids))
    )
    rows = found.all()
    said = await said_of(session, Matter.END, ids)
    return {row.id: _facts(row, project, by, said[row.id]) for row, project, by in rows}


def _facts(row: DeprecationNotice, project: Project, by: Member, said: Said) -> EndFacts:
    return EndFacts(
        notice_id=row.id,
        project_id=project.id,
        key=project.key,
        project_name=project.name,
        on=row.on,
        by=person(by),
        stops_on=row.stops_on,
        why=row.why,
        reason=row.reason,
        instead=row.instead,
        confirmed=said.confirmed,
        waiting=said.waiting,
        withdrawn_on=row.withdrawn_on,
        retired=project.status is ProjectStatus.RETIRED,
    )


async def facts(session: AsyncSession, notice_id: int) -> EndFacts:
    """One notice.

    Raises:
        Unknown: there is no such one, or none that the reader sees.
    """
    found = await ends_by_id(session, [notice_id])
    if notice_id not in found:
        raise Unknown
    return found[notice_id]


async def told_of_ends(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, EndTold]:
    """Those notices that are about a model's end, as people read them, by subject."""
    told = await told_of(rows, Matter.END, partial(ends_by_id, session), EndTold)
    stays = {
        row.subject: one.notice_id
        for row in rows
        if isinstance(one := notice_of(row.payload), EndTakenBack)
    }
    known = await ends_by_id(session, stays.values())
    return told | {
        subject: EndTold(known[number], confirmed=True, again=False)
        for subject, number in stays.items()
        if number in known
    }


async def page(session: AsyncSession, project_id: int, slack_id: str, at: Moment) -> EndPage:
    """How far the end of a project's model is; at most three statements.

    Raises:
        NotMetYet: Slack has not said yet who this is.
        Unknown: there is no such project, or none that they see.
    """
    _, reader = await standing_of(session, project_id, slack_id)
    found: Any = (
        await session.execute(
            select(Project, last_go(project_id).label("kind"), DeprecationNotice, Member)
            .select_from(Project)
            .outerjoin(
                DeprecationNotice,
                (DeprecationNotice.project_id == Project.id)
                & DeprecationNotice.withdrawn_on.is_(None),
            )
            .outerjoin(Member, Member.id == DeprecationNotice.by_id)
            .where(Project.id == project_id)
            .order_by(DeprecationNotice.id.desc())
        )
    ).first()
    if found is None:
        raise Unknown
    project, kind, notice, by = found
    said = {} if notice is None else await said_of(session, Matter.END, [notice.id])
    return EndPage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        end=None if notice is None else _facts(notice, project, by, said[notice.id]),
        lacking=lacking_to_retire(
            project.stage,
            gone=kind is DecisionKind.GO,
            stops_on=None if notice is None else notice.stops_on,
            today=at.today,
        ),
        may_announce=may(Action.ANNOUNCE_END, reader),
        retired=project.status in (ProjectStatus.STOPPED, ProjectStatus.RETIRED),
    )


async def form_facts(
    session: AsyncSession, project_id: int, slack_id: str, today: date
) -> EndFormFacts:
    """What the form for a notice knows beforehand; three statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
    """
    by = await permit(session, slack_id, Action.ANNOUNCE_END, project_id=project_id)
    project = await readable(session, project_id)
    people = await session.scalars(
        select(Member.slack_id)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.project_id == project_id,
            Membership.role.in_([role for role in TOLD if role is not Role.PM]),
            Member.active,
            Member.id != by.id,
        )
        .group_by(Member.id, Member.slack_id)
        .order_by(Member.id)
        .limit(MOST_TOLD)
    )
    return EndFormFacts(project.id, project.key, project.name, earliest_stop(today), tuple(people))


async def end_record(session: AsyncSession, project_id: int) -> ProjectKnown:
    """What a review of the model's end finds on record: its notice, and who uses it; one statement."""
    found: Any = (
        await session.execute(
            select(DeprecationNotice, Acknowledgement, Member, CharterAnswer.text)
            .select_from(Project)
            .outerjoin(
                DeprecationNotice,
                (DeprecationNotice.project_id == Project.id)
                & DeprecationNotice.withdrawn_on.is_(None),
            )
            .outerjoin(
                CharterAnswer,
                (CharterAnswer.project_id == Project.id) & (CharterAnswer.key == USERS),
            )
            .outerjoin(
                Acknowledgement,
                (Acknowledgement.project_id == DeprecationNotice.project_id)
                & Acknowledgement.subject.startswith(f"{Matter.END}:"),
            )
            .outerjoin(Member, Member.id == Acknowledgement.member_id)
            .where(Project.id == project_id)
            .order_by(DeprecationNotice.id.desc(), Acknowledgement.id)
        )
    ).all()
    row, *_, users = found[0]
    charter = {USERS: users} if users else {}
    if row is None:
        return ProjectKnown(charter=charter)
    asked = [(each, who) for notice, each, who, _ in found if each and notice.id == row.id]
    told = sorted_out(asked).get(row.id, Said())
    confirmed, waiting = ([who.name for who in people] for people in told)
    end = EndKnown(row.on, row.stops_on, row.reason, row.instead, tuple(confirmed), tuple(waiting))
    return ProjectKnown(charter=charter, end=end)
