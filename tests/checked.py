"""Slack's models look through all that they have for checks of theirs, whenever they become JSON.

Which there are says the class. To look once a class, not at every button, is a third of the work of the tests
that render whatever people may write; what is checked stays the same.
"""

from functools import cache

from slack_sdk.models.basic_objects import JsonObject


def once_a_class() -> None:
    """From here on."""
    JsonObject.validate_json = _validate  # type: ignore[method-assign, assignment]


def _validate(one: JsonObject) -> None:
    for name in _checks(type(one)):
        getattr(one, name)()


@cache
def _checks(kind: type[JsonObject]) -> tuple[str, ...]:
    names = (name for name in dir(kind) if not name.startswith("__"))
    return tuple(name for name in names if hasattr(getattr(kind, name), "validator"))
