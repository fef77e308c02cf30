"""The clock that the bot follows."""

import asyncio
from typing import Any

from tests.playground.conftest import Slack, Start
from tests.playground.test_posting import post

JSON = dict[str, Any]
PAUSED = {"clock": {"now": "2026-02-03T08:30:00Z", "paused": True}}


async def look(slack: Slack, **query: str) -> JSON:
    params = {"follower": "bot", **query}
    async with slack.http.get(f"{slack.url}/clock", params=params) as response:
        found: JSON = await response.json()
        return found


async def report(slack: Slack, seen: int, next_due: str | None = None, **more: Any) -> None:
    body = {"follower": "bot", "seen": seen, "idle": True, "next_due": next_due} | more
    async with slack.http.post(f"{slack.url}/clock", json=body) as response:
        assert response.status == 200


class Follower:
    """A bot with things to do at given moments; notes the moments at which it did them."""

    def __init__(self, slack: Slack, *dues: str) -> None:
        self._slack = slack
        self.dues = sorted(dues)
        self.did: list[str] = []

    async def run(self) -> None:
        version = 0
        while True:
            clock = await look(self._slack, after=str(version))
            version = clock["version"]
            while self.dues and self.dues[0] <= clock["now"]:
                await asyncio.sleep(0.01)
                self.did.append(clock["now"])
                self.dues.pop(0)
            await report(self._slack, version, self.dues[0] if self.dues else None)


async def test_time_runs_or_stands(slack: Slack) -> None:
    first, second = await look(slack), await look(slack)
    assert (first["rate"], first["version"]) == (1, 1)
    assert second["now"] > first["now"] > "2026-02-03T08:29:50"
    clock = await slack.do("clock", paused=True)
    assert clock["paused"] is True
    third = await look(slack)
    assert (third["rate"], third["version"]) == (0, 2)
    assert (await look(slack))["now"] == third["now"]


async def test_a_follower_waits_for_the_next_version(slack: Slack) -> None:
    waiting = asyncio.create_task(look(slack, after="1"))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await slack.do("clock", paused=True)
    assert (await waiting)["version"] == 2


async def test_moving_steps_through_every_due_moment(start_slack: Start) -> None:
    slack = await start_slack(**PAUSED)
    dues = ["2026-02-03T09:00:00Z", "2026-02-03T09:30:00Z", "2026-02-04T09:00:00Z"]
    follower = Follower(slack, *dues)
    running = asyncio.create_task(follower.run())
    await asyncio.sleep(0.05)
    clock = await slack.do("clock", advance_s=86_400)
    assert clock["now"] == "2026-02-04T08:30:00Z"
    assert clock["waited_in_vain"] == []
    assert follower.did == dues[:2]
    clock = await slack.do("clock", next=True)
    assert (clock["now"], follower.did) == (dues[2], dues)
    refused = await slack.do("clock", 409, next=True)
    assert refused["error"] == "nothing_due"
    running.cancel()


async def test_who_was_due_a_moment_ago_is_asked_what_is_next(start_slack: Start) -> None:
    slack = await start_slack(**PAUSED)
    await report(slack, (await look(slack))["version"], "2026-02-03T08:30:00Z")
    bot = asyncio.create_task(Follower(slack, "2026-02-03T09:30:00Z").run())
    clock = await slack.do("clock", next=True)
    assert (clock["now"], clock["waited_in_vain"]) == ("2026-02-03T09:30:00Z", [])
    bot.cancel()


async def test_a_busy_follower_is_waited_for_so_long(start_slack: Start) -> None:
    slack = await start_slack(**PAUSED)
    await report(slack, 1, "2026-02-03T09:00:00Z", idle=False)
    clock = await slack.do("clock", to="2026-02-03T08:45:00Z", wait_s=0.05)
    assert clock["now"] == "2026-02-03T08:45:00Z"
    assert clock["waited_in_vain"] == ["bot"]
    assert clock["followers"][0]["id"] == "bot"


async def test_the_clock_never_goes_back(slack: Slack) -> None:
    refused = await slack.do("clock", 400, to="2026-02-03T08:00:00Z")
    assert refused["error"] == "clock_goes_back"


async def test_messages_follow_the_clock_and_never_share_a_ts(start_slack: Start) -> None:
    slack = await start_slack(**PAUSED, rate_limits=False)
    stamps = [(await post(slack, "C0TEAM"))["ts"] for _ in range(2)]
    assert stamps == ["1770107400.000000", "1770107400.000001"]
    await slack.do("clock", advance_s=60)
    assert (await post(slack, "C0TEAM"))["ts"] == "1770107460.000000"


async def test_a_follower_needs_a_name(slack: Slack) -> None:
    async with slack.http.get(f"{slack.url}/clock") as response:
        assert (response.status, (await response.json())["error"]) == (400, "bad_request")


async def test_nobody_waits_for_a_follower_that_left(start_slack: Start) -> None:
    slack = await start_slack(**PAUSED)
    await report(slack, 1, "2026-02-03T09:00:00Z", idle=False)
    listening = asyncio.create_task(look(slack, after="1"))
    await asyncio.sleep(0.05)
    async with slack.http.delete(f"{slack.url}/clock", params={"follower": "bot"}) as response:
        assert response.status == 200
    clock = await slack.do("clock", advance_s=86_400)
    await listening
    assert (clock["waited_in_vain"], clock["followers"]) == ([], [])
