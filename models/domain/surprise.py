"""The surprise check (domain §2.5, S0-21): be glad of a good number, and have it looked at once more."""

from enum import StrEnum

from models.domain.metric import TOLERANCE, Goal, gain, reaches
from models.domain.progress import Progress

LEAP = 10
"""A gain of so many times `min_delta` is to be confirmed."""
CONFIRMERS = 3
"""People who are asked for a second look; anybody else who may can give one, too."""


class AsideReason(StrEnum):
    """Why a number doesn't count (domain §2.2-8)."""

    LEAK = "leak"
    BUG = "bug"
    WRONG_DATA = "wrong_data"
    NOT_COMPARABLE = "not_comparable"
    NOT_DEPLOYABLE = "not_deployable"

    @property
    def label(self) -> str:
        """As people choose it."""
        return {
            AsideReason.LEAK: "A leak: it saw what it should predict",
            AsideReason.BUG: "A bug in the code or the measuring",
            AsideReason.WRONG_DATA: "Measured on the wrong data",
            AsideReason.NOT_COMPARABLE: "Not comparable with the others",
            AsideReason.NOT_DEPLOYABLE: "Can't be used in the product",
        }[self]


def is_surprising(
    value: float, before: Progress, *, goal: Goal, acceptance: float, min_delta: float
) -> bool:
    """Whether a number is to be confirmed; `before` is where the project stood without it.

    It is the first past acceptance, or gains LEAP × `min_delta` or more over the last counted result.
    """
    first_past = reaches(goal, value, acceptance) and not reaches(goal, before.best, acceptance)
    return first_past or gain(goal, value, before.reference) >= LEAP * min_delta - TOLERANCE
