"""Limits and rules of modals and the App Home."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.checks import check_view
from tests.playground.checks.samples import (
    Json,
    actions,
    fewer,
    home,
    input_block,
    leaf,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    problem,
    rich_section,
    rich_text,
    section,
    shorter,
)

NAME = {"type": "plain_text_input", "action_id": "name"}


@pytest.mark.parametrize("field", ["title", "submit", "close"])
def test_titles_of_a_modal_have_24_characters(field: str) -> None:
    assert check_view(modal(**{field: plain("x" * 24)})) == []
    assert check_view(modal(**{field: plain("x" * 25)})) == [
        problem(shorter(24), f"/view/{field}/text")
    ]
    assert check_view(modal(**{field: mrkdwn()})) == [
        problem("unsupported type: mrkdwn", f"/view/{field}/type")
    ]


@pytest.mark.parametrize("view", [modal, home])
@pytest.mark.parametrize(
    ("field", "limit"), [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)]
)
def test_strings_of_a_view(view: Callable[..., Json], field: str, limit: int) -> None:
    assert check_view(view(**{field: "x" * limit})) == check_view(view(**{field: ""})) == []
    assert check_view(view(**{field: "x" * (limit + 1)})) == [
        problem(shorter(limit), f"/view/{field}")
    ]


@pytest.mark.parametrize("view", [modal, home])
def test_a_view_has_one_to_a_hundred_blocks(view: Callable[..., Json]) -> None:
    assert check_view(view(*[section()] * 100)) == []
    assert check_view(view(*[section()] * 101)) == [problem(fewer(100), "/view/blocks")]
    assert check_view({**view(), "blocks": []}) == [
        problem("must provide at least 1 items", "/view/blocks")
    ]


@pytest.mark.parametrize("view", [modal, home])
def test_a_view_has_at_most_250_kb(view: Callable[..., Json]) -> None:
    def of_blocks(count: int) -> Json:
        part = rich_text(rich_section(leaf("é" * 4000)))
        return view(*[part] * count)

    assert check_view(of_blocks(30)) == []
    assert check_view(of_blocks(32)) == [problem("must be less than 250001 bytes", "/view")]


@pytest.mark.parametrize("field", ["title", "blocks", "type"])
def test_required_fields_of_a_modal(field: str) -> None:
    view = modal()
    del view[field]
    assert check_view(view) == [problem(f"missing required field: {field}", "/view")]


@pytest.mark.parametrize("field", ["title", "submit", "close"])
def test_the_home_has_neither_title_nor_submit_nor_close(field: str) -> None:
    assert check_view(home(**{field: plain()})) == [
        problem(f"invalid additional property: {field}", "/view")
    ]


@pytest.mark.parametrize("field", ["id", "hash", "state", "root_view_id"])
def test_what_slack_adds_to_a_view_does_not_go_back(field: str) -> None:
    assert check_view(modal(**{field: "x"})) == [
        problem(f"invalid additional property: {field}", "/view")
    ]


def test_an_unknown_type_of_view() -> None:
    assert check_view(modal(type="dialog")) == [problem("unsupported type: dialog", "/view/type")]


def test_input_blocks_of_a_modal_need_submit() -> None:
    view = modal(section(), input_block(NAME))
    assert check_view(view) == []
    del view["submit"]
    assert check_view(view) == [
        problem("must define `submit` to use an `input` block in modals", "/view/blocks/1/input")
    ]
    assert check_view(home(input_block(NAME))) == []


def test_one_element_has_the_focus() -> None:
    focused = {**NAME, "focus_on_load": True}
    plainly = {**NAME, "focus_on_load": False}
    assert check_view(modal(input_block(plainly), input_block(focused))) == []
    assert check_view(modal(input_block(focused), input_block(focused))) == [
        problem(
            "only one element of a view can have the focus", "/view/blocks/1/element/focus_on_load"
        )
    ]


def test_a_dispatched_file_input_is_refused() -> None:
    files = input_block({"type": "file_input"})
    assert check_view(modal(files)) == check_view(modal({**files, "dispatch_action": False})) == []
    assert check_view(modal({**files, "dispatch_action": True})) == [
        problem("unsupported type: file_input", "/view/blocks/0/element/type")
    ]


@pytest.mark.parametrize("kind", ["conversations_select", "channels_select"])
def test_a_response_url_is_for_inputs_of_modals(kind: str) -> None:
    element = {"type": kind, "response_url_enabled": True}
    assert check_view(modal(input_block(element))) == []
    refused = "is for input blocks of modals"
    assert check_view(home(input_block(element))) == [
        problem(refused, "/view/blocks/0/element/response_url_enabled")
    ]
    assert check_view(modal(actions(element), section(accessory=element))) == [
        problem(refused, "/view/blocks/0/elements/0/response_url_enabled"),
        problem(refused, "/view/blocks/1/accessory/response_url_enabled"),
    ]


FORMS: list[tuple[dict[str, Any], str | None, str]] = [
    ({"type": "datepicker", "initial_date": "2026-02-28"}, None, ""),
    ({"type": "datepicker", "initial_date": "2026-02-30"}, "must be a date as", "initial_date"),
    ({"type": "datepicker", "initial_date": "20260228"}, "must be a date as", "initial_date"),
    ({"type": "datepicker", "initial_date": None}, "must be a date as", "initial_date"),
    ({"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin"}, None, ""),
    ({"type": "timepicker", "initial_time": "24:00"}, "must match", "initial_time"),
    ({"type": "timepicker", "initial_time": "9:30"}, "must match", "initial_time"),
    ({"type": "timepicker", "timezone": "Berlin"}, "must be an IANA", "timezone"),
    ({"type": "datetimepicker", "initial_date_time": 1770107400}, None, ""),
    ({"type": "datetimepicker", "initial_date_time": 177010740}, "must be at", "initial_date_time"),
    ({"type": "datetimepicker", "initial_date_time": "1770107400"}, "must", "initial_date_time"),
    ({"type": "number_input", "is_decimal_allowed": True, "initial_value": "0.5"}, None, ""),
    ({"type": "number_input", "is_decimal_allowed": False, "min_value": "0.5"},
     "must be a whole number", "min_value"),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": 3}, "must", "max_value"),
    ({"type": "number_input", "is_decimal_allowed": True, "min_value": "9", "max_value": "8"},
     "cannot be greater", "min_value"),
    ({"type": "number_input"}, "missing required field: is_decimal_allowed", ""),
    ({"type": "plain_text_input", "min_length": 9, "max_length": 8}, "cannot", "min_length"),
    ({"type": "static_select", "options": [option()], "initial_option": option()}, None, ""),
    ({"type": "static_select", "options": [option()], "initial_option": option(1)},
     "must match one of the options", "initial_option"),
    ({"type": "static_select", "initial_option": option(1),
      "option_groups": [{"label": plain(), "options": [option(1)]}]}, None, ""),
    ({"type": "checkboxes", "options": [option()], "initial_options": [option(), option(1)]},
     "must match one of the options", "initial_options/1"),
    ({"type": "static_select"}, "must define either `options` or `option_groups`", "type"),
    ({"type": "static_select", "options": [option()],
      "option_groups": [{"label": plain(), "options": [option(1)]}]}, "cannot define both", "type"),
    ({"type": "static_select", "options": [option()], "initial_option": None},
     "must provide an object", "initial_option"),
]  # fmt: skip


@pytest.mark.parametrize(("element", "why", "field"), FORMS, ids=str)
def test_values_of_an_input(element: Json, why: str | None, field: str) -> None:
    found = check_view(modal(input_block(element)))
    pointer = "/view/blocks/0/element" + (f"/{field}" if field else "")
    if why is None:
        assert found == []
    else:
        assert found
        assert found[0].startswith(f"[ERROR] {why}")
        assert found[0].endswith(f"[json-pointer:{pointer}]")


def test_a_message_is_no_view() -> None:
    assert check_view(message(section()))[0] == problem("missing required field: type", "/view")
