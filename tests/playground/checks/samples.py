"""The smallest valid payloads, and ways to stretch them to a limit."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Json = dict[str, Any]
T = TypeVar("T")


def names(table: Sequence[tuple[Callable[[T], Json], int, str]], sample: T) -> list[str]:
    """Name each (payload of a size, limit, pointer) after its type and pointer."""
    return [f"{build(sample)['type']}{pointer}" for build, _, pointer in table]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(n: int = 0, **more: Any) -> Json:
    return {"text": plain(f"option {n}"), "value": str(n), **more}


def options(count: int) -> list[Json]:
    return [option(n) for n in range(count)]


def button(n: int = 0, **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": f"b{n}", **more}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://e.org/i.png", "alt_text": "x", **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def input_block(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def rich_text(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_section(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


def leaf(text: str = "x") -> Json:
    return {"type": "text", "text": text}


def raw(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def data_table(rows: list[list[Json]], **more: Any) -> Json:
    return {"type": "data_table", "caption": "x", "rows": rows, **more}


def chart(chart: Json, **more: Any) -> Json:
    return {"type": "data_visualization", "title": "x", "chart": chart, **more}


def pie(count: int = 1) -> Json:
    return {"type": "pie", "segments": [{"label": "x", "value": 1}] * count}


def lines(series: int = 1, points: int = 1) -> Json:
    labels = [str(n) for n in range(points)]
    return {
        "type": "line",
        "series": [
            {"name": str(n), "data": [{"label": label, "value": -1.5} for label in labels]}
            for n in range(series)
        ],
        "axis_config": {"categories": labels},
    }


def video(**more: Any) -> Json:
    url = "https://e.org/v"
    return {
        "type": "video",
        "alt_text": "x",
        "title": plain(),
        "thumbnail_url": url,
        "video_url": url,
        **more,
    }


def message(*blocks: Json, **more: Any) -> Json:
    return {"channel": "C1", "text": "x", "blocks": list(blocks), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(),
        "submit": plain(),
        "blocks": list(blocks) or [section()],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def shorter(limit: int) -> str:
    return f"must be less than {limit + 1} characters"


def fewer(limit: int) -> str:
    return f"no more than {limit} items allowed"


def problem(why: str, pointer: str) -> str:
    return f"[ERROR] {why} [json-pointer:{pointer}]"
