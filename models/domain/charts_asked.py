"""Pictures that somebody can ask for."""

from enum import StrEnum


class Picture(StrEnum):
    """Which one."""

    PROGRESS = "progress"
    PORTFOLIO = "portfolio"
