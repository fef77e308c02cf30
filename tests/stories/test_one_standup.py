"""One standup, whole: from the project to the closed run, as four people in four zones live it."""

from tests.stories import team
from tests.stories.steps import a_team_at_work, summary
from tests.stories.world import World


async def test_one_standup_whole(world: World) -> None:
    jonas, mira = world.person("jonas"), world.person("mira")
    await a_team_at_work(world)
    assert "4 people are asked" in (await jonas.dm()).shown

    # Everybody is asked at 09:30 on their own clock, and nobody before.
    for handle, moment in team.ASKED_AT.items():
        others = {name: len(await world.person(name).dms()) for name in team.ZONES}
        await world.to(moment)
        await world.settled()
        for name, count in others.items():
            assert len(await world.person(name).dms()) == count + (name == handle), (handle, name)
    print((await jonas.dm()).shown)
    print((await jonas.dm()).text)
