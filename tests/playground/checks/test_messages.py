"""Arguments of the chat methods: counts, text, attachments, metadata."""

from typing import Any

import pytest

from bot.playground.checks import check_message
from tests.playground.checks.samples import (
    Json,
    actions,
    button,
    fewer,
    message,
    problem,
    section,
    shorter,
)


def test_a_message_has_at_most_fifty_blocks() -> None:
    assert check_message(message()) == check_message(message(*[section()] * 50)) == []
    assert check_message(message(*[section()] * 51)) == [problem(fewer(50), "/blocks")]


def test_a_message_has_at_most_a_hundred_attachments() -> None:
    legacy = {"color": "#36a64f", "text": "old", "fields": []}
    assert check_message({"text": "x", "attachments": [legacy] * 100}) == []
    assert check_message({"text": "x", "attachments": [legacy] * 101}) == [
        problem(fewer(100), "/attachments")
    ]


def test_blocks_of_attachments_are_checked_too() -> None:
    attachment = {"blocks": [section(block_id="a"), {"type": "foo"}]}
    assert check_message(message(section(block_id="a"), attachments=[attachment, "x"])) == [
        problem("unsupported type: foo", "/attachments/0/blocks/1/type"),
        problem("must provide an object", "/attachments/1"),
        problem('`block_id` "a" already exists', "/attachments/0/blocks/0/block_id"),
    ]


def test_an_argument_that_is_null_is_left_out() -> None:
    assert check_message({"text": "x", "blocks": None, "metadata": None}) == []


def test_text_is_cut_when_posted_and_refused_when_updated() -> None:
    assert check_message({"text": "x" * 50_000}) == []
    assert check_message({"text": "x" * 4000, "ts": "1770107400.000100"}) == []
    assert check_message({"text": "x" * 4001, "ts": "1770107400.000100"}) == [
        problem(shorter(4000), "/text")
    ]


def test_markdown_text_stands_alone() -> None:
    assert check_message({"markdown_text": "x" * 12_000}) == []
    assert check_message({"markdown_text": "x" * 12_001}) == [
        problem(shorter(12_000), "/markdown_text")
    ]
    assert check_message(message(section(), markdown_text="x")) == [
        problem("cannot be used with `text`", "/markdown_text"),
        problem("cannot be used with `blocks`", "/markdown_text"),
    ]


def test_a_thread_is_named_by_the_text_of_its_time() -> None:
    assert check_message({"text": "x", "thread_ts": "1770107400.000100"}) == []
    assert len(check_message({"text": "x", "thread_ts": 1770107400.0001})) == 1
    assert len(check_message({"text": "x", "thread_ts": "yesterday"})) == 1


PAYLOADS: list[tuple[Any, str | None]] = [
    ({}, None),
    ({"s": "x", "n": 1, "f": 0.5, "b": False}, None),
    ({"o": {"s": "x", "n": 1}}, None),
    ({"l": [{"s": "x"}, {"n": 2}]}, None),
    ({"o": {"deeper": {"s": "x"}}}, "/o"),
    ({"o": {"list": [1]}}, "/o"),
    ({"l": ["x"]}, "/l"),
    ({"l": [{"deeper": {}}]}, "/l"),
    ({"none": None}, "/none"),
    ({"a/b~": None}, "/a~1b~0"),
    ("x", ""),
]


@pytest.mark.parametrize(("payload", "pointer"), PAYLOADS, ids=str)
def test_metadata_is_one_level_deep(payload: Any, pointer: str | None) -> None:
    metadata = {"event_type": "standup_prompt", "event_payload": payload}
    found = check_message({"text": "x", "metadata": metadata})
    if pointer is None:
        assert found == []
    else:
        assert [one.rsplit("json-pointer:")[1] for one in found] == [
            f"/metadata/event_payload{pointer}]"
        ]


def test_metadata_has_a_type_and_a_payload_or_is_cleared() -> None:
    assert check_message({"text": "x", "metadata": {}}) == []
    assert check_message({"text": "x", "metadata": {"event_type": "a b", "more": 1}}) == [
        problem("missing required field: event_payload", "/metadata"),
        problem(r"must match the pattern \w+", "/metadata/event_type"),
        problem("invalid additional property: more", "/metadata"),
    ]


def test_a_block_id_is_used_once_in_a_message() -> None:
    container = {
        "type": "container",
        "title": {"type": "plain_text", "text": "x"},
        "child_blocks": [section(block_id="b")],
    }
    assert check_message(message(section(block_id="a"), section(), section(), container)) == []
    twice = message(section(block_id="a"), section(block_id="b"), section(block_id="a"), container)
    assert check_message(twice) == [
        problem('`block_id` "a" already exists', "/blocks/2/block_id"),
        problem('`block_id` "b" already exists', "/blocks/3/child_blocks/0/block_id"),
    ]


def test_an_action_id_is_used_once_in_a_block() -> None:
    assert check_message(message(actions(button(1), button(2)), actions(button(1)))) == []
    assert check_message(message(actions(button(1), button(1)))) == [
        problem('`action_id` "b1" already exists', "/blocks/0/elements/1/action_id")
    ]
    card: Json = {"type": "card", "actions": [button(1), button(1)]}
    assert check_message(message({"type": "carousel", "elements": [card]})) == [
        problem('`action_id` "b1" already exists', "/blocks/0/elements/0/actions/1/action_id")
    ]
