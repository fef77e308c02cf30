"""Steps with a live model that several tests take."""

from datetime import date, timedelta

from sqlalchemy import select, update

from models import incidents, measured
from models.domain.decision import Cause
from models.domain.experiment import Split
from models.domain.facts_live import Fell
from models.domain.project import Role
from models.incidents import Account, Seen
from models.measured import Full, Place
from models.tables import Notice, Project
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.models.test_benchmarks import roles

SEEN = Seen("Every second alert is a false one", NOW.today)
OVER = Account(
    SEEN.what, Cause.UPSTREAM_DATA, "The feed is back", "A check on the feed", None, True
)
GOOD, BAD = 75, 60
"""Of 100; needed are 70."""


async def in_use(team: Team) -> Team:
    """Ana is the PM, Ben an engineer; an incident is to be over within eight hours."""
    await roles(team, ana=Role.PM, ben=Role.ML_ENGINEER)
    async with team.writing() as session:
        await session.execute(update(Project).values(repair_hours=8))
    return team


def later(days: int) -> date:
    return NOW.today + timedelta(days=days)


async def value(team: Team, number: float, day: int = 0, by: str = "UBEN") -> Fell | None:
    """Somebody enters a live value on a day."""
    full = Full(team.project.metrics[0].id, number, None, None, Split.VALIDATION)
    moment = at(MORNING + timedelta(days=day))
    async with team.writing() as session:
        place = Place(None, team.project.id)
        return (await measured.add(session, place, by, full, at=moment)).fell


async def asked(team: Team) -> list[tuple[int, bool]]:
    """Who was asked whether an input changed, and whether they still are."""
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(
            select(Notice).where(Notice.kind == "live_fell").order_by(Notice.id)
        )
        return [(one.member_id, one.done_at is None) for one in found]


async def opened(team: Team, by: str = "UBEN", seen: Seen = SEEN) -> int:
    async with team.writing() as session:
        return (await incidents.open_one(session, team.project.id, seen, by, NOW)).incident_id


async def said(team: Team, incident_id: int, account: Account = OVER, hours: float = 5) -> None:
    async with team.writing() as session:
        moment = at(MORNING + timedelta(hours=hours))
        await incidents.account(session, incident_id, account, "UBEN", moment)
