"""Every registered command, click and form with its handler, read off the register itself."""

from collections.abc import Callable
from typing import Any, cast

from handlers import register as contents
from handlers.doors import Doors

Handler = Callable[..., Any]
DOING = ("prepares", "opens", "says", "stores", "updates")
"""What a listener does first; `then` and `page` only show anew."""
UNASKED = {"event", "any_other_verb"}
"""Slack's own events are nobody's action; what nobody understands asks for nothing."""


class Book:
    """Stands where the doors stand, and notes what is bound instead of binding it."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}

    def __getattr__(self, kind: str) -> Callable[..., None]:
        def note(name: object = "", **bound: Any) -> None:
            if kind == "opens_home":
                self.handlers[str(bound["turns"])] = bound["page"]
            elif kind not in UNASKED:
                handler = next(bound[one] for one in DOING if bound.get(one) is not None)
                self.handlers[f"/{name}" if kind == "verb" else str(name)] = handler

        return note


def handlers() -> dict[str, Handler]:
    """By id; verbs begin with a slash."""
    book = Book()
    contents.bind(cast(Doors, book))
    return book.handlers
