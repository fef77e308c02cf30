"""The App Home of one person: what waits for them, their experiments, their standups, their settings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models import home_team
from models.absences import week_soon
from models.domain.cadence import local_date, zone_of
from models.domain.experiment import OPEN, Status, experiment_key
from models.domain.facts import Numbers
from models.domain.facts_home import (
    Asked,
    HomeFacts,
    MyCondition,
    MyEnd,
    MyExperiment,
    MyExperiments,
    MyLive,
    MyNotice,
    MyScope,
)
from models.domain.live_notices import EndToConfirm, LiveFell
from models.domain.moves import stands
from models.domain.notices import AskedAbout, ConditionToMeet, NumberToConfirm, ScopeToConfirm
from models.experiments import criterion_of, day_of
from models.home_asks import asked_of
from models.numbers import standing
from models.people import person
from models.settings import settings_of
from models.tables import (
    Condition,
    Decision,
    DeprecationNotice,
    Experiment,
    Measurement,
    Member,
    Notice,
    Project,
    Prompt,
    ScopeChange,
    StandupEntry,
)
from models.waiting import questions

PER_PAGE = 10
"""Experiments that one page of the Home lists."""
MOST_NOTICES = 4


async def facts(session: AsyncSession, slack_id: str, now: datetime, offset: int = 0) -> HomeFacts:
    """Everything on somebody's Home, with their experiments from `offset` on. At most eight statements.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    member, standups, standups_in_all = await home_team.standups(session, slack_id)
    zone = zone_of(member.tz)
    today = local_date(now, zone)
    week = await week_soon(member, now)
    rows, total = await _open_ones(session, member, offset)
    team, team_in_all = await home_team.projects(session, member)
    here = {row.project_id for row, _ in rows} | {project.id for project, _ in team}
    numbers = await standing(session, here, today)
    asked = await asked_of(session, member.id, today)
    return HomeFacts(
        person=person(member),
        now=now.astimezone(zone),
        questions=await questions(session, slack_id, today),
        mine=MyExperiments(
            tuple(_experiment(row, prompt_id, member, numbers, today) for row, prompt_id in rows),
            offset,
            total,
        ),
        blockers=asked.blockers,
        reviews=asked.reviews,
        incidents=asked.incidents,
        notices=await _notices(session, member.id),
        projects=tuple(home_team.project_of(one, running, numbers) for one, running in team),
        projects_more=team_in_all - len(team),
        standups=tuple(home_team.standup_of(row, member, week) for row in standups),
        standups_more=standups_in_all - len(standups),
        settings=settings_of(member, today),
    )


async def _open_ones(
    session: AsyncSession, member: Member, offset: int
) -> tuple[Sequence[tuple[Experiment, int | None]], int]:
    """A page of somebody's open experiments: those whose conclusion is owed first, then the oldest.

    Each with where that conclusion can be finished; the other number is that of all.
    """
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
    return [(row, prompt_id) for row, prompt_id, _ in found], found[0][2] if found else 0


def _experiment(
    row: Experiment,
    prompt_id: int | None,
    member: Member,
    numbers: Mapping[int, Numbers],
    today: date,
) -> MyExperiment:
    status = stands(row.status, row.paused_until, today)
    return MyExperiment(
        experiment_id=row.id,
        key=experiment_key(row.project.key, row.number),
        title=row.title,
        project_name=row.project.name,
        status=status,
        day=day_of(row, member, today),
        timebox=row.timebox,
        criterion=criterion_of(row),
        numbers=numbers.get(row.project_id),
        pending=row.pending_outcome,
        prompt_id=prompt_id,
        paused_until=row.paused_until if status is Status.PAUSED else None,
    )


async def _notices(session: AsyncSession, member_id: int) -> tuple[Asked, ...]:
    """What this person was asked and has not answered or seen to; one statement."""
    kinds = (NumberToConfirm, AskedAbout, ScopeToConfirm, EndToConfirm, LiveFell, ConditionToMeet)
    names = [kind.model_fields["kind"].default for kind in kinds]
    number, about, scope, end, fell, condition = names

    def named(kind: str, key: str) -> ColumnElement[int | None]:
        return case((Notice.kind == kind, Notice.payload[key].as_integer()), else_=None)

    later = aliased(Decision)
    replaced = exists().where(later.supersedes_id == Decision.id)
    found = await session.execute(
        select(
            *(Notice, Project, Experiment, Measurement.id.label("measurement_id")),
            *(ScopeChange, DeprecationNotice, Condition),
        )
        .select_from(Notice)
        .outerjoin(Measurement, Measurement.id == named(number, "measurement_id"))
        .outerjoin(
            Experiment,
            Experiment.id
            == func.coalesce(Measurement.experiment_id, named(about, "experiment_id")),
        )
        .outerjoin(ScopeChange, ScopeChange.id == named(scope, "scope_id"))
        .outerjoin(DeprecationNotice, DeprecationNotice.id == named(end, "notice_id"))
        .outerjoin(Condition, Condition.id == named(condition, "condition_id"))
        .outerjoin(Decision, Decision.id == Condition.decision_id)
        .join(
            Project,
            Project.id
            == func.coalesce(
                Experiment.project_id,
                ScopeChange.project_id,
                DeprecationNotice.project_id,
                Decision.project_id,
                named(fell, "project_id"),
            ),
        )
        .where(
            Notice.member_id == member_id,
            Notice.done_at.is_(None),
            Notice.kind.in_(names),
            ~replaced,
        )
        .order_by(Notice.id)
        .limit(MOST_NOTICES)
    )
    return tuple(_notice(row) for row in found)


def _notice(row: Any) -> Asked:
    """One of them: what is joined says which."""
    name, scope, end, condition = (
        row.Project.name,
        row.ScopeChange,
        row.DeprecationNotice,
        row.Condition,
    )
    if scope is not None:
        return MyScope(scope.id, name, scope.after)
    if end is not None:
        return MyEnd(end.id, name, end.stops_on, end.instead)
    if condition is not None:
        return MyCondition(condition.id, name, condition.text, condition.due)
    if row.Experiment is None:
        return MyLive(row.Project.id, name, date.fromisoformat(row.Notice.payload["since"]))
    key = experiment_key(row.Project.key, row.Experiment.number)
    return MyNotice(row.Experiment.id, key, row.Experiment.title, row.measurement_id)
