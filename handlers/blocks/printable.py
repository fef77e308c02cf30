"""A message as a page to print: its blocks as HTML, everything escaped, nothing loaded from elsewhere."""

from collections.abc import Iterable
from html import escape
from typing import Any

from handlers.blocks.document import Rendered

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.4rem; }} small {{ color: #595959; }} p {{ overflow-wrap: anywhere; }}
@media print {{ body {{ margin: 0; }} p, li {{ break-inside: avoid; }} }}
</style>
</head>
<body>
{body}
</body>
</html>"""


def html(rendered: Rendered) -> str:
    """The whole page; buttons, which do nothing on paper, are left out."""
    title = next(
        (one["text"]["text"] for one in rendered.blocks if one["type"] == "header"), "Labmate"
    )
    body = "\n".join(part for block in rendered.blocks for part in _block(block))
    return PAGE.format(title=escape(title), body=body)


def _block(block: dict[str, Any]) -> Iterable[str]:
    match block["type"]:
        case "header":
            yield f"<h1>{escape(block['text']['text'])}</h1>"
        case "context":
            for element in block["elements"]:
                yield f"<p><small>{escape(element['text'])}</small></p>"
        case "divider":
            yield "<hr>"
        case "rich_text":
            for part in block["elements"]:
                yield _rich(part)


def _rich(part: dict[str, Any]) -> str:
    if part["type"] == "rich_text_list":
        items = "".join(f"<li>{_spans(item['elements'])}</li>" for item in part["elements"])
        return f"<ul>{items}</ul>"
    return f"<p>{_spans(part['elements'])}</p>"


def _spans(elements: Iterable[dict[str, Any]]) -> str:
    return "".join(map(_span, elements)).replace("\n", "<br>")


def _span(element: dict[str, Any]) -> str:
    match element["type"]:
        case "channel" | "user":
            return ""
        case "link":
            return escape(element["text"])
    style = element.get("style") or {}
    words = escape(element["text"])
    if style.get("bold"):
        return f"<b>{words}</b>"
    return f"<i>{words}</i>" if style.get("italic") else words
