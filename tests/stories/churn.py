"""The scenario's launch checks of churn: four people in four zones, and what each of them is asked."""

from datetime import date
from typing import Any

from sqlalchemy import select

from models.checklists import packaged
from models.db import Database
from models.domain.checklist import Item, ItemKind
from models.domain.project import Role
from models.domain.review import ReviewKind
from models.tables import Experiment, Member, Membership, Project
from tests import rows
from tests.scenarios import metric, scenarios
from tests.stories import team
from tests.stories.people import Form
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
    """Who holds which role, and a confirmed result that is good enough."""
    db = Database(world.database_url)
    async with db.writing(1) as session:
        project = (await session.scalars(select(Project))).one()
        known = {one.slack_id: one for one in await session.scalars(select(Member))}
        for handle, roles in HOLDS.items():
            who = known[team.user(handle)]
            for role in roles:
                if (handle, role) != ("maya", Role.PM):
                    session.add(Membership(project_id=project.id, member_id=who.id, role=role))
        experiment = (await session.scalars(select(Experiment))).one()
        await rows.make_measurement(
            session,
            experiment,
            0.441,
            on=date(2026, 10, 16),
            confirmed_by_id=known[team.user("daniel")].id,
            confirmed_on=date(2026, 10, 16),
        )
    await db.close()


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
