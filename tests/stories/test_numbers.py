"""A project's numbers in Slack: metrics, what is good enough and who agrees to it, numbers in full."""

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.project import Role
from models.tables import Member, Membership, Project
from tests.stories import team
from tests.stories.people import Form
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def a_role(world: World, who: str, role: Role) -> None:
    """Somebody has a role in the project."""
    db = Database(world.database_url)
    async with db.writing(1) as session:
        is_who = Member.slack_id == team.user(who)
        member = (await session.scalars(select(Member).where(is_who))).one()
        project = (await session.scalars(select(Project))).one()
        session.add(Membership(project_id=project.id, member_id=member.id, role=role))
    await db.close()


async def numbers(world: World, who: str = "jonas") -> Form:
    """The page of numbers in front of somebody."""
    page = await world.person(who).opens("/lab project FRAUD")
    await page.click("Numbers")
    return await world.person(who).form()


async def fill(page: Form, label: str, near: str = "", **values: object) -> str:
    """Press a button of the page and fill in its form; what is said then. The page is shown anew."""
    await page.click(label, near=near)
    outcome = await (await page.person.form()).submit(**values)
    assert outcome.kind in {"closed", "updated"}, outcome
    if outcome.form is not None:
        await outcome.form.close()
    return outcome.note


async def refused(page: Form, label: str, **values: object) -> dict[str, str]:
    """The errors beside the fields of a form; it is closed then."""
    await page.click(label)
    form = await page.person.form()
    outcome = await form.submit(**values)
    await form.close()
    return outcome.errors


async def test_two_people_agree_to_what_is_good_enough(either: World) -> None:
    await a_project(either)
    await a_hypothesis(either, "mira")
    await a_role(either, "mira", Role.DATA_SCIENTIST)
    page = await numbers(either)
    assert "baseline 41, none better yet, needed 60 of 100 (proposed)" in page.text
    assert "to be agreed by business and makers" in page.text
    assert "a gain counts from 0.95 of 100 (assumed)" in page.text
    assert "Agree as a maker" not in page.buttons
    await page.click("Agree as PM")
    page = await page.again("jonas (business, 2 Feb) signed")
    assert "to be agreed by makers" in page.text
    mira = await numbers(either, "mira")
    assert "Agree as PM" not in mira.buttons
    await mira.click("Agree as a maker")
    mira = await mira.again("agreed by jonas (business, 2 Feb) and mira (makers, 2 Feb)")
    assert "(proposed)" not in mira.text
    await mira.close()
    said = await fill(
        page,
        "Good enough",
        acceptance="65",
        reason="the call centre can take no more",
        ceiling="62",
    )
    assert "beyond the ceiling of 62 of 100" in said
    page = await page.again("needed 65 of 100 (proposed)")
    assert "reason: the call centre can take no more" in page.text
    assert "more is needed than the ceiling of 62 of 100" in page.text


async def test_a_new_version_is_compared_with_nothing_before_it(plain: World) -> None:
    await a_project(plain)
    page = await numbers(plain)
    said = {
        "moved": "population",
        "effective": "2026-02-02",
        "baseline": "45",
        "source": "rules, invoices only",
        "acceptance": "64",
        "reason": "less is not worth it",
    }
    past = await refused(page, "New version", **{**said, "effective": "2026-01-30"})
    assert past == {"effective": "From 2 February on, please: what was said of a past day stays."}
    worse = await refused(page, "New version", **{**said, "acceptance": "44"})
    assert worse == {
        "acceptance": "Today's value is that good already. From which value is it better?"
    }
    assert "Version 2 begins on 2 February" in await fill(page, "New version", **said)
    page = await page.again("version 2 since 2 Feb 2026 · baseline: rules, invoices only")
    assert "baseline 45, none better yet, needed 64 of 100 (proposed)" in page.text


async def test_a_guardrail_is_said_beside_the_result(plain: World) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    page = await numbers(plain)
    latency = {"name": "Answer time", "unit": "ms", "goal": "min", "phrase": "How long one waits"}
    assert await refused(page, "Add a metric", **latency) == {
        "limit": "A guardrail needs its limit."
    }
    await fill(page, "Add a metric", **latency, limit="60", today="20", source="logs")
    page = await page.again("Answer time")
    assert "nothing measured yet, limit 60 ms" in page.text
    await page.close()
    await a_standup(plain, now=True)
    jonas = plain.person("jonas")
    await jonas.click("Update")
    form = await jonas.form()
    await form.click("Other number")
    full = await jonas.form()
    metric = str(int(full.value("metric")["value"]) + 1)
    outcome = await full.submit(metric=metric, value="72", seeds="3", url="https://runs/7")
    assert "72 ms is stored." in outcome.note
    assert "Beyond a guardrail: Answer time 72 ms (at most 60 ms)." in outcome.note
    assert outcome.form is not None
    await outcome.form.close()
    assert (await form.submit(learned="It is better, and slower", value="58")).kind == "closed"
    beyond = "Beyond a guardrail: Answer time 72 ms (at most 60 ms)."
    (shown,) = await jonas.type("/lab show FRAUD-1")
    assert beyond in shown.shown
    await plain.to("2026-02-03T15:05:00Z")
    await plain.settled()
    said = await jonas.reads(team.CHANNEL)
    (first, _) = [one for one in said if "people answered" in one.shown]
    assert beyond in first.shown


async def test_four_counts_give_the_number(plain: World) -> None:
    await a_project(plain, metric_name="Recall")
    page = await numbers(plain)
    assert await refused(page, "Add a live value", tp="60", fp="10") == {
        "fn": "All four counts, please, or none.",
        "tn": "All four counts, please, or none.",
    }
    assert await refused(page, "Add a live value", value="0.6") == {
        "value": "Out of 100, please: did you mean 60? If not, write 0.6%."
    }
    assert await refused(page, "Add a live value", value="60", url="example") == {
        "url": "A link begins with https:// and has no spaces."
    }
    said = await fill(page, "Add a live value", tp="60", fp="10", fn="40", tn="890")
    assert "60 of 100 is stored." in said
    assert "precision 85.7 of 100, recall 60 of 100, false positive rate 1.1 of 100" in said
    page = await page.again("live: 60 of 100 on 2 Feb")
    await page.click("Set live value aside")
    aside = await plain.person("jonas").form()
    assert (await aside.submit(reason="wrong_data")).kind == "closed"
    page = await page.again()
    assert "live: " not in page.text


async def test_repeated_runs_say_from_which_gain_on_it_counts(plain: World) -> None:
    await a_project(plain)
    page = await numbers(plain)
    assert await refused(page, "Change", run_low="50") == {
        "run_high": "Please give the lowest and the highest, or neither."
    }
    said = await fill(page, "Change", min_delta="0.5", run_low="50", run_high="51.5")
    assert "a gain below 3 of 100 may be chance" in said
    page = await page.again("a gain counts from 0.5 of 100")
    await fill(page, "Change", name="Fraud caught", run_low="50", run_high="51.5")
    page = await page.again("Fraud caught")
