"""A scope change: why the scope of a project moves (S3-21)."""

from enum import StrEnum


class ScopeReason(StrEnum):
    """The four reasons."""

    REQUIREMENTS = "requirements"
    DATA = "data"
    LONGER_SEARCH = "longer_search"
    GOOD_ENOUGH = "good_enough"
