"""The few kinds of rule that all of Block Kit is described with.

A rule takes a decoded JSON value and its place, and refuses there what Slack would refuse. The
wording follows what Slack answers; ``null`` is a value like any other, as it is for Slack.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from bot.playground.checks.problems import Place

Rule = Callable[[Any, Place], None]
Fields = Mapping[str, Rule]


def length(text: str) -> int:
    """Return the length in UTF-16 code units.

    Slack does not say what it counts as a character; this is the count that reaches a limit first.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def dicts(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield index and value of the objects in what should be an array of them."""
    if isinstance(value, list):
        yield from ((i, item) for i, item in enumerate(value) if isinstance(item, dict))


def string(low: int = 1, high: int | None = None, pattern: str | None = None) -> Rule:
    """Text of ``low`` to ``high`` UTF-16 code units that matches ``pattern`` as a whole."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, str):
            place.refuse("must provide a string")
        elif length(value) < low:
            place.refuse(f"must be more than {low - 1} characters")
        elif high is not None and length(value) > high:
            place.refuse(f"must be less than {high + 1} characters")
        elif pattern is not None and not re.fullmatch(pattern, value, re.ASCII):
            place.refuse(f"must match the pattern {pattern}")

    return check


def boolean(value: Any, place: Place) -> None:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        place.refuse("must provide a boolean")


def number(low: float | None = None, high: float | None = None, *, whole: bool = False) -> Rule:
    """Take a number from ``low`` to ``high``, both included."""
    wanted = int if whole else (int, float)

    def check(value: Any, place: Place) -> None:
        if isinstance(value, bool) or not isinstance(value, wanted):
            place.refuse("must provide an integer" if whole else "must provide a number")
        elif low is not None and value < low:
            place.refuse(f"must be at least {low}")
        elif high is not None and value > high:
            place.refuse(f"must be at most {high}")

    return check


def integer(low: int | None = None, high: int | None = None) -> Rule:
    """Take a whole number from ``low`` to ``high``, both included."""
    return number(low, high, whole=True)


def choice(values: Collection[str]) -> Rule:
    """One of a closed list of words."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, str) or value not in values:
            place.refuse("must be a valid enum value")

    return check


def array(item: Rule, low: int = 1, high: int | None = None) -> Rule:
    """Take a list of ``low`` to ``high`` items that each pass ``item``."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, list):
            place.refuse("must provide an array")
            return
        if len(value) < low:
            place.refuse(f"must provide at least {low} items")
        if high is not None and len(value) > high:
            place.refuse(f"no more than {high} items allowed")
        for i, one in enumerate(value):
            item(one, place / i)

    return check


def record(required: Fields, optional: Fields, *checks: Rule, kind: str | None = None) -> Rule:
    """Take an object with these fields and no others.

    Args:
        required: fields that must be there.
        optional: fields that may be there.
        checks: what must hold between the fields.
        kind: the value of the required field ``type``, for objects that have one.
    """
    needed = {"type": choice((kind,)), **required} if kind else required
    fields = {**needed, **optional}

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.refuse("must provide an object")
            return
        for name in needed:
            if name not in value:
                place.refuse(f"missing required field: {name}")
        for name, one in value.items():
            if name in fields:
                fields[name](one, place / name)
            else:
                place.refuse(f"invalid additional property: {name}")
        for between in checks:
            between(value, place)

    return check


def kinds(rules: Fields, surfaces: Mapping[str, Any]) -> Rule:
    """Take an object whose ``type`` picks the rule.

    Args:
        rules: type → rule.
        surfaces: type → its limits; a type is only known on its ``surfaces``, where it has them.
    """

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.refuse("must provide an object")
            return
        if "type" not in value:
            place.refuse("missing required field: type")
            return
        kind = value["type"]
        rule = rules.get(kind) if isinstance(kind, str) else None
        if rule and place.surface in surfaces.get(kind, {}).get("surfaces", (place.surface,)):
            rule(value, place)
        else:
            (place / "type").refuse(f"unsupported type: {kind}")

    return check


def needs_one_of(*names: str) -> Rule:
    """At least one of these fields is there."""

    def check(value: dict[str, Any], place: Place) -> None:
        if not any(name in value for name in names):
            either = " or ".join(f"`{name}`" for name in names)
            (place / "type" if "type" in value else place).refuse(f"must define either {either}")

    return check


def exclusive(*names: str) -> Rule:
    """No two of these fields are there."""

    def check(value: dict[str, Any], place: Place) -> None:
        if sum(name in value for name in names) > 1:
            both = " and ".join(f"`{name}`" for name in names)
            (place / "type" if "type" in value else place).refuse(f"cannot define both {both}")

    return check
