"""Where in a payload a check stands, and what it found there."""

from typing import NamedTuple


class Place(NamedTuple):
    """One spot of a payload that is being checked.

    Attributes:
        path: keys and indexes from the method's arguments to this spot.
        surface: ``message``, ``modal`` or ``home``.
        problems: what was refused so far, shared by all places of one check.
    """

    path: tuple[str | int, ...]
    surface: str
    problems: list[str]

    def __truediv__(self, key: str | int) -> "Place":
        return Place((*self.path, key), self.surface, self.problems)

    def refuse(self, why: str) -> None:
        """Note a problem here, in the words of Slack's ``response_metadata.messages``.

        The spot is named by a JSON pointer (RFC 6901).
        """
        steps = (str(key).replace("~", "~0").replace("/", "~1") for key in self.path)
        pointer = "".join(f"/{step}" for step in steps)
        self.problems.append(f"[ERROR] {why} [json-pointer:{pointer}]")
