"""A standup's page: what is set up, what comes next, who has answered; in three statements."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models import standup_pages
from models.domain.errors import Unknown
from models.domain.facts_standup import StandupDetails
from models.domain.standup import PromptState
from models.tables import Ceremony, Member, Prompt, Run
from tests.clock import MORNING
from tests.models.conftest import Team, make_team
from tests.queries import count_queries
from tests.rows import make_run

LATER = MORNING + timedelta(hours=2)


async def details(team: Team) -> StandupDetails:
    async with team.db.reading(team.workspace_id) as session:
        return await standup_pages.details_of(session, team.ceremony.id, "UANA", LATER)


async def test_the_page_in_two_statements(team: Team) -> None:
    async with team.writing() as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        ceremony.next_day, ceremony.project_id = date(2026, 3, 5), team.project.id
        (await session.get_one(Member, team.ben.id)).ask_time = time(8)
        answered = await session.get_one(Prompt, team.asks_ben.id)
        answered.state, answered.answered_at = PromptState.ANSWERED, MORNING
    with count_queries(team.db) as statements:
        facts = await details(team)
    assert len(statements) == 2
    assert (facts.owner.name, facts.project_name, facts.page.active) == (
        "Ana",
        "Fraud detection",
        True,
    )
    assert [(f"{at:%d %H:%M}", person.name) for at, person in facts.page.moments] == [
        ("05 08:00", "Ben"),
        ("05 09:30", "Ana"),
    ]
    assert facts.run is not None
    assert [one.name for one in facts.run.answered] == ["Ben"]
    assert [one.name for one in facts.run.still_to_come] == ["Ana"]
    assert not facts.run.closed


async def test_runs_that_hold_early_answers_are_not_shown_yet(team: Team) -> None:
    async with team.writing() as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        await make_run(session, ceremony, day=date(2026, 3, 5), ahead=True)
    facts = await details(team)
    assert facts.run is not None
    assert facts.run.day == MORNING.date()


async def test_before_the_first_run_there_is_none(team: Team) -> None:
    async with team.writing() as session:
        (await session.get_one(Run, team.run.id)).ahead = True
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        ceremony.next_day = ceremony.opens_at = None
    facts = await details(team)
    assert (facts.run, facts.project_name, facts.page.moments) == (None, None, ())


async def test_a_moment_is_told_in_utc(team: Team) -> None:
    facts = await details(team)
    assert facts.page.moments[0][0] == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


async def test_another_workspaces_standup_is_unknown(team: Team) -> None:
    theirs = await make_team(team.db)
    async with team.db.reading(team.workspace_id) as session:
        with pytest.raises(Unknown):
            await standup_pages.details_of(session, theirs.ceremony.id, "UANA", LATER)
