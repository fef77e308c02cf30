"""What a button or a form of a project's page is about; checked when it comes back."""

from enum import StrEnum
from typing import NamedTuple, Self

from models.domain.errors import Unknown


class Back(StrEnum):
    """What stands below a form, and is shown anew when it is sent."""

    PAGE = "page"
    ROLES = "roles"
    CHARTER = "charter"
    GOVERNANCE = "governance"
    GAPS = "gaps"


class ProjectRef(NamedTuple):
    """A project, what of it (a role, a topic, a track), where it goes back to, and what the form showed."""

    project_id: int
    about: str = ""
    back: Back = Back.PAGE
    shown: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """As a button or a form carries it."""
        return "|".join((str(self.project_id), self.about, self.back, ",".join(self.shown)))

    @classmethod
    def of(cls, value: str) -> Self:
        """From a button's value or a form's metadata; the project's id alone will do.

        Raises:
            Unknown: it is none that we made.
        """
        number, about, back, shown = (*value.split("|"), "", "", "")[:4]
        if not (number.isascii() and number.isdecimal()) or len(number) > 18:
            raise Unknown
        if back and back not in set(Back):
            raise Unknown
        seen = tuple(one for one in shown.split(",") if one)
        return cls(int(number), about, Back(back or Back.PAGE), seen)
