"""Every limit of a block: exactly at it passes, one past it is refused at the right pointer."""

from collections.abc import Callable

import pytest

from bot.playground.checks import check_message, check_view
from tests.playground.checks.samples import (
    Json,
    actions,
    button,
    chart,
    data_table,
    fewer,
    image,
    input_block,
    leaf,
    lines,
    message,
    modal,
    mrkdwn,
    names,
    pie,
    plain,
    problem,
    raw,
    rich_section,
    rich_text,
    section,
    shorter,
    video,
)

CARD = {"type": "card", "title": plain()}
TASK = {"type": "task_card", "task_id": "t", "title": "x", "status": "complete"}
CONTAINER = {"type": "container", "title": plain(), "child_blocks": [section()]}
INPUT: Json = {"type": "plain_text_input"}

TEXTS: list[tuple[Callable[[str], Json], int, str]] = [
    (lambda t: section(block_id=t), 255, "/block_id"),
    (lambda t: section(text=mrkdwn(t)), 3000, "/text/text"),
    (lambda t: section(fields=[plain(), mrkdwn(t)]), 2000, "/fields/1/text"),
    (lambda t: {"type": "header", "text": plain(t)}, 150, "/text/text"),
    (lambda t: {"type": "context", "elements": [mrkdwn(t)]}, 3000, "/elements/0/text"),
    (lambda t: image(alt_text=t), 2000, "/alt_text"),
    (lambda t: image(image_url=t), 3000, "/image_url"),
    (lambda t: image(title=plain(t)), 2000, "/title/text"),
    (lambda t: input_block(INPUT, label=plain(t)), 2000, "/label/text"),
    (lambda t: input_block(INPUT, hint=plain(t)), 2000, "/hint/text"),
    (lambda t: {"type": "card", "title": mrkdwn(t)}, 150, "/title/text"),
    (lambda t: {**CARD, "subtitle": mrkdwn(t)}, 150, "/subtitle/text"),
    (lambda t: {**CARD, "body": mrkdwn(t)}, 200, "/body/text"),
    (lambda t: {**CARD, "subtext": mrkdwn(t)}, 200, "/subtext/text"),
    (lambda t: {**CARD, "hero_image": image(image_url=t)}, 3000, "/hero_image/image_url"),
    (lambda t: {**CARD, "icon": image(alt_text=t)}, 2000, "/icon/alt_text"),
    (lambda t: {**CONTAINER, "title": plain(t)}, 150, "/title/text"),
    (lambda t: {**CONTAINER, "subtitle": mrkdwn(t)}, 150, "/subtitle/text"),
    (lambda t: {**CONTAINER, "icon": image(image_url=t)}, 3000, "/icon/image_url"),
    (lambda t: video(title=plain(t)), 199, "/title/text"),
    (lambda t: video(description=plain(t)), 199, "/description/text"),
    (lambda t: video(author_name=t), 49, "/author_name"),
    (lambda t: chart(pie(), title=t), 50, "/title"),
]

COUNTS: list[tuple[Callable[[int], Json], int, str]] = [
    (lambda n: actions(*(button(i) for i in range(n))), 25, "/elements"),
    (lambda n: {"type": "context", "elements": [plain()] * n}, 10, "/elements"),
    (lambda n: section(fields=[plain()] * n), 10, "/fields"),
    (
        lambda n: {
            "type": "context_actions",
            "elements": [
                {"type": "icon_button", "icon": "trash", "text": plain(), "action_id": str(i)}
                for i in range(n)
            ],
        },
        5,
        "/elements",
    ),
    (lambda n: {**CARD, "actions": [button(i) for i in range(n)]}, 3, "/actions"),
    (lambda n: {"type": "carousel", "elements": [CARD] * n}, 10, "/elements"),
    (lambda n: {**CONTAINER, "child_blocks": [section()] * n}, 10, "/child_blocks"),
    (lambda n: {"type": "table", "rows": [[raw()]] * n}, 100, "/rows"),
    (lambda n: {"type": "table", "rows": [[raw()] * n]}, 20, "/rows/0"),
    (lambda n: {"type": "table", "rows": [[raw()]], "column_settings": [None] * n}, 20,
     "/column_settings"),
    (lambda n: data_table([[raw()]] * n), 101, "/rows"),
    (lambda n: chart(pie(n)), 6, "/chart/segments"),
    (lambda n: chart(lines(series=n)), 6, "/chart/series"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "limit", "pointer"), TEXTS, ids=names(TEXTS, "x"))
def test_text_of_a_block(block: Callable[[str], Json], limit: int, pointer: str) -> None:
    assert check_message(message(block("x" * limit))) == []
    assert check_message(message(block("x" * (limit + 1)))) == [
        problem(shorter(limit), f"/blocks/0{pointer}")
    ]


@pytest.mark.parametrize(("block", "limit", "pointer"), COUNTS, ids=names(COUNTS, 1))
def test_number_of_items_in_a_block(block: Callable[[int], Json], limit: int, pointer: str) -> None:
    assert check_message(message(block(limit))) == []
    assert problem(fewer(limit), f"/blocks/0{pointer}") in check_message(message(block(limit + 1)))


def test_a_character_outside_the_basic_plane_counts_twice() -> None:
    assert check_message(message(section(text=plain("🧪" * 1500)))) == []
    assert check_message(message(section(text=plain("🧪" * 1500 + "x")))) == [
        problem(shorter(3000), "/blocks/0/text/text")
    ]


def test_alert_text() -> None:
    alert = {"type": "alert", "text": plain("x" * 200), "level": "warning"}
    assert check_view(modal(alert)) == []
    assert check_view(modal({**alert, "text": mrkdwn("x" * 201)})) == [
        problem(shorter(200), "/view/blocks/0/text/text")
    ]


@pytest.mark.parametrize("level", [0, 5, True, "1"])
def test_header_level_is_one_to_four(level: object) -> None:
    header = {"type": "header", "text": plain()}
    assert check_message(message({**header, "level": 1}, {**header, "level": 4})) == []
    (found,) = check_message(message({**header, "level": level}))
    assert "[json-pointer:/blocks/0/level]" in found


def test_markdown_is_counted_over_the_whole_message() -> None:
    markdown = {"type": "markdown", "text": "x" * 6000}
    assert check_message(message(markdown, section(), markdown)) == []
    assert check_message(message(markdown, markdown, {"type": "markdown", "text": "x"})) == [
        problem("must be less than 12001 characters in all markdown blocks", "/blocks/2/text")
    ]


def test_characters_of_all_cells_of_a_table() -> None:
    rich = rich_text(rich_section(leaf("x" * 5000), {"type": "user", "user_id": "U1"}))
    table = {"type": "table", "rows": [[raw("x" * 4999), raw()], [rich]]}
    assert check_message(message(table)) == []
    table["rows"].append([raw()])  # type: ignore[attr-defined]  # a list inside a plain dict
    assert check_message(message(table)) == [
        problem("must be less than 10001 characters in all table blocks", "/blocks/0/rows")
    ]


def test_characters_of_all_data_tables_of_a_message() -> None:
    half = data_table([[raw()], [raw("x" * 4999)]])
    assert check_message(message(half, half)) == []
    assert check_message(message(half, half, data_table([[raw()], [raw()]]))) == [
        problem("must be less than 10001 characters in all data_table blocks", "/blocks/2/rows")
    ]


def test_one_table_and_two_charts_in_a_message() -> None:
    table = {"type": "table", "rows": [[raw()]]}
    charts = [chart(pie()), chart(lines())]
    assert check_message(message(table, *charts)) == []
    container = {**CONTAINER, "child_blocks": [table]}
    assert check_message(message(table, *charts, chart(pie()), container)) == [
        problem("no more than 2 data_visualization blocks allowed", "/blocks/3/type"),
        problem("no more than 1 table blocks allowed", "/blocks/4/child_blocks/0/type"),
    ]


def test_a_plan_holds_tasks_that_are_still_pending_and_a_message_does_not() -> None:
    pending = {**TASK, "status": "pending"}
    plan = {"type": "plan", "title": "x", "tasks": [pending, {"task_id": "t", "title": "x"}]}
    assert check_message(message(plan, TASK)) == []
    assert check_message(message(pending)) == [
        problem("must be a valid enum value", "/blocks/0/status")
    ]
