"""An experiment's course, as people live it: its page, what they do there, and the lists."""

import pytest

from models.domain.shifts import name_of
from tests.stories import team
from tests.stories.people import Form, Person
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def more(who: Person, page: Form, label: str, says: str, **values: object) -> Form:
    """Choose something behind the page's menu, fill its form in; the page when it says so."""
    await page.pick("More …", label)
    form = await who.form()
    outcome = await form.submit(**values)
    assert outcome.kind == "closed", outcome
    return await page.again(says)


async def expected_changes(who: Person, lines: str) -> None:
    """What may change in the data, said in the project's charter."""
    page = await who.opens("/lab project FRAUD")
    await page.click("Charter")
    topics = await page.again("a few questions at a time")
    await topics.click("Answer", near="The data")
    form = await who.form()
    assert (await form.submit(shift=lines)).kind == "closed"
    topics = await topics.again("The data\n1 of 4 answered")
    await topics.close()


async def replaying(who: Person, page: Form, line: str) -> Form:
    """It becomes a quality check that replays an expected change; other work replays nothing."""
    await page.pick("More …", "Kind of work")
    form = await who.form()
    assert "replays" in (await form.submit(replays=name_of(line))).errors
    said = await form.submit(category="quality_check", replays=name_of(line))
    assert said.kind == "closed"
    return await page.again(f"Replays a change in the data: {line}")


async def at_home(person: Person, near: str) -> Form:
    """The page of an experiment, over the Home."""
    home = await person.home()
    await home.click("Show", near=near)
    return await person.form()


async def test_an_idea_for_later_is_started_paused_and_concluded(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    await a_hypothesis(either, "jonas", begins="later", threshold="")
    await a_standup(either, now=True, people=[jonas.id])
    assert "No experiment of yours is open." in (await jonas.dm()).shown
    page = await at_home(jonas, "FRAUD-1")
    assert "for later" in page.text
    assert "No criterion yet: which value would support it?" in page.text
    await page.click("Start")
    form = await jonas.form()
    assert (await form.submit(threshold="0.55", timebox="5")).errors == {
        "threshold": "Out of 100, please: did you mean 55? If not, write 0.55%."
    }
    assert (await form.submit(threshold="55", timebox="5")).kind == "closed"
    page = await page.again("day 1 of 5")
    rests = {"until": "2026-02-10", "reason": "The cluster is being moved"}
    page = await more(jonas, page, "Pause", "paused, goes on 10 Feb", **rests)
    assert "paused until 10 Feb: “The cluster is being moved” (jonas)" in page.text
    await page.close()
    await either.to("2026-02-10T12:00:00Z")
    await it_is_concluded_without_a_number(jonas)


async def it_is_concluded_without_a_number(jonas: Person) -> None:
    page = await at_home(jonas, "FRAUD-1")
    assert "day 1 of 5" in page.text, "a pause takes no day"
    await page.click("Conclude")
    form = await jonas.form()
    filled = {"outcome": "refuted", "learning": "Old months hurt"}
    assert (await form.submit(**filled)).errors == {
        "unmeasured": "One line, please: why is there no number?"
    }
    why = {"unmeasured": "The table is gone", "link": "https://example.org/runs/7"}
    assert (await form.submit(**filled, **why)).kind == "closed"
    page = await page.again("Learned: Old months hurt")
    assert "ruled out, without a number: “The table is gone” (jonas)" in page.text
    assert "its runs: https://example.org/runs/7" in page.text
    assert page.buttons == ["Follow up", "More …"]


async def test_a_criterion_changed_late_another_owner_and_a_link(plain: World) -> None:
    jonas, mira = plain.person("jonas"), plain.person("mira")
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    await a_hypothesis(plain, "mira", "an idea of hers")
    await expected_changes(jonas, "- winter\n- a lost input")
    page = await at_home(jonas, "FRAUD-1")
    await page.click("Add a number")
    outcome = await (await jonas.form()).submit(value="53")
    assert outcome.form is not None
    await outcome.form.close()
    page = await page.again("By its criterion so far: ruled out")
    late = "The criterion was changed after the first number"
    page = await more(jonas, page, "Criterion", late, threshold="52")
    assert "needs 52 of 100 (Recall at 9 in 10 precision), before 55 of 100" in page.text
    await page.pick("More …", "Add a link")
    form = await jonas.form()
    assert "address" in (await form.submit(address="javascript:alert(1)", what="x")).errors
    assert (await form.submit(address="https://example.org/1", what="Run 1")).kind == "closed"
    page = await page.again("Run 1: https://example.org/1")
    kind = "Data exploration and quality"
    page = await more(jonas, page, "Kind of work", kind, category="data")
    page = await replaying(jonas, page, "a lost input")
    handed = "handed on from jonas to mira (jonas)"
    page = await more(jonas, page, "Hand on", handed, person=mira.id)
    await page.close()
    (said,) = await mira.type("/lab show FRAUD-1")
    assert "Add a number" in said.buttons
    (said,) = await plain.person("kai").type("/lab show FRAUD-1")
    assert said.buttons == ["Its numbers", "Chart"], "it is not theirs"


async def test_conclude_by_key_by_choice_and_the_only_one(plain: World) -> None:
    jonas, mira = plain.person("jonas"), plain.person("mira")
    await a_project(plain)
    form = await jonas.opens("/lab conclude")
    assert "No experiment of yours is open." in form.text
    await form.close()
    await a_hypothesis(plain, "jonas", "idea one")
    form = await jonas.opens("/lab conclude")
    assert "FRAUD-1 · idea one" in form.text
    await form.close()
    await a_hypothesis(plain, "jonas", "idea two")
    form = await jonas.opens("/lab conclude")
    await form.pick("An experiment of yours", "FRAUD-2 · idea two")
    form = await form.again("idea two")
    outcome = await form.submit(
        outcome="supported", learning="It helps", unmeasured="Seen by eye", follow_up="yes"
    )
    assert outcome.form is not None
    assert outcome.form.title == "Follows FRAUD-2"
    await outcome.form.close()
    form = await mira.opens("/lab conclude FRAUD-1")
    assert "Only its owner, the project's PM or an admin can change this experiment." in form.text
    form = await jonas.opens("/lab conclude FRAUD-2")
    assert "concluded already" in form.text


async def test_lists_by_owner_state_and_project(plain: World) -> None:
    jonas, mira = plain.person("jonas"), plain.person("mira")
    await a_project(plain)
    for n in range(26):
        await a_hypothesis(plain, "jonas", f"idea number {n:02}")
    await a_hypothesis(plain, "mira", "an idea of hers", begins="later")
    (said,) = await jonas.type("/lab list mine")
    assert "Experiments: open, yours (26)" in said.shown
    assert "an idea of hers" not in said.shown
    await jonas.click("Show 1 more experiment", on=said)
    last = await jonas.whispered(team.CHANNEL, "idea number 00")
    assert "Back to the first" in last.buttons
    (said,) = await mira.type("/lab list later fraud")
    assert "Experiments: for later, of everybody in FRAUD (1)" in said.shown
    (said,) = await mira.type("/lab list concluded")
    assert "None here." in said.shown
    (said,) = await mira.type("/lab list NOPE")
    assert "There is no project NOPE." in said.text
