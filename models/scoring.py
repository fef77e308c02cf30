"""Scoring a project: given independently, hidden until they are revealed together (S1-6 … S1-10)."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.db import dialect_of
from models.domain.cadence import local_date
from models.domain.clock import Moment
from models.domain.errors import NoRound, NotYourRound, Unknown
from models.domain.facts_scores import ConfidencePage, ScorePage
from models.domain.permissions import Action, Standing, may
from models.domain.project import Role
from models.domain.score import Axis
from models.domain.scoring import Given, together
from models.notices import stands
from models.outbox import refresh_all
from models.permits import permit
from models.reading import standing_of
from models.tables import Member, Membership, Project, Score, ScoreRound


class Stored(NamedTuple):
    """Somebody's scores are stored: `scored` of `of` people with a role have given theirs."""

    scored: int
    of: int
    revealed: bool
    opened: bool


SHOWN = 50
"""Projects in the list; confidences of one project."""


async def page(session: AsyncSession, project_id: int, slack_id: str, zone: ZoneInfo) -> ScorePage:
    """A project's scoring for somebody; four statements. `zone` is the workspace's, for dates.

    Raises:
        NotMetYet: see `models.reading.standing_of`.
        Unknown: there is no such project, or none that they see.
    """
    member, standing = await standing_of(session, project_id, slack_id)
    found = (
        await session.execute(
            select(Project, _with_a_role(project_id).scalar_subquery()).where(
                Project.id == project_id
            )
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    project, everybody = found
    rounds = (
        await session.scalars(
            select(ScoreRound)
            .where(ScoreRound.project_id == project.id)
            .order_by(ScoreRound.id.desc())
            .limit(2)
        )
    ).all()
    running = next((one for one in rounds if one.revealed_at is None), None)
    done = next((one for one in rounds if one.revealed_at is not None), None)
    rows = (
        await session.scalars(
            select(Score).where(Score.round_id.in_([one.id for one in rounds])).order_by(Score.id)
        )
    ).all()
    own = running.id if running else None
    return ScorePage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        business_goal=project.business_goal,
        is_open=running is not None,
        scored=len({row.member_id for row in rows if row.round_id == own and own}),
        of=everybody,
        mine={
            row.axis: _given(row)
            for row in rows
            if row.member_id == member.id and row.round_id == own and own
        },
        may_benefit=may(Action.SCORE_BENEFIT, standing),
        may_complexity=may(Action.SCORE_COMPLEXITY, standing),
        may_reveal=running is not None and _reveals(member, standing, running),
        axes=together(_given(row) for row in rows if done and row.round_id == done.id),
        revealed_on=local_date(done.revealed_at, zone) if done and done.revealed_at else None,
    )


def _given(row: Score) -> Given:
    return Given(row.axis, row.value, row.why)


def _reveals(member: Member, standing: Standing, running: ScoreRound) -> bool:
    return Role.PM in standing.roles or running.opened_by_id == member.id


def _with_a_role(project_id: int) -> Select[int]:
    """How many people have a role in the project."""
    return (
        select(func.count(Membership.member_id.distinct()))
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.project_id == project_id, Member.active, ~Member.limited)
    )


async def give(
    session: AsyncSession,
    project_id: int,
    slack_id: str,
    given: Mapping[Axis, tuple[int, str]],
    *,
    at: Moment,
) -> Stored:
    """Somebody's scores in the open round, which the first one opens; given again they are corrected.

    When everybody with a role has scored, two at least, it is revealed.

    Raises:
        NotAllowed: complexity is for somebody technical, benefit for who has a role.
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    technical = Axis.COMPLEXITY in given
    action = Action.SCORE_COMPLEXITY if technical else Action.SCORE_BENEFIT
    by = await permit(session, slack_id, action, project_id=project_id)
    running = await _open_round(session, project_id, by, at.now)
    insert = dialect_of(session).insert(Score)
    await session.execute(
        insert.values(
            [
                {
                    "workspace_id": running.workspace_id,
                    "project_id": project_id,
                    "round_id": running.id,
                    "member_id": by.id,
                    "axis": axis,
                    "value": value,
                    "why": why,
                    "on": at.today,
                    "at": at.now,
                }
                for axis, (value, why) in given.items()
            ]
        ).on_conflict_do_update(
            index_elements=["round_id", "member_id", "axis"],
            set_={name: insert.excluded[name] for name in ("value", "why", "on", "at")},
        )
    )
    count = await session.scalar(
        select(func.count(Score.member_id.distinct())).where(Score.round_id == running.id)
    )
    everybody = await session.scalar(_with_a_role(project_id)) or 0
    revealed = 2 <= everybody <= (count or 0)
    if revealed:
        _show(session, running, by, at.now)
    return Stored(count or 0, everybody, revealed, running.opened_by_id == by.id)


async def _open_round(
    session: AsyncSession, project_id: int, by: Member, now: datetime
) -> ScoreRound:
    """The round that is open, locked; a new one where there is none."""
    if await session.get(Project, project_id, with_for_update=True) is None:
        raise Unknown
    running = await session.scalar(
        select(ScoreRound).where(
            ScoreRound.project_id == project_id, ScoreRound.revealed_at.is_(None)
        )
    )
    if running is None:
        running = ScoreRound(project_id=project_id, opened_by_id=by.id, opened_at=now)
        session.add(running)
        await session.flush()
    return running


async def reveal(session: AsyncSession, project_id: int, slack_id: str, now: datetime) -> None:
    """Show the open round's scores together, to everybody.

    Raises:
        NoRound: none is open.
        NotYourRound: the project's PM does that, or who scored first.
        NotMetYet: see `models.reading.standing_of`.
    """
    member, standing = await standing_of(session, project_id, slack_id)
    running = await session.scalar(
        select(ScoreRound)
        .where(ScoreRound.project_id == project_id, ScoreRound.revealed_at.is_(None))
        .with_for_update()
    )
    if running is None:
        raise NoRound
    if not _reveals(member, standing, running):
        raise NotYourRound
    _show(session, running, member, now)


def _show(session: AsyncSession, running: ScoreRound, by: Member, now: datetime) -> None:
    running.revealed_at = now
    chronicle.record(session, "scores_revealed", project_id=running.project_id, by_id=by.id, at=now)


async def confidence(session: AsyncSession, project_id: int, slack_id: str) -> ConfidencePage:
    """How likely acceptance was said to be, newest first, for somebody who may say it again.

    Raises:
        Unknown: there is no such project.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    await permit(session, slack_id, Action.SAY_CONFIDENCE, project_id=project_id)
    project = await session.get(Project, project_id)
    if project is None:
        raise Unknown
    rows = await session.scalars(
        select(Score)
        .where(Score.project_id == project_id, Score.axis == Axis.CONFIDENCE)
        .order_by(Score.on.desc(), Score.id.desc())
        .limit(SHOWN)
    )
    said = tuple((row.on, row.value, row.why) for row in rows)
    return ConfidencePage(project.id, project.name, project.estimate_latest, said)


async def say_confidence(
    session: AsyncSession, project_id: int, slack_id: str, value: int, why: str, *, at: Moment
) -> None:
    """How likely acceptance is, 1 to 10; what was said before is kept. The message that asked shows it.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    by = await permit(session, slack_id, Action.SAY_CONFIDENCE, project_id=project_id)
    session.add(
        Score(
            project_id=project_id,
            member_id=by.id,
            axis=Axis.CONFIDENCE,
            value=value,
            why=why,
            on=at.today,
            at=at.now,
        )
    )
    asked = await stands(session, "likely_wanted", by.id)
    await refresh_all(session, asked, now=at.now)
