"""A second look at a surprising number (S0-21): who is asked, and what they may find (`progress`: which)."""

from enum import StrEnum

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
