"""Filling in, submitting and closing modals."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.playground.conftest import Slack
from tests.playground.raw_bot import RawBot, socket_bot
from tests.playground.test_views import home, modal, open_view, plain

JSON = dict[str, Any]

OPTIONS = [{"text": plain(v.title()), "value": v} for v in ("running", "stuck")]


def field(block_id: str, kind: str, **element: Any) -> JSON:
    optional = element.pop("optional", False)
    dispatch = element.pop("dispatch_action", False)
    return {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "dispatch_action": dispatch,
        "label": plain(block_id),
        "element": {"type": kind, "action_id": "a", **element},
    }


def form(*blocks: JSON, **changes: Any) -> JSON:
    return {"submit": plain("Go"), "blocks": list(blocks)} | changes


@pytest.fixture
async def bot(slack: Slack) -> AsyncIterator[RawBot]:
    async with socket_bot(slack) as bot:
        yield bot


async def submit(slack: Slack, view: JSON, status: int = 200, **values: Any) -> JSON:
    return await slack.do("submit", status, as_="U0ANA", view_id=view["id"], values=values)


async def test_the_state_is_whole(slack: Slack, bot: RawBot) -> None:
    blocks = [
        field("text", "plain_text_input", initial_value="old", optional=True),
        field("pick", "static_select", options=OPTIONS, initial_option=OPTIONS[1]),
        field("many", "checkboxes", options=OPTIONS, optional=True),
        field("who", "multi_users_select", optional=True),
        field("day", "datepicker", initial_date="2026-02-03"),
        {
            "type": "section",
            "text": plain("x"),
            "accessory": {"type": "users_select", "action_id": "u", "initial_user": "U0BEN"},
        },
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [
                {"type": "button", "action_id": "go", "text": plain("Go")},
                {"type": "timepicker", "action_id": "at", "initial_time": "09:30"},
            ],
        },
    ]
    view = (await open_view(slack, bot, **form(*blocks)))["view"]
    await submit(slack, view, text="new", many=["stuck"], who=["U0ANA"])
    values = bot.payloads[-1]["view"]["state"]["values"]
    assert values["text"]["a"] == {"type": "plain_text_input", "value": "new"}
    assert values["pick"]["a"] == {"type": "static_select", "selected_option": OPTIONS[1]}
    assert values["many"]["a"] == {"type": "checkboxes", "selected_options": [OPTIONS[1]]}
    assert values["who"]["a"] == {"type": "multi_users_select", "selected_users": ["U0ANA"]}
    assert values["day"]["a"] == {"type": "datepicker", "selected_date": "2026-02-03"}
    assert values["acts"] == {"at": {"type": "timepicker", "selected_time": "09:30"}}
    generated = view["blocks"][5]["block_id"]
    assert values[generated]["u"] == {"type": "users_select", "selected_user": "U0BEN"}


async def test_a_submission_is_complete(slack: Slack, bot: RawBot) -> None:
    conversation = field(
        "to",
        "conversations_select",
        default_to_current_conversation=True,
        response_url_enabled=True,
    )
    view = (await open_view(slack, bot, **form(conversation)))["view"]
    assert (await slack.see("state"))["modals"][0]["channel"] == "C0TEAM"
    done = await submit(slack, view)
    assert (done["outcome"], done["ack"]["status"]) == ("closed", "ok")
    payload = bot.payloads[-1]
    assert payload["type"] == "view_submission"
    assert payload["user"] == {
        "id": "U0ANA",
        "username": "ana",
        "name": "ana",
        "team_id": "T0LAB",
    }
    assert payload["team"] == {"id": "T0LAB", "domain": "nano-lab"}
    assert (payload["api_app_id"], payload["is_enterprise_install"]) == ("A0LAB", False)
    assert payload["view"]["id"] == view["id"]
    assert "channel" not in payload["view"]
    assert payload["view"]["hash"] == view["hash"]
    url = payload["response_urls"][0]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("to", "a", "C0TEAM")
    async with slack.http.post(url["response_url"], json={"text": "hi"}) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    ("kind", "element", "value"),
    [
        ("plain_text_input", {}, None),
        ("plain_text_input", {"min_length": 3}, "ab"),
        ("plain_text_input", {"max_length": 3}, "abcd"),
        ("number_input", {"is_decimal_allowed": False}, "1.5"),
        ("number_input", {"is_decimal_allowed": True, "max_value": "2"}, "2.5"),
        ("number_input", {"is_decimal_allowed": True, "min_value": "2"}, "1"),
        ("email_text_input", {}, "nobody"),
        ("url_text_input", {}, "nowhere"),
        ("static_select", {"options": OPTIONS}, None),
    ],
)
async def test_slacks_own_client_complains_first(
    slack: Slack, bot: RawBot, kind: str, element: JSON, value: Any
) -> None:
    view = (await open_view(slack, bot, **form(field("f", kind, **element))))["view"]
    done = await submit(slack, view, f=value)
    assert (done["outcome"], list(done["errors"]), done["ack"]) == ("errors", ["f"], None)
    assert len(bot.envelopes) == 1


async def test_only_what_is_offered_can_be_chosen(slack: Slack, bot: RawBot) -> None:
    view = (await open_view(slack, bot, **form(field("f", "static_select", options=OPTIONS))))[
        "view"
    ]
    assert (await submit(slack, view, 400, f="other"))["error"] == "no_such_option"
    assert (await submit(slack, view, 404, other="x"))["error"] == "no_such_element"


@pytest.mark.parametrize(
    ("answer", "outcome", "left"),
    [
        (None, "closed", 0),
        ({}, "closed", 0),
        ({"response_action": "clear"}, "cleared", 0),
        ({"response_action": "errors", "errors": {"f": "No"}}, "errors", 1),
        ({"response_action": "update", "view": modal(title=plain("Two"))}, "updated", 1),
        ({"response_action": "push", "view": modal(title=plain("Two"))}, "pushed", 2),
        ({"response_action": "errors", "errors": {"other": "No"}}, "failed", 1),
        ({"response_action": "errors"}, "failed", 1),
        ({"response_action": "update", "view": modal(title=plain("x" * 25))}, "failed", 1),
        ({"response_action": "update"}, "failed", 1),
        ({"response_action": "dance"}, "failed", 1),
        ({"text": "thanks"}, "failed", 1),
    ],
)
async def test_what_an_answer_does(
    slack: Slack, bot: RawBot, answer: JSON | None, outcome: str, left: int
) -> None:
    view = (await open_view(slack, bot, **form(field("f", "plain_text_input"))))["view"]
    bot.answer = lambda _: answer
    done = await submit(slack, view, f="x")
    assert done["outcome"] == outcome
    modals = (await slack.see("state"))["modals"]
    assert len(modals) == left
    if outcome == "failed":
        entry = (await slack.see("log"))["entries"][-1]
        assert (entry["name"], entry["ok"]) == ("view_submission:answer", False)
        assert modals[0]["state"]["values"]["f"]["a"]["value"] == "x"


async def test_an_update_keeps_what_was_typed_where_ids_stay(slack: Slack, bot: RawBot) -> None:
    view = (
        await open_view(
            slack, bot, **form(field("a", "plain_text_input"), field("b", "plain_text_input"))
        )
    )["view"]
    for block in ("a", "b"):
        await slack.do(
            "input", as_="U0ANA", view_id=view["id"], block_id=block, action_id="a", value="typed"
        )
    new = form(field("a", "plain_text_input", initial_value="new"), field("c", "plain_text_input"))
    changed = await slack.api("views.update", view_id=view["id"], view=modal(**new))
    values = changed["view"]["state"]["values"]
    assert {k: v["a"]["value"] for k, v in values.items()} == {"a": "typed", "c": None}
    assert len(bot.envelopes) == 1


async def test_an_input_tells_the_bot_only_with_dispatch_action(slack: Slack, bot: RawBot) -> None:
    loud = field("f", "static_select", options=OPTIONS, dispatch_action=True)
    view = (await open_view(slack, bot, **form(loud)))["view"]
    at = {"as_": "U0ANA", "view_id": view["id"], "block_id": "f", "action_id": "a"}
    done = await slack.do("input", **at, value="stuck")
    assert done["ack"]["status"] == "ok"
    payload = bot.payloads[-1]
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    action = payload["actions"][0]
    assert (action["type"], action["selected_option"]) == ("static_select", OPTIONS[1])
    assert action["action_ts"]
    assert payload["view"]["state"]["values"]["f"]["a"]["selected_option"] == OPTIONS[1]


async def test_only_the_top_modal_can_be_submitted(slack: Slack, bot: RawBot) -> None:
    below = (await open_view(slack, bot))["view"]
    above = (await open_view(slack, bot, "push"))["view"]
    assert (await submit(slack, below, 409))["error"] == "not_on_top"
    assert (await submit(slack, above, 409))["error"] == "no_submit"
    assert (await submit(slack, {"id": "V0NO"}, 404))["error"] == "view_not_found"


async def test_closing_tells_whoever_asked_for_it(slack: Slack, bot: RawBot) -> None:
    loud = {"notify_on_close": True}
    views = [(await open_view(slack, bot, method, **loud))["view"] for method in ("open", "push")]
    await slack.do("close", as_="U0ANA", view_id=views[1]["id"])
    assert (bot.payloads[-1]["type"], bot.payloads[-1]["is_cleared"]) == ("view_closed", False)
    await open_view(slack, bot, "push")
    await slack.do("close", as_="U0ANA", view_id=views[0]["id"], all=True)
    closed = [p for p in bot.payloads if p.get("type") == "view_closed"]
    assert [(p["view"]["id"], p["is_cleared"]) for p in closed[1:]] == [(views[0]["id"], True)]
    assert (await slack.see("state"))["modals"] == []


async def test_a_home_cannot_be_closed(slack: Slack) -> None:
    view = (await slack.api("views.publish", user_id="U0ANA", view=home()))["view"]
    refused = await slack.do("close", 409, as_="U0ANA", view_id=view["id"])
    assert refused["error"] == "not_a_modal"


async def test_external_options_come_from_the_bot(slack: Slack, bot: RawBot) -> None:
    select = field("f", "external_select", min_query_length=2)
    view = (await open_view(slack, bot, **form(select)))["view"]
    at = {"as_": "U0ANA", "view_id": view["id"], "block_id": "f", "action_id": "a"}
    assert (await slack.do("suggest", **at, query="s"))["ack"] is None
    bot.answer = lambda _: {"options": OPTIONS}
    shown = await slack.do("suggest", **at, query="st")
    assert shown["options"] == OPTIONS
    payload = bot.payloads[-1]
    assert (payload["type"], payload["value"]) == ("block_suggestion", "st")
    assert (payload["block_id"], payload["action_id"]) == ("f", "a")
    bot.answer = lambda _: None
    assert (await submit(slack, view, f="stuck"))["outcome"] == "closed"
    assert bot.payloads[-1]["view"]["state"]["values"]["f"]["a"]["selected_option"] == OPTIONS[1]


async def test_a_hundred_options_are_the_most(slack: Slack, bot: RawBot) -> None:
    view = (await open_view(slack, bot, **form(field("f", "external_select"))))["view"]
    bot.answer = lambda _: {"options": OPTIONS * 51}
    at = {"as_": "U0ANA", "view_id": view["id"], "block_id": "f", "action_id": "a"}
    assert (await slack.do("suggest", **at, query="stuck"))["options"] == []
    assert (await slack.see("log"))["entries"][-1]["error"] == "invalid_options"
