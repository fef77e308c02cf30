"""The scenario's two launch checks of churn, through Slack: refused on 21 October, a go on 4 November.

And the hand-over of another project that was to be held on 5 November, and is not. Reviews plan themselves.
"""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.ml_test_score import SECTIONS
from models.tables import Decision
from tests.scenarios import scenarios
from tests.stories import churn, team
from tests.stories.conftest import beginning
from tests.stories.people import Form, Outcome, Said
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import Transport, World

SIX_MINUTES = 360
FOUR = tuple(churn.HOLDS)
HANDOVER = churn.REVIEWS["R12"]


@pytest.fixture
async def quarter(one_way: tuple[Transport, str]) -> AsyncIterator[World]:
    """The four of churn, with a good result."""
    async with beginning(*one_way, seed=churn.world, plans_reviews=True) as world:
        for one in FOUR:
            world.person(one).channel = churn.CHANNEL
        await a_project(world, "maya", **churn.PROJECT)
        await a_hypothesis(world, "priya")
        await churn.people_and_numbers(world)
        await a_project(world, "daniel", **churn.FRAUD)
        yield world


async def the_card(world: World) -> Said:
    """The newest card of a launch check."""
    await world.settled()
    said = await world.person("maya").reads(churn.CHANNEL)
    return next(one for one in reversed(said) if "Launch check" in one.text)


async def planned(world: World, by: str, command: str, **how: str) -> None:
    """Somebody plans a review and leads it."""
    person = world.person(by)
    form = await person.opens(command)
    outcome = await form.submit(chair=person.id, **how)
    assert outcome.form is not None, outcome.errors
    await outcome.form.close()


async def begun(world: World, due: str) -> None:
    """Maya plans a launch check; it is due within five working days, so it opens by itself."""
    await planned(world, "maya", "/lab review CHURN launch", due=due)
    assert "Answer" in (await the_card(world)).buttons


async def answered(world: World, review: str) -> float:
    """Each of the four answers what their roles are asked; how long they take together, in seconds."""
    took, items = 0.0, set()
    for one in (*FOUR[1:], "maya"):
        person = world.person(one)
        await person.click("Answer", on=await the_card(world))
        form = await person.form()
        given = churn.filled_in(form, review)
        mine = given if one != "maya" else _still_open(form, given)
        outcome = await form.submit(**mine)
        assert outcome.note.startswith("Thank you"), outcome.errors
        assert outcome.form is not None
        await outcome.form.close()
        took += churn.seconds(mine)
        items |= {name for name in mine if name.startswith("answer_")}
    assert len(items) == 23, "the numbers answer the twenty-fourth"
    return took


def _still_open(form: Form, given: team.JSON) -> team.JSON:
    """The chair sees everything; what the others have answered, she leaves."""
    done = {
        name.removeprefix("answer_")
        for name in given
        if name.startswith("answer_") and form.value(name) is not None
    }
    return {name: value for name, value in given.items() if name.partition("_")[2] not in done}


async def scored(world: World) -> None:
    """Daniel fills in the ML Test Score, section by section."""
    daniel = world.person("daniel")
    whole = await daniel.opens("/lab review CHURN launch")
    await whole.click("ML Test Score")
    page = await whole.again("Monitoring: not filled in yet")
    for section, points in churn.POINTS.items():
        await page.click("Fill in", near=SECTIONS[section])
        form = await daniel.form()
        given = {f"{section}_{n}": f"{one:g}" for n, one in enumerate(points, 1)}
        assert (await form.submit(**given)).kind == "closed"
        page = await page.again(f"{SECTIONS[section]}: {sum(points):g} of 7")
    assert "ML Test Score 2 of 7: first pass at production" in page.text
    await page.close()


async def kept(world: World) -> list[Decision]:
    """The decisions, oldest first."""
    db = Database(world.database_url)
    async with db.reading(1) as session:
        found = list(await session.scalars(select(Decision).order_by(Decision.id)))
    await db.close()
    return found


async def refused(world: World) -> None:
    """21 October: a go can't be stored, no go is."""
    await begun(world, "2026-10-21")
    assert await answered(world, "R8") < SIX_MINUTES
    maya = world.person("maya")
    said = await the_card(world)
    assert "1 must-have and 2 should-haves not met yet" in said.shown
    assert "Privacy review done no: Ticket text holds health" in said.shown
    _, checklist = await maya.reads(churn.CHANNEL, said.ts)
    assert "Privacy review done: no (grace, 19 Oct)" in checklist.shown
    await maya.click("Close it", on=said)
    form = await maya.form()
    assert "no go. Not met: Privacy review done." in form.text
    errors = (await form.submit(decision="go", reason="We want it")).errors
    assert "Must-have not met: Privacy review done (grace)." in errors["decision"]
    reason = churn.REVIEWS["R8"]["decision"]["reason"]
    await _close(await form.submit(decision="no_go", reason=reason))
    said = await the_card(world)
    assert "No go" in said.shown
    assert reason in said.shown


async def allowed(world: World) -> None:
    """4 November: a go with one condition, signed by two."""
    await begun(world, "2026-11-04")
    assert await answered(world, "R10") < SIX_MINUTES
    await scored(world)
    for one, side in (("priya", "scientist"), ("daniel", "engineer")):
        await world.person(one).click(f"Sign as {side}", on=await the_card(world))
    maya, said = world.person("maya"), await the_card(world)
    assert "Everything" not in said.shown
    assert "1 should-have not met yet" in said.shown
    await maya.click("Close it", on=said)
    form = await maya.form()
    assert "go with 1 condition" in form.text
    decided = churn.REVIEWS["R10"]["decision"]
    (condition,) = decided["conditions"]
    await _close(
        await form.submit(
            decision="go",
            reason=decided["reason"],
            what_data_contract=condition["text"],
            who_data_contract=team.user("daniel"),
            by_data_contract=condition["due"],
        )
    )


async def _close(outcome: Outcome) -> None:
    assert outcome.form is not None, outcome.errors
    await outcome.form.close()


async def test_churn_is_refused_and_then_goes_live_on_a_condition(quarter: World) -> None:
    await refused(quarter)
    await planned(quarter, "daniel", "/lab review FRAUD handover", due=HANDOVER["due"])
    await quarter.to("2026-11-02T14:00:00Z")
    await allowed(quarter)
    said = await the_card(quarter)
    assert "Go with 1 condition" in said.shown
    assert "Billing feed contract signed: daniel, 4 December" in said.shown
    for review, decision in zip(("R8", "R10"), await kept(quarter), strict=True):
        expected = churn.EXPECTED[review]
        assert decision.evidence["failing_must"] == expected["failing_hard"]
        assert decision.evidence["failing_should"] == expected["failing_soft"]
        assert decision.recommended == ("go" if expected["may_go"] else "no_go")
        assert decision.evidence["differs"] is False
    maya = quarter.person("maya")
    await maya.click("See all", on=said)
    whole = await maya.form()
    sums = scenarios()["expected"]["ml_test_score"]["sections"]
    for section, points in sums.items():
        assert f"{SECTIONS[section]} {points:g}" in whole.text
    assert "Weakest: Monitoring. Cheapest next: Training and serving features agree;" in whole.text
    await whole.close()
    await the_handover_that_is_overdue(quarter)
    await the_next_update(quarter)


async def the_handover_that_is_overdue(world: World) -> None:
    """13 November: what could use a hand names it, and how many working days it has waited."""
    (expected,) = (
        reason
        for finding in scenarios()["expected"]["findings"]["2026-11-13"]
        for reason in finding["reasons"]
        if reason["kind"] == "waiting_review" and finding["project"] == "fraud"
    )
    await world.to("2026-11-13T14:00:00Z")
    (said,) = await world.person("maya").type("/lab digest")
    days = expected["days"]
    days = expected["days"]
    waits = f"the hand-over review was due on 5 Nov ({days} working days)"
    assert f"{waits} and is not held." in said.shown
    assert "Schedule" in said.buttons


async def the_next_update(world: World) -> None:
    """What is unchanged since the last go takes one tap; what the law and the numbers ask, doesn't."""
    await world.to("2026-11-30T14:00:00Z")
    await begun(world, "2026-12-07")
    maya, said = world.person("maya"), await the_card(world)
    assert "answers are as at the last go (2 November): one tap says" in said.shown
    await maya.click("Still so", on=said)
    await maya.whispered(churn.CHANNEL, "answers still hold")
    said = await the_card(world)
    assert "Still so" not in said.buttons
    assert "19 of 23 answered" in said.shown, "a no is asked anew, too"
