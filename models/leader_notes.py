"""What a PM has leaders told of a project this week: one sentence, or nothing at all (domain §10)."""

from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.clock import Moment
from models.domain.leadership import WEEK
from models.domain.leadership_facts import LeadershipFacts
from models.domain.permissions import Action
from models.leadership import leadership
from models.permits import permit, permit_about
from models.search import AsOf
from models.tables import LeaderNote, Project


class Note(NamedTuple):
    """What is said of a project, and whether leaders read of it at all this week."""

    sentence: str
    held_back: bool


NOTHING = Note("", held_back=False)


async def to_note(
    session: AsyncSession, project_id: int, slack_id: str, as_of: AsOf
) -> tuple[LeadershipFacts, Note]:
    """A project as leaders would read of it, and this week's note, for somebody who may change it.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    await permit(session, slack_id, Action.CHANGE_PROJECT, project_id=project_id)
    facts = await leadership(
        session, as_of, project_id, leave_out=["learned", "bets"], held_back=False
    )
    row = await session.scalar(
        select(LeaderNote)
        .where(
            LeaderNote.project_id == project_id,
            LeaderNote.on <= as_of.today,
            LeaderNote.on > as_of.today - WEEK,
        )
        .order_by(LeaderNote.on.desc())
        .limit(1)
    )
    return facts, Note(row.sentence, row.held_back) if row else NOTHING


async def note(
    session: AsyncSession, project_id: int, slack_id: str, said: Note, *, at: Moment
) -> Project:
    """Say it from today on, for a week, in place of what was said before.

    Raises:
        Unknown: there is no such project.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    about = (
        select(Project, LeaderNote)
        .select_from(Project)
        .outerjoin(
            LeaderNote,
            and_(LeaderNote.project_id == Project.id, LeaderNote.on == at.today),
        )
        .where(Project.id == project_id)
        .with_for_update(of=Project)
    )
    by, found = await permit_about(
        session, about, slack_id, Action.CHANGE_PROJECT, project=Project.id
    )
    project: Project = found[0].Project
    row: LeaderNote | None = found[0].LeaderNote
    if row is None:
        row = LeaderNote(project_id=project_id, on=at.today)
        session.add(row)
    row.sentence, row.held_back = said
    row.by_id, row.at = by.id, at.now
    chronicle.record(
        session,
        "leaders_note",
        project_id=project_id,
        by_id=by.id,
        at=at.now,
        held_back=said.held_back,
    )
    return project
