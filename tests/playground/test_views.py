"""views.*: triggers, stacks, hashes and what is wrong with a view."""

import asyncio
from typing import Any

import pytest

from tests.playground.conftest import Slack, Start, manifest
from tests.playground.raw_bot import RawBot, socket_bot

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def modal(**changes: Any) -> JSON:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    return {"type": "modal", "title": plain("Form"), "blocks": [text]} | changes


def home(**changes: Any) -> JSON:
    return {"type": "home", "blocks": [{"type": "divider"}]} | changes


async def trigger(slack: Slack, bot: RawBot, person: str = "U0ANA") -> str:
    """A fresh trigger id, from a command that this person types."""
    await slack.do("command", as_=person, channel="C0TEAM", text="/lab")
    return str(bot.payloads[-1]["trigger_id"])


async def open_view(slack: Slack, bot: RawBot, method: str = "open", **view: Any) -> JSON:
    return await slack.api(
        f"views.{method}", trigger_id=await trigger(slack, bot), view=modal(**view)
    )


async def test_a_trigger_works_once(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        ident = await trigger(slack, bot)
        opened = await slack.api("views.open", trigger_id=ident, view=modal())
        assert opened["ok"] is True
        again = await slack.api("views.open", trigger_id=ident, view=modal())
        assert again["error"] == "exchanged_trigger_id"


async def test_a_trigger_works_for_three_seconds_of_real_time(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        ident = await trigger(slack, bot)
        await slack.do("clock", advance_s=3600)
        assert (await slack.api("views.open", trigger_id=ident, view=modal()))["ok"] is True
        ident = await trigger(slack, bot)
        await asyncio.sleep(3.05)
        answer = await slack.api("views.open", trigger_id=ident, view=modal())
        assert answer["error"] == "expired_trigger_id"


async def test_a_made_up_trigger(slack: Slack) -> None:
    answer = await slack.api("views.open", trigger_id="1.2.3", view=modal())
    assert answer["error"] == "invalid_trigger_id"
    answer = await slack.api("views.open", view=modal())
    assert answer["error"] == "invalid_arguments"


async def test_a_refused_view_does_not_use_the_trigger_up(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        ident = await trigger(slack, bot)
        refused = await slack.api("views.open", trigger_id=ident, view=modal(title=plain("x" * 25)))
        assert refused["error"] == "invalid_arguments"
        assert "[json-pointer:/view/title" in refused["response_metadata"]["messages"][0]
        assert (await slack.api("views.open", trigger_id=ident, view=modal()))["ok"] is True


async def test_three_modals_lie_above_each_other(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        first = (await open_view(slack, bot))["view"]
        second = (await open_view(slack, bot, "push"))["view"]
        third = (await open_view(slack, bot, "push"))["view"]
        assert first["root_view_id"] == third["root_view_id"] == first["id"]
        assert [second["previous_view_id"], third["previous_view_id"]] == [
            first["id"],
            second["id"],
        ]
        assert (await open_view(slack, bot, "push"))["error"] == "push_limit_reached"
        other = await trigger(slack, bot, "U0BEN")
        assert (await slack.api("views.open", trigger_id=other, view=modal()))["ok"] is True


async def test_a_push_needs_something_to_lie_on(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        assert (await open_view(slack, bot, "push"))["error"] == "not_found"


async def test_a_view_is_found_by_either_id(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        view = (await open_view(slack, bot, external_id="mine"))["view"]
        for key in ({"view_id": view["id"]}, {"external_id": "mine"}):
            changed = await slack.api("views.update", view=modal(external_id="mine"), **key)
            assert changed["view"]["id"] == view["id"]
        missing = await slack.api("views.update", view=modal(), view_id="V0NO")
        assert missing["error"] == "not_found"
        assert (await slack.api("views.update", view=modal()))["error"] == "invalid_arguments"


async def test_an_external_id_is_unique(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        await open_view(slack, bot, external_id="mine")
        answer = await open_view(slack, bot, external_id="mine")
        assert answer["error"] == "duplicate_external_id"


async def test_a_stale_hash_is_a_conflict(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        view = (await open_view(slack, bot))["view"]
        args = {"view_id": view["id"], "hash": view["hash"], "view": modal()}
        assert (await slack.api("views.update", **args))["ok"] is True
        assert (await slack.api("views.update", **args))["error"] == "hash_conflict"
    first = (await slack.api("views.publish", user_id="U0ANA", view=home()))["view"]
    args = {"user_id": "U0ANA", "view": home(), "hash": first["hash"]}
    assert (await slack.api("views.publish", **args))["ok"] is True
    assert (await slack.api("views.publish", **args))["error"] == "hash_conflict"


async def test_a_view_over_250_kb(slack: Slack) -> None:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    answer = await slack.api("views.publish", user_id="U0ANA", view=home(blocks=[text] * 90))
    assert answer["error"] == "view_too_large"


@pytest.mark.parametrize("view", [home(type="modal"), {"type": "home"}, modal(), "no json"])
async def test_views_that_are_no_home(slack: Slack, view: Any) -> None:
    answer = await slack.api("views.publish", user_id="U0ANA", view=view)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"]


async def test_the_home_tab_can_be_off(start_slack: Start) -> None:
    slack = await start_slack(app=manifest(home=False))
    answer = await slack.api("views.publish", user_id="U0ANA", view=home())
    assert answer["error"] == "not_enabled"
    assert (await slack.do("home", 409, as_="U0ANA"))["error"] == "not_enabled"


async def test_a_home_belongs_to_somebody(slack: Slack) -> None:
    answer = await slack.api("views.publish", user_id="U0NO", view=home())
    assert answer["error"] == "invalid_arguments"


async def test_a_published_home_is_seen_by_that_person(slack: Slack) -> None:
    await slack.api("views.publish", user_id="U0ANA", view=home())
    assert (await slack.see("state"))["home"]["view"]["blocks"][0]["type"] == "divider"
    assert (await slack.see("state", "U0BEN"))["home"]["view"] is None


async def test_a_view_answers_with_all_its_fields(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        view = (await open_view(slack, bot, private_metadata="p", callback_id="c"))["view"]
        assert view["state"] == {"values": {}}
        assert (view["team_id"], view["app_id"], view["bot_id"]) == ("T0LAB", "A0LAB", "B0LAB")
        assert (view["private_metadata"], view["callback_id"]) == ("p", "c")
        assert view["app_installed_team_id"] == "T0LAB"
        assert (view["clear_on_close"], view["notify_on_close"]) == (False, False)
        assert view["hash"]
