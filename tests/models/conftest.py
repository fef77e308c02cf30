"""A team at work: two people, a project, an experiment each, a standup on Tuesdays and Thursdays."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.clock import Moment
from models.domain.project import Role
from models.tables import (
    Ceremony,
    Delivery,
    Experiment,
    Member,
    Membership,
    Project,
    Prompt,
    Run,
)
from tests.clock import MORNING
from tests.rows import (
    make_ceremony,
    make_experiment,
    make_member,
    make_project,
    make_prompt,
    make_run,
    make_workspace,
)

NOW = Moment(MORNING, MORNING.date())


@dataclass(frozen=True)
class Team:
    """Detached rows, for their ids."""

    db: Database
    workspace_id: int
    ana: Member
    ben: Member
    project: Project
    of_ana: Experiment
    of_ben: Experiment
    ceremony: Ceremony
    run: Run
    asks_ana: Prompt
    asks_ben: Prompt

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction of the team's workspace."""
        async with self.db.writing(self.workspace_id) as session:
            yield session

    async def sent(self, *, kind: str | None = None) -> list[Delivery]:
        """What the outbox holds, in order."""
        async with self.db.reading(None) as session:
            found = (await session.scalars(select(Delivery).order_by(Delivery.id))).all()
        return [row for row in found if kind in (None, row.kind)]


async def make_team(db: Database) -> Team:
    """A team with an open run that asks both of them."""
    async with db.writing(None) as session:
        workspace = await make_workspace(session)
        ana = await make_member(session, workspace, name="Ana", slack_id="UANA", described=True)
        ben = await make_member(session, workspace, name="Ben", slack_id="UBEN", described=True)
        project = await make_project(session, workspace, key="FRAUD")
        of_ana = await make_experiment(session, project, ana)
        of_ben = await make_experiment(session, project, ben)
        ceremony = await make_ceremony(session, [ana, ben])
        run = await make_run(session, ceremony)
        return Team(
            db,
            workspace.id,
            ana,
            ben,
            project,
            of_ana,
            of_ben,
            ceremony,
            run,
            await make_prompt(session, run, ana),
            await make_prompt(session, run, ben),
        )


@pytest.fixture
async def team(database: Database) -> Team:
    return await make_team(database)


@pytest.fixture
async def led(team: Team) -> Team:
    """Ana is PM, Ben the engineer."""
    async with team.writing() as session:
        for member in await session.scalars(select(Member)):
            member.described = True
        for member, role in ((team.ana, Role.PM), (team.ben, Role.ML_ENGINEER)):
            session.add(Membership(project_id=team.project.id, member_id=member.id, role=role))
    return team


@pytest.fixture
async def run_by_ana(team: Team) -> None:
    """Ana runs the project; both have been described."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))
        session.add(Membership(project_id=team.project.id, member_id=team.ana.id, role=Role.PM))


def at(moment: datetime) -> Moment:
    """The moment with its date in Berlin, by day."""
    return Moment(moment, moment.date())


@pytest.fixture
async def ours(database: Database) -> int:
    """A workspace, empty but for two people."""
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
        await make_member(session, workspace, name="Ana", slack_id="UANA")
        await make_member(session, workspace, name="Ben", slack_id="UBEN")
        return workspace.id
