"""Clicks that come twice, at the wrong place, or from somebody else."""

import asyncio

from tests.stories import forged, team
from tests.stories.steps import a_hypothesis, a_project, a_standup, a_team_at_work, summary
from tests.stories.world import World


async def answers(world: World, by: str) -> list[str]:
    """What stands in the summary's thread, after everybody else's time is over."""
    await world.to("2026-02-02T16:30:00Z")
    await world.settled()
    told = await summary(world)
    return [said.shown for said in (await world.person(by).reads(team.CHANNEL, told.ts))[1:]]


async def test_two_clicks_at_once_are_one_answer(world: World) -> None:
    jonas = world.person("jonas")
    await a_team_at_work(world, now=True)
    label = "No change, still running"
    dm = await jonas.dm()
    acks = await asyncio.gather(*(jonas.click(label, on=dm) for _ in range(3)))
    assert [ack["status"] for ack in acks] == ["ok"] * 3
    await world.settled()
    assert await answers(world, "jonas") == [
        "jonas on FRAUD-3, training on 18 months of history: no change, still running."
    ]


async def test_two_submissions_at_once_are_one_answer(world: World) -> None:
    jonas = world.person("jonas")
    await a_team_at_work(world, now=True)
    await jonas.click("Update")
    form = await jonas.form()
    one, two = await asyncio.gather(
        *(forged.submission(world, form, learned="Once is enough", value="53") for _ in range(2))
    )
    assert {one.kind, two.kind} == {"closed"}
    (detail,) = await answers(world, "jonas")
    assert detail.count("Once is enough") == 1
    (page,) = await jonas.type("/lab show FRAUD-3")
    assert page.shown.count("53 of 100") == 1


async def test_payloads_that_are_delivered_twice_count_once(both: World) -> None:
    jonas = both.person("jonas")
    await a_team_at_work(both, now=True)
    await jonas.click("Update")
    form = await jonas.form()
    await both.do("duplicates", times=1)
    assert (await form.submit(learned="Twice on the wire", status="refuted")).kind == "updated"
    await both.do("duplicates", times=1)
    outcome = await (await jonas.look()).submit(learning="Once in the record", unmeasured="x")
    assert outcome.kind == "closed"
    await both.settled()
    assert len(await answers(both, "jonas")) == 1
    await both.do("duplicates", times=1)
    before = len(await both.calls("conversations.members"))
    await both.do("channels", id=team.CHANNEL, add=[team.user("vera")])
    await both.settled()
    events = await both.calls("event_callback:member_joined_channel")
    assert len(events) == 1
    assert len(await both.calls("conversations.members")) == before + 1


async def test_what_is_submitted_twice_is_started_once(both: World) -> None:
    jonas = both.person("jonas")
    for verb, values in (
        ("/lab project", team.PROJECT),
        ("/lab new", team.HYPOTHESIS),
        ("/lab standup", {**team.EVERYONE_TWICE_A_WEEK, "start": "now"}),
    ):
        form = await jonas.opens(verb)
        await both.do("duplicates", times=1)
        outcome = await form.submit(**values)
        assert outcome.form is not None, outcome
        await outcome.form.close()
    await both.settled()
    (listed,) = await jonas.type("/lab list")
    assert listed.shown.count("FRAUD-") == 1
    assert [said.shown.split(".")[0] for said in await jonas.dms()] == [
        "The standup is set",
        "Hello jonas",
    ]


async def test_only_who_was_asked_answers(either: World) -> None:
    jonas, kai = either.person("jonas"), either.person("kai")
    await a_team_at_work(either, now=True)
    dm = await jonas.dm()
    not_yours = "Only the person who was asked can answer this one."
    for label, value, sentence in (
        ("No change, still running", None, not_yours),
        ("No change, still running", "999999:1", "That is not here any more."),
        ("No change, still running", "x", "That is not here any more."),
    ):
        ack = await forged.click(either, "kai", dm, label, value=value)
        assert ack["status"] == "ok"
        assert sentence in (await either.calls("response_url"))[-1]["request"]["text"]
    await forged.click(either, "kai", dm, "Update")
    assert not_yours in (await kai.form()).text
    # A form of one's own, with somebody else's prompt hidden in it.
    await jonas.click("Update")
    hidden = (await jonas.form()).view["private_metadata"]
    await kai.click("Update")
    form = await kai.form()
    outcome = await forged.submission(either, form, learned="x", private_metadata=hidden)
    assert not_yours in outcome.errors["learned"]
    # One's own prompt, but somebody else's experiment.
    mine, theirs = form.view["private_metadata"], hidden
    crossed = f"{mine.partition(',')[0]},{theirs.partition(',')[2]}"
    outcome = await forged.submission(either, form, learned="x", private_metadata=crossed)
    assert "That is not here any more." in outcome.errors["learned"]
    assert await answers(either, "jonas") == []


async def test_an_answer_that_comes_after_the_conclusion_changes_nothing(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    await a_hypothesis(either, "jonas")
    await a_standup(either, now=True, people=[jonas.id])
    await jonas.click("Update")
    form = await jonas.form()
    late = forged.held(either, form, learned="Yes")
    outcome = await form.submit(learned="No", status="refuted")
    assert outcome.form is not None
    assert (await outcome.form.submit(learning="No", unmeasured="x")).kind == "closed"
    assert "This experiment is concluded already" in (await late.send()).errors["learned"]
    assert "Yes" not in (await jonas.type("/lab show FRAUD-1"))[0].shown


async def test_a_click_with_nonsense_in_it_has_an_answer(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain, now=True)
    await forged.click(plain, "jonas", await jonas.dm(), "Update", value="nonsense")
    form = await jonas.form()
    assert "That is not here any more." in form.text
    await form.close()
    await jonas.click("Update")
    form = await jonas.form()
    outcome = await forged.submission(plain, form, learned="x", private_metadata="nonsense")
    assert "That is not here any more." in outcome.errors["learned"]
