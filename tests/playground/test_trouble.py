"""Rate limits, and what a test lets go wrong."""

import time
from typing import Any

import aiohttp
import pytest

from tests.playground.conftest import AS_APP, AS_BOT, Slack, Start
from tests.playground.test_posting import post

PAUSED = {"clock": {"now": "2026-02-03T08:30:00Z", "paused": True}}


async def calls(slack: Slack, method: str, times: int, **args: Any) -> list[int]:
    return [(await slack.raw(method, AS_BOT, json=args))[0] for _ in range(times)]


async def test_a_channel_takes_a_message_a_second(start_slack: Start) -> None:
    slack = await start_slack(**PAUSED)
    args = {"channel": "C0TEAM", "text": "x"}
    assert await calls(slack, "chat.postMessage", 3, **args) == [200, 200, 429]
    _, headers, answer = await slack.raw("chat.postMessage", AS_BOT, json=args)
    assert headers["Retry-After"] == "1"
    assert answer == {"ok": False, "error": "ratelimited"}
    assert (await slack.see("log"))["entries"][-1]["error"] == "ratelimited"
    assert (await post(slack, "U0ANA"))["ok"] is True
    assert len(await slack.said("C0TEAM")) == 2
    await slack.do("clock", advance_s=1)
    assert await calls(slack, "chat.postMessage", 2, **args) == [200, 429]


@pytest.mark.parametrize(
    ("method", "per_minute", "wait"),
    [("users.list", 20, 3), ("conversations.info", 50, 2), ("views.update", 100, 1)],
)
async def test_a_method_takes_what_its_tier_gives(
    start_slack: Start, method: str, per_minute: int, wait: int
) -> None:
    slack = await start_slack(**PAUSED)
    statuses = await calls(slack, method, per_minute + 1)
    assert statuses == [200] * per_minute + [429]
    _, headers, _ = await slack.raw(method, AS_BOT)
    assert headers["Retry-After"] == str(wait)
    assert (await slack.api("users.info", user="U0ANA"))["ok"] is True
    await slack.do("clock", advance_s=wait)
    assert (await calls(slack, method, 1)) == [200]


async def test_the_limits_can_be_off(start_slack: Start) -> None:
    slack = await start_slack(rate_limits=False)
    assert set(await calls(slack, "users.list", 30)) == {200}
    await slack.do("rate_limits", on=True)
    assert 429 in await calls(slack, "users.list", 30)


async def test_the_next_calls_fail_as_told(slack: Slack) -> None:
    await slack.do("faults", method="chat.postMessage", times=2, error="fatal_error")
    answers = [(await post(slack, "U0ANA")) for _ in range(3)]
    assert [it.get("error") for it in answers] == ["fatal_error", "fatal_error", None]
    assert len(await slack.said("D0ANA")) == 1


async def test_a_status_and_a_wait_can_be_ordered(slack: Slack) -> None:
    await slack.do("faults", method="*", times=1, status=429, retry_after=7)
    status, headers, answer = await slack.raw("auth.test", AS_BOT)
    assert (status, headers["Retry-After"], answer["error"]) == (429, "7", "ratelimited")
    await slack.do("faults", method="*", status=503)
    assert (await slack.raw("auth.test", AS_BOT))[0] == 503
    assert (await slack.raw("auth.test", AS_BOT))[0] == 200


async def test_a_call_can_be_slow(slack: Slack) -> None:
    await slack.do("faults", method="auth.test", delay_s=0.1)
    begun = time.monotonic()
    assert (await slack.api("auth.test"))["ok"] is True
    assert time.monotonic() - begun >= 0.1


@pytest.mark.parametrize(("cut", "said"), [("before", 0), ("after", 1)])
async def test_a_connection_can_be_cut(slack: Slack, cut: str, said: int) -> None:
    await slack.api("conversations.open", users="U0ANA")
    await slack.do("faults", method="chat.postMessage", cut=cut)
    with pytest.raises(aiohttp.ClientError):
        await post(slack, "D0ANA")
    assert len(await slack.said("D0ANA")) == said
    entries = (await slack.see("log"))["entries"]
    assert [e["error"] for e in entries if e["name"] == "chat.postMessage"] == [f"cut {cut}"]


async def test_a_fault_must_be_one_that_exists(slack: Slack) -> None:
    refused = await slack.do("faults", 400, method="*", cut="sideways")
    assert refused["error"] == "bad_request"
    assert (await slack.do("faults", 400, methods="*"))["detail"].startswith("method:")


async def test_slack_can_be_down(slack: Slack) -> None:
    opened = (await slack.raw("apps.connections.open", AS_APP))[2]
    await slack.do("outage", down=True)
    assert (await slack.raw("auth.test", AS_BOT))[0] == 503
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await slack.http.ws_connect(opened["url"])
    await slack.do("outage", down=False)
    assert (await slack.raw("auth.test", AS_BOT))[0] == 200
