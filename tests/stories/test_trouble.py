"""Slack that is slow, away or busy, and a channel that the bot is not in: what people see, and afterwards."""

import pytest

from tests.stories import team
from tests.stories.steps import a_project, a_standup, a_team_at_work, summary
from tests.stories.world import World

LATE = "That took a little too long for Slack. Please click once more."


async def questions(world: World) -> dict[str, int]:
    """How often each person was asked."""
    return {
        name: sum("Hello" in said.shown for said in await world.person(name).dms())
        for name in team.ZONES
    }


async def test_a_trigger_that_expired_is_whispered_about(either: World) -> None:
    either.allowed = {"expired_trigger_id", "HTTP 500", "cut before"}
    jonas = either.person("jonas")
    await either.do("faults", method="views.open", error="expired_trigger_id")
    await jonas.type("/lab project")
    await jonas.whispered(team.CHANNEL, LATE)
    await either.do("faults", method="views.open", status=500)
    await jonas.type("/lab project")
    await either.until(lambda: whispers(either, 2), "the second whisper")
    await either.do("faults", method="views.open", cut="before")
    await jonas.type("/lab project")
    await either.until(lambda: whispers(either, 3), "the third whisper")
    assert (await jonas.opens("/lab project")).title == "New project"


async def whispers(world: World, count: int) -> bool:
    said = await world.person("jonas").reads(team.CHANNEL)
    return sum(one.text == LATE for one in said) == count


async def test_slack_that_needs_too_long_to_open_a_form(plain: World) -> None:
    plain.allowed = {"expired_trigger_id"}
    jonas = plain.person("jonas")
    await plain.do("faults", method="views.open", delay_s=3.1)
    await jonas.type("/lab project")
    await jonas.whispered(team.CHANNEL, LATE)
    await plain.until(lambda: plain.calls("views.open"), "the refusal")


@pytest.mark.parametrize(
    "channel", [pytest.param(team.ELSEWHERE, id="public"), pytest.param("C0SECRET", id="private")]
)
async def test_a_channel_that_the_bot_is_not_in(either: World, channel: str) -> None:
    either.allowed = {"not_in_channel", "channel_not_found"}
    jonas = either.person("jonas")
    await either.do(
        "channels", id="C0SECRET", name="secret", private=True, members=[team.user("jonas")]
    )
    await a_project(either)
    await a_standup(either, channel=channel, people=[jonas.id], now=True)
    await either.settled()
    if channel == team.ELSEWHERE:
        await jonas.click("Not experimenting now", value="On a review")
        await either.settled()
    told = (await jonas.dm()).shown
    assert "I could not " in told
    assert "Invite me there with /invite, then save the standup again: it is in my Home tab" in told
    # Invited, and saved again, it works.
    await either.do("channels", id=channel, add=[team.BOT])
    await either.settled()
    await (await jonas.opens("/lab standup", channel)).click("Change")
    form = await jonas.form()
    assert (await form.submit(people=[jonas.id])).kind == "updated"
    await either.settled()
    await (await jonas.opens("/lab standup", channel)).click("Run now")
    await either.to("2026-02-02T17:00:00Z")
    await either.settled()
    assert [said for said in await jonas.reads(channel) if "Learned" in said.shown]


async def test_slack_down_and_back(both: World) -> None:
    both.allowed = {"HTTP 503"}
    kai = both.person("kai")
    await a_team_at_work(both)
    await both.do("outage", down=True)
    await both.to("2026-02-02T21:00:00Z")
    assert await questions(both) == dict.fromkeys(team.ZONES, 0)
    await both.do("outage", down=False)
    await both.to("2026-02-02T21:15:00Z")
    assert await questions(both) == {**dict.fromkeys(team.ZONES, 0), "kai": 1}
    await both.do("outage", down=True)
    ack = await kai.click("No change, still running")
    assert ack["status"] == "ok", "an answer needs Slack's click and the database, nothing else"
    await both.to("2026-02-02T21:20:00Z")
    assert "Noted" not in (await kai.dm()).shown
    await both.do("outage", down=False)
    await both.to("2026-02-02T21:35:00Z")
    assert "Noted" in (await kai.dm()).shown


async def test_busy_slack_is_waited_out(either: World) -> None:
    either.allowed = {"ratelimited", "HTTP 500", "internal_error"}
    await a_team_at_work(either)
    await either.do("faults", method="chat.postMessage", status=429, retry_after=30, times=2)
    await either.to("2026-02-02T20:45:00Z")
    assert (await questions(either))["kai"] == 1
    await either.do("faults", method="chat.postMessage", status=500, times=2)
    await either.do("faults", method="chat.postMessage", error="internal_error")
    await either.to("2026-02-03T04:15:00Z")
    assert (await questions(either))["mira"] == 1
    await either.do("faults", method="chat.update", status=429, retry_after=10)
    await either.do("faults", method="chat.update", status=500)
    await either.person("mira").click("No change, still running")
    await either.to("2026-02-03T04:30:00Z")
    assert "Noted" in (await either.person("mira").dm()).shown


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_connection_cut_in_the_middle_shows_a_question_once(
    either: World, cut: str
) -> None:
    either.allowed = {f"cut {cut}"}
    await a_team_at_work(either)
    await either.do("faults", method="chat.postMessage", cut=cut, times=2)
    await either.to("2026-02-02T21:00:00Z")
    assert (await questions(either))["kai"] == 1
    await either.person("kai").click("No change, still running")
    await either.settled()
    assert "Noted" in (await either.person("kai").dm()).shown


async def test_the_socket_goes_and_comes_again(plain: World) -> None:
    plain.allowed = {"no socket is open"}
    kai = plain.person("kai")
    await a_team_at_work(plain, now=True)
    await plain.do("socket", disconnect="refresh_requested")

    async def clicked() -> bool:
        return bool((await kai.click("No change, still running"))["status"] == "ok")

    await plain.until(clicked, "a new socket")
    await plain.settled()
    assert "Noted" in (await kai.dm()).shown


async def test_an_archived_channel(either: World) -> None:
    either.allowed = {"is_archived"}
    jonas = either.person("jonas")
    await a_team_at_work(either, now=True)
    await either.do("channels", id=team.CHANNEL, archived=True)
    for name in team.ZONES:
        person = either.person(name)
        asked = [dm for dm in await person.dms() if "No change, still running" in dm.buttons]
        await person.click("No change, still running", on=asked[-1])
    await either.settled()
    told = "\n".join(dm.shown for dm in await jonas.dms())
    assert "its channel was archived. It is paused, nobody is asked." in told
    assert "I could not post the standup's summary in C0FRAUD" in told
    assert "The channel is archived: choose another one" in told


async def test_a_message_that_was_deleted_is_said_again_in_its_place(either: World) -> None:
    """The summary can't be changed any more: the news stands in its thread."""
    either.allowed = {"edit_window_closed"}
    await a_team_at_work(either, now=True)
    await either.person("kai").click("No change, still running")
    await either.to("2026-02-02T16:30:00Z")
    await either.settled()
    told = await summary(either)
    await either.do("faults", method="chat.update", error="edit_window_closed", times=2)
    await either.person("mira").click("No change, still running")
    await either.settled()
    thread = await either.person("jonas").reads(team.CHANNEL, told.ts)
    assert any("2 of 4 people answered" in said.shown for said in thread[1:])
