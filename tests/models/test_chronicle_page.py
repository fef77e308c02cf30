"""A project's chronicle: newest first, paged, and right as of a past day (S0-39)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, update

from models import chronicle, chronicle_page, visible
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown
from models.domain.facts_scope import HistoryPage
from models.search import AsOf
from models.tables import Decision, Experiment, Member, Participant
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_measurement
from tests.rows_scope import make_scope_change

ZONE = ZoneInfo("Europe/Berlin")


def day(number: int) -> date:
    return (MORNING + timedelta(days=number)).date()


@pytest.fixture
async def past(team: Team) -> Team:
    """A decision, a scope change, a stage move and an exclusion, a day apart."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))
        await make_scope_change(session, team.project, team.ana, [team.ben], on=day(1))
        await make_measurement(
            session,
            team.of_ana,
            0.9,
            excluded_on=day(3),
            excluded_reason="leak",
            excluded_by_id=team.ben.id,
        )
        session.add(
            Decision(
                project_id=team.project.id,
                kind=DecisionKind.CONTINUE,
                reason="Two ideas are left",
                by_id=team.ana.id,
                on=day(4),
                at=MORNING,
            )
        )
        chronicle.record(
            session,
            "stage_changed",
            project_id=team.project.id,
            by_id=team.ana.id,
            at=MORNING + timedelta(days=2),
            before="data",
            after="prototype",
        )
        chronicle.record(
            session, "blocker_opened", project_id=team.project.id, by_id=None, at=MORNING
        )
    return team


async def page(team: Team, today: date, offset: int = 0) -> HistoryPage:
    async with team.db.reading(team.workspace_id) as session:
        as_of = AsOf(today, ZONE)
        with count_queries(team.db) as statements:
            found = await chronicle_page.page(session, team.project.id, as_of, offset)
        assert len(statements) == 6
        return found


async def test_newest_first_with_who(past: Team) -> None:
    lines = (await page(past, day(9))).lines
    assert [(line.kind, line.by.name if line.by else None) for line in lines] == [
        ("decision", "Ana"),
        ("exclusion", "Ben"),
        ("stage", "Ana"),
        ("scope", "Ana"),
        ("version", None),
    ]
    assert lines[1].subject == "FRAUD-1"


async def test_as_of_a_past_day_it_is_what_was_known_then(past: Team) -> None:
    assert [line.kind for line in (await page(past, day(2))).lines] == ["stage", "scope", "version"]
    assert [line.kind for line in (await page(past, day(0))).lines] == ["version"]


async def test_ten_a_page_however_much_there_is(past: Team) -> None:
    async with past.writing() as session:
        for n in range(25):
            await make_scope_change(session, past.project, past.ana, [], on=day(5), after=f"{n}")
    first, last = await page(past, day(9)), await page(past, day(9), 20)
    assert (len(first.lines), first.more) == (10, True)
    assert first.lines[0].data["after"] == "24"
    assert (len(last.lines), last.more) == (10, False)
    assert last.lines[-1].kind == "version"


async def test_people_from_outside_read_what_they_belong_to(past: Team) -> None:
    async with past.writing() as session:
        await session.execute(update(Member).values(limited=True))
        await session.execute(update(Experiment).values(owner_id=past.ana.id))
        await session.execute(delete(Participant).where(Participant.member_id == past.ben.id))
    async with past.db.reading(past.workspace_id) as session:
        visible.read_as(session, "UBEN")
        for project_id in (past.project.id, 999):
            with pytest.raises(Unknown):
                await chronicle_page.page(session, project_id, AsOf(day(0), ZONE))
