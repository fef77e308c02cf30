"""Steps that most stories begin with."""

from typing import Any

from tests.stories import team
from tests.stories.people import Said
from tests.stories.world import World


async def a_project(world: World, by: str = "jonas", **values: Any) -> None:
    """Somebody starts the project FRAUD in the channel."""
    form = await world.person(by).opens("/lab project new")
    outcome = await form.submit(**{**team.PROJECT, **values})
    assert outcome.kind == "updated", outcome
    assert outcome.form is not None
    await outcome.form.close()


async def a_hypothesis(world: World, by: str, change: str = "", **values: Any) -> None:
    """Somebody starts an experiment of FRAUD."""
    form = await world.person(by).opens("/lab new")
    filled = {**team.HYPOTHESIS, **({"change": change} if change else {}), **values}
    outcome = await form.submit(**filled)
    assert outcome.kind == "updated", outcome
    assert outcome.form is not None
    await outcome.form.close()


async def a_standup(world: World, by: str = "jonas", *, now: bool = False, **values: Any) -> None:
    """Somebody sets up the channel's standup."""
    form = await world.person(by).opens("/lab standup")
    start = {"start": "now"} if now else {}
    outcome = await form.submit(**{**team.EVERYONE_TWICE_A_WEEK, **start, **values})
    assert outcome.kind == "updated", outcome
    assert outcome.form is not None
    await outcome.form.close()
    await world.settled()


async def a_team_at_work(world: World, *, now: bool = False) -> None:
    """A project, a hypothesis of each of the four, and a standup about them."""
    await a_project(world)
    for handle, change in (
        ("kai", "balancing the classes"),
        ("mira", "merchant velocity features"),
        ("jonas", "training on 18 months of history"),
        ("sofia", "a blend of three models"),
    ):
        await a_hypothesis(world, handle, change)
    await a_standup(world, now=now)


async def summary(world: World, reader: str = "jonas") -> Said:
    """The newest summary in the channel."""
    said = await world.person(reader).reads(team.CHANNEL)
    return [one for one in said if not one.raw.get("ephemeral")][-1]
