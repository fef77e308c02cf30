"""Rich text trees, tables and charts."""

from copy import deepcopy
from typing import Any

import pytest

from bot.playground.checks import check_message
from tests.playground.checks.samples import (
    Json,
    chart,
    data_table,
    fewer,
    leaf,
    lines,
    message,
    pie,
    problem,
    raw,
    rich_section,
    rich_text,
    shorter,
)


def bullets(*items: Json, **more: Any) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items), **more}


VALID: list[Json] = [
    rich_section(),
    rich_section(leaf() | {"style": {"bold": True, "code": False, "underline": True}}),
    rich_section({"type": "link", "url": "https://e.org", "text": "x", "unsafe": False}),
    rich_section({"type": "emoji", "name": "wave", "skin_tone": 3}),
    rich_section({"type": "user", "user_id": "U1", "style": {"client_highlight": True}}),
    rich_section({"type": "usergroup", "usergroup_id": "S1"}),
    rich_section({"type": "channel", "channel_id": "C1"}),
    rich_section({"type": "broadcast", "range": "here"}),
    rich_section({"type": "team", "team_id": "T1"}),
    rich_section({"type": "color", "value": "#F405B3"}),
    rich_section({"type": "date", "timestamp": 1770107400, "format": "{date}", "fallback": "x"}),
    bullets(rich_section(leaf()), indent=8, border=1, offset=2),
    {"type": "rich_text_preformatted", "elements": [leaf()], "border": 0},
    {"type": "rich_text_quote", "elements": [leaf(), {"type": "emoji", "name": "wave"}]},
]

INVALID: list[tuple[Json, str, str]] = [
    (leaf(), "unsupported type: text", "/type"),
    (rich_section(rich_section()), "unsupported type: rich_text_section", "/elements/0/type"),
    (rich_section(leaf("")), "must be more than 0 characters", "/elements/0/text"),
    (rich_section(leaf() | {"style": {"blink": True}}), "invalid additional property: blink",
     "/elements/0/style"),
    (rich_section({"type": "link"}), "missing required field: url", "/elements/0"),
    (rich_section({"type": "user"}), "missing required field: user_id", "/elements/0"),
    (rich_section({"type": "broadcast", "range": "all"}), "must be a valid enum value",
     "/elements/0/range"),
    (rich_section({"type": "date", "timestamp": "1", "format": "x"}), "must provide an integer",
     "/elements/0/timestamp"),
    (bullets(rich_section(), indent=9), "must be at most 8", "/indent"),
    (bullets(rich_section(), indent=-1), "must be at least 0", "/indent"),
    (bullets(rich_section(), style="dash"), "must be a valid enum value", "/style"),
    (bullets(bullets(rich_section())), "unsupported type: rich_text_list", "/elements/0/type"),
    (bullets(), "must provide at least 1 items", "/elements"),
    ({"type": "rich_text_quote"}, "missing required field: elements", ""),
    ({"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "wave"}]},
     "unsupported type: emoji", "/elements/0/type"),
]  # fmt: skip


@pytest.mark.parametrize("part", VALID, ids=str)
def test_rich_text_that_slack_takes(part: Json) -> None:
    assert check_message(message(rich_text(part))) == []


@pytest.mark.parametrize(("part", "why", "pointer"), INVALID, ids=str)
def test_rich_text_that_slack_refuses(part: Json, why: str, pointer: str) -> None:
    assert check_message(message(rich_text(part))) == [
        problem(why, f"/blocks/0/elements/0{pointer}")
    ]


NUMBER = {"type": "raw_number", "value": 0.5, "text": "0.50"}
RICH = rich_text(rich_section(leaf()))


def test_cells_of_tables() -> None:
    settings = [None, {"align": "right"}, {"is_wrapped": True}]
    table = {"type": "table", "rows": [[raw(), NUMBER, RICH]], "column_settings": settings}
    assert check_message(message(table, data_table([[raw(), NUMBER], [RICH, raw()]]))) == []
    table = {"type": "table", "rows": [[raw(""), {"type": "mrkdwn", "text": "x"}]]}
    assert check_message(message(table)) == [
        problem("must be more than 0 characters", "/blocks/0/rows/0/0/text"),
        problem("unsupported type: mrkdwn", "/blocks/0/rows/0/1/type"),
    ]


TABLES: list[tuple[Json, str, str]] = [
    (data_table([[raw()]]), "must provide at least 2 items", "/rows"),
    (data_table([[], []]), "must provide at least 1 items", "/rows/0"),
    (data_table([[raw()] * 21] * 2), fewer(20), "/rows/0"),
    (data_table([[RICH], [raw()]]), "unsupported type: rich_text", "/rows/0/0/type"),
    (data_table([[raw()], [raw()] * 2]), "must have as many cells as the header: 1", "/rows/1"),
    (data_table([[raw()]] * 2, page_size=0), "must be at least 1", "/page_size"),
    (data_table([[raw()]] * 2, page_size=101), "must be at most 100", "/page_size"),
    (data_table([[raw()]] * 2, row_header_column_index=1), "must be the index of a column",
     "/row_header_column_index"),
    (data_table([[raw()]] * 2, row_header_column_index=-1), "must be at least 0",
     "/row_header_column_index"),
    (data_table([[raw()]] * 2, caption=""), "must be more than 0 characters", "/caption"),
    (data_table([[NUMBER | {"value": "1"}], [raw()]]), "must provide a number", "/rows/0/0/value"),
    ({"type": "table", "rows": []}, "must provide at least 1 items", "/rows"),
    ({"type": "table", "rows": "x"}, "must provide an array", "/rows"),
    ({"type": "table", "rows": [[raw()]], "column_settings": [{"align": "justify"}]},
     "must be a valid enum value", "/column_settings/0/align"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "why", "pointer"), TABLES, ids=str)
def test_tables_that_slack_refuses(block: Json, why: str, pointer: str) -> None:
    assert check_message(message(block))[0] == problem(why, f"/blocks/0{pointer}")


def test_a_data_table_at_its_limits() -> None:
    rows = [[raw()] * 20] * 101
    assert check_message(message(data_table(rows, page_size=100, row_header_column_index=19))) == []


def changed(drawn: Json, path: str, value: object) -> Json:
    """Copy a chart with one value set, at a path of keys and indexes."""
    copy = deepcopy(drawn)
    *above, last = path.split("/")
    at: Any = copy
    for step in above:
        at = at[int(step) if step.isdigit() else step]
    at[last] = value
    return copy


LINES = lines(series=2, points=2)
CHARTS: list[tuple[Json, str, object, str]] = [
    (pie(), "segments/0/label", "x" * 21, shorter(20)),
    (pie(), "segments/0/value", 0, "must be greater than 0"),
    (pie(), "segments", [], "must provide at least 1 items"),
    (LINES, "series/0/name", "x" * 21, shorter(20)),
    (LINES, "series/1/name", "0", "must be unique across all series"),
    (LINES, "series/0/data/1/value", None, "must provide a number"),
    (LINES, "series/1/data", [{"label": "0", "value": 1}],
     "must have exactly one point for every category"),
    (LINES, "axis_config/x_label", "x" * 51, shorter(50)),
    (LINES, "axis_config/y_label", "x" * 51, shorter(50)),
    (LINES, "type", "radar", "unsupported type: radar"),
]  # fmt: skip


@pytest.mark.parametrize(("drawn", "path", "value", "why"), CHARTS, ids=str)
def test_charts_that_slack_refuses(drawn: Json, path: str, value: object, why: str) -> None:
    assert check_message(message(chart(drawn))) == []
    assert check_message(message(chart(changed(drawn, path, value)))) == [
        problem(why, f"/blocks/0/chart/{path}")
    ]


def test_a_chart_at_its_limits() -> None:
    full = lines(series=6, points=20)
    for axis in ("x_label", "y_label"):
        full = changed(full, f"axis_config/{axis}", "x" * 50)
    assert check_message(message(chart(full), chart(pie(6)))) == []
    found = check_message(message(chart(lines(points=21))))
    assert found == [
        problem(fewer(20), "/blocks/0/chart/series/0/data"),
        problem(fewer(20), "/blocks/0/chart/axis_config/categories"),
    ]
    long = changed(changed(lines(), "axis_config/categories", ["x" * 21]), "series/0/data/0/label",
                   "x" * 21)  # fmt: skip
    assert check_message(message(chart(long))) == [
        problem(shorter(20), "/blocks/0/chart/series/0/data/0/label"),
        problem(shorter(20), "/blocks/0/chart/axis_config/categories/0"),
    ]
