"""A review from its planning on: announced with what is missing, moved, in a calendar, joined, cancelled."""

from tests.stories import team
from tests.stories.people import Said
from tests.stories.steps import a_project
from tests.stories.test_export import content, files
from tests.stories.world import World


async def line(world: World, reader: str = "jonas") -> Said:
    """What stands in the channel about the peer review."""
    await world.settled()
    said = await world.person(reader).reads(team.CHANNEL)
    return next(one for one in reversed(said) if "Peer review" in one.text)


async def newest_file(world: World) -> bytes:
    """The last file that jonas was sent."""
    said = (await files(world, "jonas"))[-1]
    return await content(world, "jonas", said)


async def test_a_review_is_planned_moved_and_cancelled(either: World) -> None:
    world = either
    await a_project(world)
    jonas = world.person("jonas")
    form = await jonas.opens("/lab review new")
    outcome = await form.submit(kind="peer", due="2026-02-16", chair=team.user("jonas"))
    assert "by Monday, 16 February" in outcome.note
    assert "a scientist from another project" in outcome.note
    assert outcome.form is not None
    await outcome.form.close()
    said = await line(world)
    assert "by Monday, 16 February. jonas leads it." in said.shown
    assert {"I'll review", "See it", "Move", "Cancel", "Calendar"} <= set(said.buttons)
    await jonas.click("Calendar", on=said)
    await world.settled()
    assert b"SUMMARY:Peer review: Card fraud alerts" in await newest_file(world)
    await jonas.click("Move", on=said)
    moving = await jonas.form()
    refused = await moving.submit(due="2026-01-05")
    assert refused.errors["due"]
    await moving.submit(due="2026-02-18")
    assert "by Wednesday, 18 February" in (await line(world)).shown
    assert b"SEQUENCE:1" in await newest_file(world), "it follows by itself"
    await jonas.click("Cancel", on=await line(world))
    await (await jonas.form()).submit(reason="The idea is dropped")
    assert "is cancelled. The idea is dropped." in (await line(world)).shown
