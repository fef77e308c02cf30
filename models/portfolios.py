"""Portfolios: the projects ranked by what people scored independently, with confidence and effort (S1-6)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.charts import Bet, PortfolioChart
from models.domain.portfolio import Effort, Portfolio, Ranked, hedged, ranked
from models.domain.project import ProjectStatus, Stage
from models.domain.score import Axis
from models.domain.scoring import SCORED, Given, scored, together
from models.tables import Project, Score, ScoreRound
from models.walking import Walked, walked

IN_USE = (Stage.PRODUCTION, Stage.DEPRECATION)
OPEN = (ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)


async def portfolio(session: AsyncSession, today: date) -> Portfolio:
    """The projects that are not over, ranked; five statements however many there are."""
    projects = (
        await session.scalars(
            select(Project).where(Project.status.in_(OPEN)).order_by(Project.name, Project.id)
        )
    ).all()
    given = await _given(session)
    sure = await _confidence(session, today)
    walks = await walked(session, [one.id for one in projects if one.id in given], today)
    rows = [
        row
        for one in projects
        if (row := _ranked(one, given.get(one.id, ()), sure.get(one.id), walks.get(one.id)))
    ]
    known = {row.project_id for row in rows}
    unhedged, most, share = hedged(
        [
            Effort(one.name, one.status is ProjectStatus.ACTIVE, one.effort_per_week)
            for one in projects
        ]
    )
    return Portfolio(
        rows=ranked(rows),
        unscored=tuple(one.name for one in projects if one.id not in known),
        unhedged=unhedged,
        most=most,
        share=share,
        to_score=tuple(one.id for one in projects if one.id not in known),
    )


async def portfolio_chart(session: AsyncSession, today: date) -> PortfolioChart:
    """The same as a picture's facts."""
    found = await portfolio(session, today)
    return PortfolioChart(
        bets=tuple(
            Bet(
                name=row.name,
                benefit=row.scored.benefit,
                complexity=row.scored.complexity,
                effort=row.effort,
                proven=row.proven,
            )
            for row in found.rows
        )
    )


async def _given(session: AsyncSession) -> dict[int, list[Given]]:
    """What was given in each project's last revealed round."""
    last = (
        select(func.max(ScoreRound.id))
        .where(ScoreRound.revealed_at.is_not(None))
        .group_by(ScoreRound.project_id)
    )
    found = await session.scalars(
        select(Score).where(Score.round_id.in_(last), Score.axis.in_(SCORED)).order_by(Score.id)
    )
    given: dict[int, list[Given]] = {}
    for row in found:
        given.setdefault(row.project_id, []).append(Given(row.axis, row.value, row.why))
    return given


async def _confidence(session: AsyncSession, today: date) -> dict[int, int]:
    """How likely acceptance was last said to be, by project."""
    rank = func.row_number().over(
        partition_by=Score.project_id, order_by=(Score.on.desc(), Score.id.desc())
    )
    ranked_ = (
        select(Score.project_id, Score.value, rank.label("rank"))
        .where(Score.axis == Axis.CONFIDENCE, Score.on <= today)
        .subquery()
    )
    found = await session.execute(
        select(ranked_.c.project_id, ranked_.c.value).where(ranked_.c.rank == 1)
    )
    return {row.project_id: row.value for row in found}


def _ranked(
    project: Project, given: Collection[Given], confidence: int | None, walk: Walked | None
) -> Ranked | None:
    axes = together(given)
    stands = scored(axes)
    if stands is None:
        return None
    return Ranked(
        project_id=project.id,
        key=project.key,
        name=project.name,
        scored=stands,
        axes=axes,
        confidence=confidence,
        effort=project.effort_per_week,
        active=project.status is ProjectStatus.ACTIVE,
        proven=project.stage in IN_USE or _reached(walk),
    )


def _reached(walk: Walked | None) -> bool:
    """Whether acceptance was reached, and nobody still has to confirm it."""
    if walk is None or walk.progress.accepted_on is None:
        return False
    return not any(one.first_past_acceptance for one in walk.progress.to_confirm)
