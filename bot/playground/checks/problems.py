"""Where in a payload a check stands, and what it found there."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """One spot of a payload that is being checked.

    Attributes:
        pointer: JSON pointer (RFC 6901) from the method's arguments to this spot.
        surface: ``message``, ``modal`` or ``home``.
        problems: what was refused so far, shared by all places of one check.
    """

    pointer: str
    surface: str
    problems: list[str]

    def __truediv__(self, key: str | int) -> Self:
        step = str(key).replace("~", "~0").replace("/", "~1")
        return type(self)(f"{self.pointer}/{step}", self.surface, self.problems)

    def refuse(self, why: str) -> None:
        """Note a problem here, in the words of Slack's ``response_metadata.messages``."""
        self.problems.append(f"[ERROR] {why} [json-pointer:{self.pointer}]")
