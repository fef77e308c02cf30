"""Moves between stages, what they ask the rows for, and what is missing."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from models import gaps, stages
from models.domain.decision import DecisionKind
from models.domain.deprecation import EndReason
from models.domain.errors import Unknown
from models.domain.experiment import Split
from models.domain.project import (
    Stage,
)
from models.domain.review import Answer, ReviewKind, ReviewState
from models.domain.stages import NoReason
from models.readiness import records
from models.tables import (
    Benchmark,
    Decision,
    DeprecationNotice,
    Measurement,
    Project,
    Review,
    ReviewAnswer,
)
from tests.clock import MORNING
from tests.models.conftest import NOW, Team
from tests.models.projects import events, page

DAY = NOW.today
SOON = DAY + timedelta(days=20)
BERLIN = ZoneInfo("Europe/Berlin")


pytestmark = pytest.mark.usefixtures("run_by_ana")


async def test_a_move_is_an_event_and_one_line_in_its_channel(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(NoReason):
            await stages.move(session, team.project.id, "UANA", Stage.DATA, None, NOW)
        await stages.move(session, team.project.id, "UANA", Stage.DATA, "Labels", NOW)
        await stages.move(session, team.project.id, "UANA", Stage.READINESS, "We must", NOW)
        await session.execute(update(Project).values(channel_id=None))
    async with team.writing() as session:
        await stages.move(session, team.project.id, "UANA", Stage.DATA, "No", NOW)
        with pytest.raises(Unknown):
            await stages.moved_facts(session, 10**9)
    sent = await team.sent(kind="stage_moved")
    assert [(row.destination, row.payload["event_id"] > 0) for row in sent] == [
        ("C00000001", True),
        ("C00000001", True),
    ]
    back, on, _ = await events(team, stages.CHANGED)
    assert (back["before"], back["after"], back["missing"]) == ("development", "data", [])
    assert "a confirmed number that is good enough" in on["missing"]


async def test_what_a_project_has_is_read_from_all_its_rows(team: Team) -> None:
    async with team.db.writing(None) as session:
        await everything(session, team)
    async with team.writing() as session:
        project = await session.get_one(Project, team.project.id)
        record = (await records(session, [project], DAY))[project.id]
    assert record.held == {ReviewKind.HANDOVER}
    assert record.gone == {ReviewKind.HANDOVER}
    assert record.decided == {DecisionKind.GO, DecisionKind.CONTINUE}
    assert record.settled == {"parity"}
    assert (record.live, record.notice_sent, record.agreed, record.baseline) == (True,) * 4
    assert not record.accepted


async def everything(session: AsyncSession, team: Team) -> None:
    """A hand-over that was refused first, a check, a live number, an agreement, a notice."""
    of = {"workspace_id": team.workspace_id, "project_id": team.project.id}
    ana = {"by_id": team.ana.id}
    metric_id = team.project.metrics[0].id
    review = Review(
        **of,
        kind=ReviewKind.HANDOVER,
        state=ReviewState.HELD,
        held_on=DAY,
        due=DAY,
        created_at=MORNING,
    )
    session.add(review)
    await session.flush()
    made: list[Decision] = []
    for kind, review_id in (
        (DecisionKind.NO_GO, review.id),
        (DecisionKind.GO, review.id),
        (DecisionKind.CONTINUE, None),
    ):
        first = made[0].id if len(made) == 1 else None
        decision = Decision(
            **of, **ana, kind=kind, review_id=review_id, reason="x", on=DAY, at=MORNING
        )
        decision.supersedes_id = first
        session.add(decision)
        await session.flush()
        made.append(decision)
    session.add_all(
        [
            ReviewAnswer(
                workspace_id=team.workspace_id,
                review_id=review.id,
                item="parity",
                answer=Answer.YES,
                at=MORNING,
            ),
            Measurement(
                workspace_id=team.workspace_id,
                metric_id=metric_id,
                on=DAY,
                at=MORNING,
                value=0.6,
                split=Split.PRODUCTION,
                benchmark_version=1,
            ),
            DeprecationNotice(
                **of,
                **ana,
                stops_on=SOON,
                why=EndReason.COST,
                reason="x",
                instead="y",
                on=DAY,
                created_at=MORNING,
            ),
        ]
    )
    await session.execute(
        update(Benchmark)
        .where(Benchmark.metric_id == metric_id)
        .values(agreed_pm_id=team.ana.id, agreed_technical_id=team.ben.id)
    )


async def test_gaps_of_the_workspace_or_of_the_channels_project(team: Team) -> None:
    async with team.db.reading(team.workspace_id) as session:
        here = await gaps.overview(session, "C00000001", NOW)
        elsewhere = await gaps.overview(session, "", NOW)
    assert here == elsewhere
    assert here.more == 0
    (one,) = here.projects
    assert "Nobody speaks for those who will use it (stakeholder)" in [gap.said for gap in one.gaps]
    assert one.gaps == (await page(team)).gaps
