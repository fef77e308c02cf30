"""What somebody did in Slack, read from its payload."""

from typing import Any

import pytest

from handlers.deps import ask_of, verb_of
from tests.handlers.conftest import Bot, Json

FORM = {"team_id": "T1", "user": {"id": "U1", "name": "ana"}}


@pytest.mark.parametrize(
    ("text", "verb"), [(None, ""), (" ", ""), ("New", "new"), (" show  F-1", "show")]
)
def test_the_verb_is_the_first_word(text: str | None, verb: str) -> None:
    assert verb_of(text) == verb


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"selected_option": {"value": "a"}}, "a"),
        ({"selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"selected_options": []}, []),
        ({"selected_option": None, "value": None}, None),
        ({"selected_time": "09:30"}, "09:30"),
        ({"selected_users": ["U1"]}, ["U1"]),
        ({"selected_conversation": "C1"}, "C1"),
        ({"value": ""}, ""),
    ],
)
async def test_a_forms_values_are_read_by_field(bot: Bot, element: Json, value: Any) -> None:
    view = {"id": "V1", "state": {"values": {"field": {"input": element}}}}
    ask = ask_of({**FORM, "view": view}, bot.deps)
    assert ask.values == {"field": value}
    assert (ask.user, ask.user_name, ask.home, ask.today.isoformat()) == (
        "U1",
        "ana",
        bot.home,
        "2026-03-03",
    )


async def test_a_payload_of_another_workspace_is_nobodys(bot: Bot) -> None:
    with pytest.raises(KeyError):
        ask_of({**FORM, "team_id": "T2"}, bot.deps)
