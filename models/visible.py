"""What guests and people from other companies see: the projects that they belong to, and nothing else.

It is a property of the session, as the workspace is (`models.db`): every query that reads for somebody
limited finds only their projects and what belongs to those, whoever wrote the query.
"""

from typing import Any

from sqlalchemy import CompoundSelect, event, inspect, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from models import held
from models.db import TenantSession
from models.domain.errors import BotError, NotMetYet
from models.domain.permissions import Tie
from models.tables import (
    Base,
    Ceremony,
    Experiment,
    Member,
    Membership,
    Participant,
    Project,
    Workspace,
)

ASKING_WHO = {Workspace, Member, Membership, Ceremony, Participant}
"""What permits ask about: who somebody is says no query about projects yet, and loads them."""
READER, SEES = "reader", "sees"
"""Keys of the session's `info`: a Slack id; the ids of the projects that they see, None for all of them."""


class NothingYet(BotError):
    """You see the projects that you have a part in, and that is none yet. Ask the team's PM to add you."""


def read_as(session: AsyncSession, slack_id: str) -> None:
    """From now on the session reads for this person.

    Somebody whom Slack has not described yet may be a guest: the first query about projects raises
    `NotMetYet` then.
    """
    session.info[READER] = slack_id
    session.info.pop(SEES, None)


def sees_all(session: AsyncSession) -> bool:
    """Whether nothing was kept from the reader; also while nothing was read yet."""
    return session.info.get(SEES) is None


async def is_limited(session: AsyncSession, slack_id: str) -> bool:
    """Whether this person is a guest or from outside; no statement where that has been asked already."""
    if session.info.get(READER) == slack_id and SEES in session.info:
        return session.info[SEES] is not None
    known = held.reader(session, slack_id) or await session.run_sync(_loaded, slack_id)
    if known is not None:
        return known.limited
    return bool(await session.scalar(select(Member.limited).where(Member.slack_id == slack_id)))


async def met(session: AsyncSession) -> None:
    """Find out who reads, before anything is read for somebody who is new.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    reader = session.info.get(READER)
    if reader is not None and SEES not in session.info:
        await session.run_sync(_look_up, reader)


def _of_projects() -> dict[Any, Any]:
    """Every table whose rows always belong to one project, with the column that says which."""
    found: dict[Any, Any] = {Project: Project.id}
    for mapper in Base.registry.mappers:
        column = mapper.columns.get("project_id")
        if column is not None and not column.nullable:
            found[mapper.class_] = mapper.attrs.project_id.class_attribute
    return found


BELONGS = _of_projects()


@event.listens_for(TenantSession, "do_orm_execute")
def _only_their_projects(state: ORMExecuteState) -> None:
    reader = state.session.info.get(READER)
    if reader is None or not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    if SEES not in state.session.info:
        if {mapper.class_ for mapper in state.all_mappers} <= ASKING_WHO:
            return
        _look_up(state.session, reader)
    ids = state.session.info[SEES]
    if ids is not None:
        state.statement = state.statement.options(
            *(
                with_loader_criteria(table, column.in_(ids), include_aliases=True)
                for table, column in BELONGS.items()
            )
        )


def _look_up(session: Session, slack_id: str) -> None:
    """Who reads; no statement where they are loaded already."""
    member = held.reader(session, slack_id) or _loaded(session, slack_id)
    member = member or session.scalar(select(Member).where(Member.slack_id == slack_id))
    if member is None or not member.described:
        raise NotMetYet
    held.know(session, member)
    session.info[SEES] = None
    if member.limited:
        found = session.execute(_theirs(member.id))
        session.info[SEES] = sorted(project_id for (project_id,) in found if project_id)


def _loaded(session: Session, slack_id: str) -> Member | None:
    found = (row for row in session.identity_map.values() if isinstance(row, Member))
    return next(
        (row for row in found if row.slack_id == slack_id and not inspect(row).expired), None
    )


def _theirs(member_id: int) -> CompoundSelect[int]:
    """The projects that somebody has a tie to."""
    takes_part = select(Participant.ceremony_id).where(Participant.member_id == member_id)
    standups = Ceremony.id.in_(takes_part)
    channels = select(Ceremony.channel_id).where(standups, Ceremony.active)
    ties = {
        Tie.ROLE: select(Membership.project_id).where(Membership.member_id == member_id),
        Tie.OWNER: select(Experiment.project_id).where(Experiment.owner_id == member_id),
        Tie.STANDUP: select(Ceremony.project_id).where(standups, Ceremony.active),
        Tie.CHANNEL: select(Project.id).where(Project.channel_id.in_(channels)),
    }
    return union(*(ties[tie] for tie in Tie))
