"""The pages that stand behind what is stored, by name: the outbox shows them anew."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from handlers import register
from handlers.calls import Opens, page_name
from handlers.doors import Doors


class _Pages:
    """Reads the table of contents for what is shown `then`."""

    def __init__(self) -> None:
        self.by_name: dict[str, Opens] = {}

    def __getattr__(self, _door: str) -> Callable[..., None]:
        return self._note

    def _note(self, *_what: Any, then: Opens | None = None, **_how: Any) -> None:
        if then is not None:
            self.by_name[page_name(then)] = then


@cache
def pages() -> Mapping[str, Opens]:
    """All of them."""
    found = _Pages()
    register.bind(cast(Doors, found))
    return found.by_name
