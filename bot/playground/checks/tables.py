"""Tables, data tables and charts: the blocks that hold data."""

from typing import Any

from bot.playground.checks.limits import BLOCKS, OBJECTS
from bot.playground.checks.objects import BLOCK_ID
from bot.playground.checks.problems import Place
from bot.playground.checks.rich_text import RICH_TEXT, text_length
from bot.playground.checks.rules import (
    Rule,
    array,
    boolean,
    choice,
    dicts,
    integer,
    kinds,
    number,
    record,
    string,
)

_CELLS = {
    "raw_text": record({"text": string(OBJECTS["raw_text"]["text_min"])}, {}, kind="raw_text"),
    "raw_number": record(
        {"value": number(), "text": string(OBJECTS["raw_number"]["text_min"])},
        {},
        kind="raw_number",
    ),
    "rich_text": RICH_TEXT,
}
_TABLE = BLOCKS["table"]
_DATA_TABLE = BLOCKS["data_table"]
_CHART = BLOCKS["data_visualization"]


_SETTINGS = record({}, {"align": choice(_TABLE["align"]), "is_wrapped": boolean})


def _cell(allowed: list[str]) -> Rule:
    return kinds({name: _CELLS[name] for name in allowed}, {})


def _column_settings(value: Any, place: Place) -> None:
    """``null`` skips a column."""
    if value is not None:
        _SETTINGS(value, place)


def _data_row(allowed: list[str]) -> Rule:
    return array(_cell(allowed), _DATA_TABLE["columns_min"], _DATA_TABLE["columns_max"])


_HEADER_ROW = _data_row(_DATA_TABLE["header_cells"])
_DATA_ROW = _data_row(_DATA_TABLE["cells"])


def _data_rows(value: Any, place: Place) -> None:
    """A header without rich text, then rows of the same length."""

    def row(cells: Any, at: Place) -> None:
        (_HEADER_ROW if at.path[-1] == 0 else _DATA_ROW)(cells, at)

    array(row, _DATA_TABLE["rows_min"], _DATA_TABLE["rows_max"])(value, place)
    rows = [one for one in value if isinstance(one, list)] if isinstance(value, list) else []
    for i, one in enumerate(rows):
        if len(one) != len(rows[0]):
            (place / i).refuse(f"must have as many cells as the header: {len(rows[0])}")


def _row_header(value: dict[str, Any], place: Place) -> None:
    rows, index = value.get("rows"), value.get("row_header_column_index")
    columns = len(rows[0]) if isinstance(rows, list) and rows and isinstance(rows[0], list) else 0
    if isinstance(index, int) and index >= columns:
        (place / "row_header_column_index").refuse("must be the index of a column")


def _above_zero(value: Any, place: Place) -> None:
    number()(value, place)
    if isinstance(value, int | float) and value <= _CHART["pie_value_gt"]:
        place.refuse(f"must be greater than {_CHART['pie_value_gt']}")


def _series_fit(value: dict[str, Any], place: Place) -> None:
    """Each series has its own name and one point for every category."""
    config = value.get("axis_config")
    categories = config.get("categories") if isinstance(config, dict) else None
    names: list[Any] = []
    for i, one in dicts(value.get("series")):
        labels = [point.get("label") for _, point in dicts(one.get("data"))]
        at = place / "series" / i
        if one.get("name") in names:
            (at / "name").refuse("must be unique across all series")
        if isinstance(categories, list) and sorted(map(str, labels)) != sorted(
            map(str, categories)
        ):
            (at / "data").refuse("must have exactly one point for every category")
        names.append(one.get("name"))


_LABEL = string(high=_CHART["label_max"])
_AXIS_LABEL = string(high=_CHART["axis_label_max"])
_POINT = record({"label": _LABEL, "value": number()}, {})
_SERIES = record(
    {
        "name": string(high=_CHART["series_name_max"]),
        "data": array(_POINT, _CHART["points_min"], _CHART["points_max"]),
    },
    {},
)
_AXES = record(
    {
        "categories": array(
            string(high=_CHART["category_max"]), _CHART["points_min"], _CHART["points_max"]
        )
    },
    {"x_label": _AXIS_LABEL, "y_label": _AXIS_LABEL},
)


def _chart(kind: str) -> Rule:
    if kind == "pie":
        segments = array(
            record({"label": _LABEL, "value": _above_zero}, {}),
            _CHART["pie_segments_min"],
            _CHART["pie_segments_max"],
        )
        return record({"segments": segments}, {}, kind=kind)
    series = array(_SERIES, _CHART["series_min"], _CHART["series_max"])
    return record({"series": series, "axis_config": _AXES}, {}, _series_fit, kind=kind)


TABLE = record(
    {
        "rows": array(
            array(_cell(_TABLE["cells"]), high=_TABLE["columns_max"]), high=_TABLE["rows_max"]
        )
    },
    {
        **BLOCK_ID,
        "column_settings": array(_column_settings, high=_TABLE["column_settings_max"]),
    },
    kind="table",
)

DATA_TABLE = record(
    {"rows": _data_rows, "caption": string()},
    {
        **BLOCK_ID,
        "page_size": integer(_DATA_TABLE["page_size_min"], _DATA_TABLE["page_size_max"]),
        "row_header_column_index": integer(0),
    },
    _row_header,
    kind="data_table",
)

DATA_VISUALIZATION = record(
    {
        "title": string(high=_CHART["title_max"]),
        "chart": kinds({kind: _chart(kind) for kind in _CHART["chart_types"]}, {}),
    },
    BLOCK_ID,
    kind="data_visualization",
)


def table_length(block: dict[str, Any]) -> int:
    """Return the characters in all cells of a table or data table, in UTF-16 code units."""
    rows = block.get("rows")
    return sum(text_length(row) for row in rows) if isinstance(rows, list) else 0
