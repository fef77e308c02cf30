"""What a person can put into each kind of element, in modals and in messages."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.playground.conftest import Slack
from tests.playground.raw_bot import RawBot, socket_bot
from tests.playground.test_modals import OPTIONS, field, form, submit
from tests.playground.test_posting import post
from tests.playground.test_views import open_view, plain

JSON = dict[str, Any]
GROUPS = [{"label": plain("State"), "options": OPTIONS}]
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}


@pytest.fixture
async def bot(slack: Slack) -> AsyncIterator[RawBot]:
    async with socket_bot(slack) as bot:
        yield bot


@pytest.mark.parametrize(
    ("kind", "element", "value", "held"),
    [
        ("datepicker", {}, "2026-02-03", {"selected_date": "2026-02-03"}),
        ("timepicker", {"timezone": "Asia/Tokyo"}, "09:30", {"selected_time": "09:30"}),
        ("datetimepicker", {}, 1770107400, {"selected_date_time": 1770107400}),
        ("radio_buttons", {"options": OPTIONS}, "stuck", {"selected_option": OPTIONS[1]}),
        ("static_select", {"option_groups": GROUPS}, "stuck", {"selected_option": OPTIONS[1]}),
        ("channels_select", {}, "C0TEAM", {"selected_channel": "C0TEAM"}),
        ("conversations_select", {}, "U0BEN", {"selected_conversation": "U0BEN"}),
        ("multi_channels_select", {}, ["C0TEAM"], {"selected_channels": ["C0TEAM"]}),
        ("rich_text_input", {}, "x", {"rich_text_value": RICH}),
        ("rich_text_input", {}, RICH, {"rich_text_value": RICH}),
        ("number_input", {"is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
        ("url_text_input", {}, "https://x.test", {"value": "https://x.test"}),
    ],
)
async def test_what_is_entered_is_what_the_bot_gets(
    slack: Slack, bot: RawBot, kind: str, element: JSON, value: Any, held: JSON
) -> None:
    view = (await open_view(slack, bot, **form(field("f", kind, **element))))["view"]
    assert (await submit(slack, view, f=value))["outcome"] == "closed"
    state = bot.payloads[-1]["view"]["state"]["values"]["f"]["a"]
    zone = {"timezone": "Asia/Tokyo"} if kind == "timepicker" else {}
    assert state == {"type": kind, **held, **zone}


@pytest.mark.parametrize(
    ("kind", "element", "value"),
    [
        ("datepicker", {}, "tomorrow"),
        ("timepicker", {}, "noon"),
        ("plain_text_input", {}, 7),
        ("users_select", {}, "U0NO"),
        ("conversations_select", {}, "C0NO"),
        ("checkboxes", {"options": OPTIONS}, "stuck"),
        ("external_select", {}, "stuck"),
    ],
)
async def test_what_nobody_could_enter_is_refused(
    slack: Slack, bot: RawBot, kind: str, element: JSON, value: Any
) -> None:
    view = (await open_view(slack, bot, **form(field("f", kind, **element))))["view"]
    refused = await submit(slack, view, 400, f=value)
    assert refused["error"] in {"bad_value", "no_such_option"}


async def test_several_elements_of_a_block_are_named_one_by_one(slack: Slack, bot: RawBot) -> None:
    pickers = [{"type": "datepicker", "action_id": name} for name in ("from", "to")]
    actions = {"type": "actions", "block_id": "days", "elements": pickers}
    view = (await open_view(slack, bot, **form(actions)))["view"]
    assert (await submit(slack, view, 404, days="2026-02-03"))["error"] == "no_such_element"
    values = {"days/to": "2026-02-03"}
    await slack.do("submit", as_="U0ANA", view_id=view["id"], values=values)
    held = bot.payloads[-1]["view"]["state"]["values"]["days"]
    assert (held["from"]["selected_date"], held["to"]["selected_date"]) == (None, "2026-02-03")


async def test_an_external_select_in_a_message(slack: Slack, bot: RawBot) -> None:
    select = {"type": "external_select", "action_id": "pick", "min_query_length": 0}
    block: JSON = {"type": "actions", "block_id": "acts", "elements": [select]}
    message = await post(slack, "C0TEAM", blocks=[block])
    at = {"channel": "C0TEAM", "ts": message["ts"], "block_id": "acts", "action_id": "pick"}
    at["as_"] = "U0ANA"
    bot.answer = lambda _: {"option_groups": GROUPS}
    assert (await slack.do("suggest", **at))["option_groups"] == GROUPS
    payload = bot.payloads[-1]
    assert (payload["container"]["type"], payload["message"]["ts"]) == ("message", message["ts"])
    await slack.do("click", **at, value="running")
    assert bot.payloads[-1]["actions"][0]["selected_option"] == OPTIONS[0]
    bot.answer = lambda _: {"nothing": "offered"}
    assert (await slack.do("suggest", **at))["options"] == []


async def test_choices_in_a_message_stay_when_it_changes(slack: Slack, bot: RawBot) -> None:
    elements: list[JSON] = [{"type": "users_select", "action_id": "who"}]
    block: JSON = {"type": "actions", "block_id": "acts", "elements": elements}
    message = await post(slack, "C0TEAM", blocks=[block])
    at = {"as_": "U0ANA", "channel": "C0TEAM", "ts": message["ts"], "block_id": "acts"}
    await slack.do("click", **at, action_id="who", value="U0BEN")
    elements.append({"type": "button", "action_id": "go", "text": plain("Go")})
    await slack.api("chat.update", channel="C0TEAM", ts=message["ts"], blocks=[block])
    await slack.do("click", **at, action_id="go")
    state = bot.payloads[-1]["state"]["values"]
    assert state["acts"]["who"]["selected_user"] == "U0BEN"
    missing = await slack.do("click", 404, **at, action_id="none")
    assert missing["error"] == "no_such_element"
    gone = await slack.do("click", 404, **(at | {"ts": "1.000001"}), action_id="go")
    assert gone["error"] == "message_not_found"
