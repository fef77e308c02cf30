"""The set-up of the scenario's cash-flow project, by its PM: number, people, plan, stage, standup."""

from typing import Any

from tests.scenarios import metric, scenarios
from tests.stories import team
from tests.stories.people import Form, Person
from tests.stories.world import World

JSON = dict[str, Any]
KEY = "CASHFLOW"
CHANNEL = "C0CASHFLOW"
PROJECT = next(one for one in scenarios()["projects"] if one["key"] == "cashflow")
METRIC = metric("cashflow", "wape_30d")


def typed(value: float | None) -> str:
    """As a person types a number."""
    return "" if value is None else f"{value:g}"


async def filled(page: Form, label: str, near: str = "", **values: object) -> None:
    """Press a button of a page and fill in the form behind it."""
    await page.click(label, near=near)
    form = await page.person.form()
    outcome = await form.submit(**values)
    assert outcome.kind in {"closed", "updated"}, (label, outcome)
    if outcome.form is not None:
        await outcome.form.close()


async def page_of(who: Person) -> Form:
    return await who.opens(f"/lab project {KEY}", CHANNEL)


async def begin(world: World) -> None:
    """The PM sets the project up: its number, its people, its plan, its stage, its standup."""
    maya = world.person("maya")
    mark = METRIC["benchmarks"][0]
    form = await maya.opens("/lab project new", CHANNEL)
    outcome = await form.submit(
        name=PROJECT["name"],
        business_goal=PROJECT["business_goal"],
        metric_name=METRIC["name"],
        goal=METRIC["goal"],
        unit=METRIC["unit"],
        baseline=typed(mark["baseline"]),
        baseline_source=mark["baseline_source"],
        acceptance=typed(mark["acceptance"]),
        business_phrase=METRIC["business_phrase"],
        key=KEY,
    )
    assert outcome.form is not None, outcome
    await outcome.form.close()
    await people(world)
    await planned(world)
    form = await maya.opens("/lab standup", CHANNEL)
    outcome = await form.submit(
        channel=CHANNEL, people=[team.user("tom")], days=["tue", "thu"], time="09:30"
    )
    assert outcome.form is not None, outcome
    await outcome.form.close()
    await world.settled()


ROLES = {
    "data_scientist": "Data scientist",
    "data_engineer": "Data engineer",
    "designer": "Designer",
    "software_engineer": "Software engineer",
}


async def people(world: World) -> None:
    maya = world.person("maya")
    page = await page_of(maya)
    await page.click("People")
    roles = await page.again("One person")
    for one in PROJECT["members"]:
        if one["role"] in ROLES:
            await filled(
                roles, "Change", f"{ROLES[one['role']]}: ", people=[team.user(one["member"])]
            )
            roles = await roles.again()
    await roles.close()


async def planned(world: World) -> None:
    maya, tom = world.person("maya"), world.person("tom")
    page = await page_of(maya)
    stop, estimate = PROJECT["kill_criterion"], PROJECT["estimate"]
    await filled(
        page,
        "Plan",
        stop=typed(stop["threshold"]),
        stop_by=stop["by"],
        touchpoint=PROJECT["next_touchpoint"],
        earliest=estimate["earliest"],
        latest=estimate["latest"],
        effort=typed(PROJECT["effort_pw_per_week"]),
    )
    page = await page.again()
    await filled(page, "Move", stage="prototype", reason="The idea is being tried")
    await (await page.again("Stage: prototype")).close()
    for who, label in ((maya, "Agree as PM"), (tom, "Agree as a maker")):
        page = await page_of(who)
        await page.click("Numbers")
        numbers = await who.form()
        if who is maya:
            await filled(numbers, "Change", min_delta=typed(METRIC["min_delta"]))
            numbers = await numbers.again()
        await numbers.click(label)
        await (await numbers.again()).close()
        await (await who.look()).close()
