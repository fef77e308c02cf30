"""What is in nobody's way any more: whoever was asked to clear it is told."""

from dataclasses import replace

from sqlalchemy import delete, update

from models import blockers
from models.domain.facts_notices import Cleared, ToClear
from models.tables import Blocker, Experiment, Notice
from tests.models.conftest import Team
from tests.models.test_blockers import LATER, STILL, needs, notices, say, told


async def test_who_was_asked_is_told_that_nobody_needs_it_any_more(team: Team) -> None:
    await say(team, needs(team))
    (asked,) = await told(team, team.ben)
    assert isinstance(asked, ToClear)
    await say(team, replace(STILL, learned="It came by itself"), LATER)
    over = {"blocker_to_clear": True, "blocker_cleared": False}
    assert {kind: done for _, kind, done in await notices(team)} == over
    _, part = await told(team, team.ben)
    assert isinstance(part, Cleared)
    assert part.about.mine


async def test_of_what_is_concluded_outside_a_standup_the_owner_hears_too(team: Team) -> None:
    await say(team, needs(team))
    await told(team, team.ben)
    await end(team, team.ana.id)
    assert (team.ben.id, "blocker_cleared", False) in await notices(team)


async def test_who_ended_it_or_never_heard_of_it_is_told_nothing(team: Team) -> None:
    await say(team, needs(team))
    await end(team, team.ana.id)
    assert [kind for _, kind, _ in await notices(team)] == ["blocker_to_clear"]
    await told(team, team.ben)
    async with team.writing() as session:
        await session.execute(update(Blocker).values(resolved_at=None))
        await session.execute(delete(Notice).where(Notice.kind == "blocker_cleared"))
    await end(team, team.ben.id)
    assert [kind for _, kind, _ in await notices(team)] == ["blocker_to_clear"]


async def end(team: Team, by_id: int) -> None:
    async with team.writing() as session:
        of_ana = await session.get_one(Experiment, team.of_ana.id)
        await blockers.experiment_ended(session, of_ana, by_id, LATER)
