"""The expectations note: three sentences that every stakeholder acknowledges (S1-23).

Sent by the PM once; who becomes a stakeholder later gets it, too.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Date, String, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import acknowledging, chronicle, notices
from models.db import Id, dialect_of
from models.domain.acknowledging import Matter, Subject
from models.domain.clock import Moment
from models.domain.errors import BotError, NotToldOfIt
from models.domain.facts_notices import Expected
from models.domain.notices import ExpectationsNote
from models.domain.project import Role
from models.notices import ToTell
from models.planning import InHand
from models.readiness import expectations as subject_of
from models.tables import Acknowledgement, Member, Membership, Project


class NobodyToExpect(BotError):
    """Name a stakeholder first: somebody who needs the result, or speaks for those who do."""


class NotForYou(BotError):
    """This note goes to the project's stakeholders: there is nothing for you to do."""


class SentAlready(BotError):
    """Every stakeholder has had it already. Who becomes one later gets it by itself."""


async def send(session: AsyncSession, hand: InHand, at: Moment) -> int:
    """Send the note to the stakeholders who have not had it; returns how many.

    Raises:
        NobodyToExpect: there is no stakeholder.
        SentAlready: each of them has had it.
    """
    project_id = hand.project.id
    has_it = exists().where(
        Acknowledgement.subject == subject_of(project_id), Acknowledgement.member_id == Member.id
    )
    found = await session.execute(
        select(Member, has_it)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.project_id == project_id,
            Membership.role == Role.STAKEHOLDER,
            Member.active,
        )
        .order_by(Membership.id)
    )
    stakeholders = [(row[0], row[1]) for row in found]
    if not stakeholders:
        raise NobodyToExpect
    new = [member for member, had in stakeholders if not had]
    if not new:
        raise SentAlready
    await acknowledging.ask(session, _subject(project_id), project_id, new, at)
    chronicle.record(
        session,
        "expectations_sent",
        project_id=project_id,
        by_id=hand.by.id,
        at=at.now,
        to=[member.id for member in new],
    )
    return len(new)


async def stakeholders_joined(
    session: AsyncSession, project_id: int, joined: Sequence[Member], at: Moment
) -> None:
    """Who joined gets the note, if it was ever sent and they have not had it. Two statements."""
    subject = subject_of(project_id)
    sent, joining = aliased(Acknowledgement), [one.id for one in joined]
    columns = ("workspace_id", "project_id", "subject", "member_id", "asked_on")
    told = await session.scalars(
        dialect_of(session)
        .insert(Acknowledgement)
        .from_select(
            columns,
            select(
                Member.workspace_id,
                literal(project_id, Id),
                literal(subject, String),
                Member.id,
                literal(at.today, Date),
            ).where(Member.id.in_(joining), exists().where(sent.subject == subject)),
        )
        .on_conflict_do_nothing()
        .returning(Acknowledgement.member_id)
    )
    await _give(session, project_id, told.all(), at)


async def _give(
    session: AsyncSession, project_id: int, member_ids: Sequence[int], at: Moment
) -> None:
    about = ExpectationsNote(project_id=project_id)
    workspace_id = session.info["workspace_id"]
    await notices.give(session, [ToTell(workspace_id, one, about) for one in member_ids], at.now)


async def acknowledge(session: AsyncSession, project_id: int, slack_id: str, at: Moment) -> Project:
    """“I have read it”, by somebody who was sent the note; twice is once.

    Raises:
        NotForYou: nobody sent it to this person.
    """
    try:
        said = await acknowledging.confirm(session, _subject(project_id), slack_id, at)
    except NotToldOfIt as error:
        raise NotForYou from error
    if said.first:
        chronicle.record(
            session,
            "expectations_acknowledged",
            project_id=project_id,
            by_id=said.member_id,
            at=at.now,
        )
    return await session.get_one(Project, project_id)


def _subject(project_id: int) -> Subject:
    return Subject(Matter.EXPECTATIONS, project_id)


async def told(
    session: AsyncSession, member_id: int, project_ids: Collection[int]
) -> dict[str, Expected]:
    """The notes that a person was sent, by their notice's subject."""
    if not project_ids:
        return {}
    found = await session.execute(
        select(Project, Acknowledgement.acknowledged_on)
        .join(Acknowledgement, Acknowledgement.project_id == Project.id)
        .where(
            Project.id.in_(project_ids),
            Acknowledgement.member_id == member_id,
            Acknowledgement.subject.in_([subject_of(key) for key in project_ids]),
        )
    )
    return {
        ExpectationsNote(project_id=project.id).subject: Expected(
            project_id=project.id,
            project_name=project.name,
            business_goal=project.business_goal,
            acknowledged=acknowledged_on is not None,
        )
        for project, acknowledged_on in found
    }
