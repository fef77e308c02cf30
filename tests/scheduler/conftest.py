"""Every engine, on every database that it runs on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from models.db import Database
from scheduler.engine import EmbeddedEngine, Engine
from scheduler.shared_engine import SharedEngine
from tests.clock import FixedClock
from tests.scheduler.process import Process, workspaces
from tests.scheduler.slack import Slack


@dataclass(frozen=True)
class Kind:
    """A kind of engine, on one database; `make` makes as many as there are processes."""

    is_shared: bool
    url: str
    db: Database

    def make(self, at_once: int = 20, db: Database | None = None) -> Engine:
        db = db or self.db
        return SharedEngine(db, at_once) if self.is_shared else EmbeddedEngine(at_once)


@pytest.fixture(params=["embedded on sqlite", "embedded on postgresql", "shared on postgresql"])
def named(request: pytest.FixtureRequest) -> tuple[str, str]:
    kind, _, backend = request.param.split()
    return kind, request.getfixturevalue(backend)


@pytest.fixture
async def kind(named: tuple[str, str]) -> AsyncIterator[Kind]:
    name, url = named
    db = Database(url)
    kind = Kind(name == "shared", url, db)
    if kind.is_shared:
        await SharedEngine(db).install()
    yield kind
    await db.close()


@pytest.fixture
def slack(clock: FixedClock) -> Slack:
    return Slack(clock)


@pytest.fixture
def process(database: Database, clock: FixedClock, slack: Slack) -> Process:
    return Process(database, clock, slack)


@pytest.fixture
async def workspace(database: Database) -> int:
    (workspace,) = await workspaces(database)
    return workspace
