"""The scenario's launch checks of churn: four people in four zones, and what each of them is asked."""

from typing import Any

from handlers.blocks.project_words import ROLE
from models.checklists import packaged
from models.domain.checklist import Item, ItemKind
from models.domain.project import Role
from models.domain.review import ReviewKind
from tests.scenarios import metric, scenarios
from tests.stories import team
from tests.stories.people import Form, Person, Said
from tests.stories.team import JSON
from tests.stories.world import World

STARTS = "2026-10-19T09:00:00Z"
CHANNEL = "C0CHURN"
ITEMS = packaged(ReviewKind.DEPLOYMENT).items
HOLDS = {
    "maya": (Role.PM, Role.STAKEHOLDER),
    "priya": (Role.DATA_SCIENTIST, Role.DESIGNER),
    "daniel": (Role.ML_ENGINEER, Role.DATA_ENGINEER, Role.SOFTWARE_ENGINEER, Role.DEVOPS),
    "grace": (Role.PRIVACY, Role.COMPLIANCE, Role.VALIDATION),
}
"""Who holds which role: they are in Lagos, Kolkata, Los Angeles and Toronto."""
_THEIRS = next(one for one in scenarios()["projects"] if one["key"] == "churn")
_METRIC = metric("churn", "recall_top10")
PROJECT: JSON = {
    "name": _THEIRS["name"],
    "business_goal": _THEIRS["business_goal"],
    "metric_name": _METRIC["name"],
    "baseline": "28",
    "baseline_source": _METRIC["benchmarks"][0]["baseline_source"],
    "acceptance": "40",
    "business_phrase": _METRIC["business_phrase"],
    "key": "CHURN",
}
_FRAUD = next(one for one in scenarios()["projects"] if one["key"] == "fraud")
FRAUD: JSON = team.PROJECT | {"name": _FRAUD["name"], "business_goal": _FRAUD["business_goal"]}
"""Another project of the quarter, whose hand-over nobody holds."""
REVIEWS: dict[str, JSON] = {one["id"]: one for one in scenarios()["reviews"]}
EXPECTED: dict[str, JSON] = {
    one["review"]: one for one in scenarios()["expected"]["deployment_gate"]
}
POINTS: dict[str, list[float]] = scenarios()["ml_test_score_answers"]["scores"]
RESULT = 44.1
"""Out of 100 who leave, how many are on the list: good enough."""
TAP, READ, TYPE = 1.3, 3.0, 10.0
"""Seconds: to point and press, to read an item and make up one's mind, to type a short answer."""


def world(request_url: str | None, people: int = 0) -> JSON:
    """The four in the project's channel."""
    seed = team.world(request_url, people)
    known = [one for one in scenarios()["members"] if one["id"] in HOLDS]
    seed["clock"]["now"] = STARTS
    seed["people"] = [
        {
            "id": team.user(one["id"]),
            "handle": one["id"],
            "name": one["name"],
            "tz": one["tz"],
            "admin": one["id"] == "maya",
        }
        for one in known
    ]
    members = [*(team.user(one) for one in HOLDS), team.BOT]
    seed["channels"] = [{"id": CHANNEL, "name": "ml-churn", "members": members}]
    return seed


async def people_and_numbers(world: World) -> None:
    """Maya says who holds which role; Priya measures a result that is good enough, Daniel confirms it."""
    await people(world)
    priya, daniel = world.person("priya"), world.person("daniel")
    await priya.click("Add a number", on=await the_experiment(priya))
    outcome = await (await priya.form()).submit(value=f"{RESULT:g}")
    assert outcome.form is not None, outcome.errors
    assert "second person" in outcome.note, outcome.note
    await outcome.form.close()
    await daniel.click("Its numbers", on=await the_experiment(daniel))
    listed = await daniel.form()
    await listed.click("Confirm")
    await (await listed.again("confirmed by daniel")).close()


async def the_experiment(person: Person) -> Said:
    """The project's only one, whispered to somebody."""
    (page,) = await person.type("/lab show CHURN-1")
    return page


async def people(world: World) -> None:
    """Who holds which role, said by the project's PM on its page; nobody else needs to have met Labmate."""
    maya = world.person("maya")
    page = await maya.opens("/lab project CHURN")
    await page.click("People")
    roles = await page.again("who does what")
    for role in {role for held in HOLDS.values() for role in held} - {Role.PM}:
        await roles.click("Change", near=ROLE[role])
        who = [team.user(one) for one, held in HOLDS.items() if role in held]
        assert (await (await maya.form()).submit(people=who)).kind == "closed"
        roles = await roles.again()
    await roles.close()
    await world.settled()


def fields(item: Item, said: JSON) -> JSON:
    """How the scenario answers an item, in the form's fields; a plain yes needs no word."""
    plain = said["answer"] == "yes" and item.kind is ItemKind.CONFIRM
    words = None if plain else said.get("note") or said.get("evidence")
    given = {f"answer_{item.key}": said["answer"]}
    return given if words is None else {**given, f"note_{item.key}": words}


def filled_in(form: Form, review: str) -> JSON:
    """What the form asks of this person, as the scenario answers it."""
    asked = {block["block_id"] for block in form.view["blocks"] if "label" in block}
    answers = REVIEWS[review]["answers"]
    given: dict[str, Any] = {}
    for item in ITEMS:
        if f"answer_{item.key}" in asked:
            given |= fields(item, answers[item.key])
    return given


def seconds(given: JSON) -> float:
    """How long somebody takes: opening the form, each tap and each word, saving."""
    taps = sum(1 for name in given if name.startswith("answer_"))
    typed = len(given) - taps
    return 2 * TAP + taps * (READ + TAP) + typed * (TAP + TYPE)
