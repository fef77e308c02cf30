"""The App Home of one person: what waits for them, their experiments, their standups, their settings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.db import Id
from models.domain.absence import Week
from models.domain.cadence import local_date, working_days, zone_of
from models.domain.experiment import OPEN, experiment_key
from models.domain.facts import Numbers
from models.domain.facts_home import (
    HomeFacts,
    MyBlocker,
    MyExperiment,
    MyExperiments,
    MyNotice,
    MyStandup,
)
from models.domain.notices import AskedAbout, NumberToConfirm
from models.domain.standup import CeremonyKind, Part
from models.experiments import criterion_of, day_of
from models.numbers import standing
from models.opening import ask_moment
from models.people import person, require_met
from models.settings import settings_of
from models.tables import (
    Blocker,
    Ceremony,
    Experiment,
    Measurement,
    Member,
    Notice,
    Participant,
    Project,
    Prompt,
    StandupEntry,
)
from models.waiting import questions

PER_PAGE = 10
"""Experiments that one page of the Home lists."""
MOST_STANDUPS = 8
MOST_BLOCKERS = 5
MOST_NOTICES = 5


async def facts(session: AsyncSession, slack_id: str, now: datetime, offset: int = 0) -> HomeFacts:
    """Everything on somebody's Home, with their experiments from `offset` on. At most eight statements.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    member = await require_met(session, slack_id)
    zone = zone_of(member.tz)
    today = local_date(now, zone)
    standups = await _standups(session, member)
    return HomeFacts(
        person=person(member),
        now=now.astimezone(zone),
        questions=await questions(session, slack_id, today),
        mine=await _mine(session, member, today, offset),
        blockers=await _blockers(session, member.id, today),
        notices=await _notices(session, member.id),
        standups=tuple(_standup(ceremony, part, member) for ceremony, part, _ in standups),
        standups_more=standups[0][2] - len(standups) if standups else 0,
        settings=settings_of(member, today),
    )


async def _mine(session: AsyncSession, member: Member, today: date, offset: int) -> MyExperiments:
    """A page of somebody's open experiments: those whose conclusion is owed first, then the oldest."""
    finishes = (
        select(Prompt.id)
        .join(
            StandupEntry,
            and_(
                StandupEntry.run_id == Prompt.run_id,
                StandupEntry.member_id == Prompt.member_id,
            ),
        )
        .where(StandupEntry.experiment_id == Experiment.id, Experiment.pending_outcome.is_not(None))
        .order_by(StandupEntry.id.desc())
        .limit(1)
        .correlate(Experiment)
        .scalar_subquery()
    )
    open_ones = and_(Experiment.owner_id == member.id, Experiment.status.in_(OPEN))
    total = select(func.count(Experiment.id)).where(open_ones).scalar_subquery()
    found = (
        await session.execute(
            select(Experiment, finishes, total)
            .where(open_ones)
            .order_by(Experiment.pending_outcome.is_(None), Experiment.started_on, Experiment.id)
            .offset(offset)
            .limit(PER_PAGE)
            .options(
                joinedload(Experiment.project, innerjoin=True),
                joinedload(Experiment.criterion_metric),
            )
        )
    ).all()
    numbers = await standing(session, [row[0].project_id for row in found], today)
    rows = tuple(
        replace(
            _experiment(row, prompt_id, numbers.get(row.project_id)),
            day=day_of(row, member, today),
        )
        for row, prompt_id, _ in found
    )
    return MyExperiments(rows, offset, found[0][2] if found else 0)


def _experiment(row: Experiment, prompt_id: int | None, numbers: Numbers | None) -> MyExperiment:
    return MyExperiment(
        experiment_id=row.id,
        key=experiment_key(row.project.key, row.number),
        title=row.title,
        project_name=row.project.name,
        status=row.status,
        day=None,
        timebox=row.timebox,
        criterion=criterion_of(row),
        numbers=numbers,
        pending=row.pending_outcome,
        prompt_id=prompt_id,
    )


async def _notices(session: AsyncSession, member_id: int) -> tuple[MyNotice, ...]:
    """What this person was asked and has not answered; a notice's subject ends with the id it is about."""
    number, about = (
        NumberToConfirm.model_fields["kind"].default,
        AskedAbout.model_fields["kind"].default,
    )
    before = case((Notice.kind == number, len("number:")), else_=len("ask:"))
    named = cast(func.substr(Notice.subject, before + 1), Id)
    found = await session.execute(
        select(Experiment, Measurement.id)
        .select_from(Notice)
        .outerjoin(Measurement, Measurement.id == case((Notice.kind == number, named), else_=None))
        .join(
            Experiment,
            Experiment.id
            == func.coalesce(
                Measurement.experiment_id, case((Notice.kind == about, named), else_=None)
            ),
        )
        .where(
            Notice.member_id == member_id,
            Notice.done_at.is_(None),
            Notice.kind.in_((number, about)),
        )
        .order_by(Notice.id)
        .limit(MOST_NOTICES)
        .options(joinedload(Experiment.project, innerjoin=True))
    )
    return tuple(
        MyNotice(row.id, experiment_key(row.project.key, row.number), row.title, measurement_id)
        for row, measurement_id in found
    )


async def _standups(session: AsyncSession, member: Member) -> Sequence[Any]:
    """The standups that this person is in or owns, with their part, by name."""
    mine = and_(Participant.ceremony_id == Ceremony.id, Participant.member_id == member.id)
    found = await session.execute(
        select(Ceremony, Participant.part, func.count().over())
        .outerjoin(Participant, mine)
        .where(
            Ceremony.active,
            Ceremony.kind == CeremonyKind.STANDUP,
            or_(Participant.id.is_not(None), Ceremony.owner_id == member.id),
        )
        .order_by(Ceremony.name, Ceremony.id)
        .limit(MOST_STANDUPS)
    )
    return found.all()


def _standup(ceremony: Ceremony, part: Part | None, member: Member) -> MyStandup:
    next_at = None
    week = Week(
        zone_of(member.tz), frozenset(member.workdays.split(",")), member.away_from, member.away_to
    )
    works = ceremony.next_day is not None and week.works_on(ceremony.next_day)
    if part is Part.ASKED and ceremony.next_day is not None and works:
        moment = ask_moment(ceremony, member, ceremony.next_day)
        next_at = moment.astimezone(zone_of(member.tz))
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
    )


async def _blockers(session: AsyncSession, member_id: int, today: date) -> tuple[MyBlocker, ...]:
    """What others wait for, that this person can clear; the oldest first."""
    found = await session.execute(
        select(Blocker, Member.name, Project.name)
        .join(Member, Member.id == Blocker.raised_by_id)
        .join(Project, Project.id == Blocker.project_id)
        .where(Blocker.owner_id == member_id, Blocker.resolved_at.is_(None))
        .order_by(Blocker.opened_at, Blocker.id)
        .limit(MOST_BLOCKERS)
    )
    return tuple(
        MyBlocker(
            blocker_id=blocker.id,
            kind=blocker.kind,
            text=blocker.text,
            raised_by=raised_by,
            project_name=project,
            days=working_days(blocker.opened_at.date(), today),
            acknowledged=blocker.acknowledged_at is not None,
        )
        for blocker, raised_by, project in found
    )
