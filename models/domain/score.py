"""Scores of a project, given independently and shown together (S1-6 … S1-10)."""

from enum import StrEnum


class Axis(StrEnum):
    """What is scored, 1 to 10; complexity by technical roles only (S1-7), confidence weekly by its leads."""

    BENEFIT_UX = "benefit_ux"
    BENEFIT_PROFIT = "benefit_profit"
    COMPLEXITY = "complexity"
    CONFIDENCE = "confidence"
