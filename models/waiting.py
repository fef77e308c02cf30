"""What a person can answer now: their places in runs that are not closed, and what is still to be said."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import held
from models.domain.errors import NotMetYet
from models.domain.experiment import ASKED_ABOUT, experiment_key
from models.domain.facts_home import OpenExperiment, Question
from models.domain.standup import Part
from models.early import prompt_ahead
from models.experiments import day_of
from models.opening import ask_moment
from models.scope import in_scope
from models.tables import (
    Ceremony,
    Experiment,
    Member,
    Participant,
    Project,
    Prompt,
    Run,
    StandupEntry,
)


async def questions(session: AsyncSession, slack_id: str, today: date) -> tuple[Question, ...]:
    """Everything that this person can answer, the earliest run first. One statement."""
    about = and_(
        Experiment.owner_id == Prompt.member_id,
        Experiment.status.in_(ASKED_ABOUT),
        in_scope(Ceremony.id),
    )
    said = and_(StandupEntry.run_id == Run.id, StandupEntry.experiment_id == Experiment.id)
    found = await session.execute(
        select(Prompt, Run, Ceremony.name, Member, Experiment, Project, StandupEntry.id)
        .join(Member, Member.id == Prompt.member_id)
        .join(Run, Run.id == Prompt.run_id)
        .join(Ceremony, Ceremony.id == Run.ceremony_id)
        .outerjoin(Experiment, about)
        .outerjoin(Project, Project.id == Experiment.project_id)
        .outerjoin(StandupEntry, said)
        .where(Member.slack_id == slack_id, Run.closed_at.is_(None))
        .order_by(Run.day, Prompt.id, Experiment.started_on, Experiment.id)
    )
    rows: dict[int, list[Sequence[Any]]] = {}
    for row in found:
        held.know(session, row[3])
        rows.setdefault(row[0].id, []).append(row)
    return tuple(_question(those, today) for those in rows.values())


async def next_question(
    session: AsyncSession, slack_id: str, now: datetime, today: date
) -> tuple[Question, str] | None:
    """The question that comes to this person next, with a place for early answers, and their zone.

    None when none is planned.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    asked = and_(Participant.member_id == Member.id, Participant.part == Part.ASKED)
    planned_one = and_(
        Ceremony.id == Participant.ceremony_id, Ceremony.active, Ceremony.next_day.is_not(None)
    )
    rows = await session.execute(
        select(Member, Ceremony)
        .outerjoin(Participant, asked)
        .outerjoin(Ceremony, planned_one)
        .where(Member.slack_id == slack_id, Member.described)
    )
    found: Sequence[tuple[Member, Ceremony | None]] = [(row[0], row[1]) for row in rows]
    if not found:
        raise NotMetYet
    member = found[0][0]
    held.know(session, member)
    planned = [
        (ask_moment(ceremony, member, ceremony.next_day), ceremony.id, ceremony)
        for _, ceremony in found
        if ceremony is not None and ceremony.next_day is not None
    ]
    if not planned:
        return None
    prompt = await prompt_ahead(session, member, min(planned)[-1], now)
    mine = await questions(session, slack_id, today)
    return next(question for question in mine if question.prompt_id == prompt.id), member.tz


def _question(rows: list[Sequence[Any]], today: date) -> Question:
    prompt, run, name, member, *_ = rows[0]
    return Question(
        prompt_id=prompt.id,
        ceremony_id=run.ceremony_id,
        standup=name,
        day=run.day,
        ask_at=prompt.ask_at,
        ahead=run.ahead,
        state=prompt.state,
        experiments=tuple(
            OpenExperiment(
                experiment_id=experiment.id,
                key=experiment_key(project.key, experiment.number),
                title=experiment.title,
                project_name=project.name,
                day=day_of(experiment, member, today),
                timebox=experiment.timebox,
                pending=experiment.pending_outcome,
                answered=entry is not None,
            )
            for *_, experiment, project, entry in rows
            if experiment is not None
        ),
    )
