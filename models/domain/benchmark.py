"""Benchmarks over time: which value was needed on which day, who agreed to it, what makes a new version."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from models.domain.metric import TOLERANCE, Goal, gain

SPREADS = 2
"""The smallest change that counts is at least so many spreads of repeated runs (domain §2.5)."""
MOST_METRICS = 20
"""Metrics that a project may have; more guide nobody."""


class Moved(StrEnum):
    """What has changed, so that results can't be compared any more: a new version starts (domain §2.2-6)."""

    DATA = "data"
    EVALUATION = "evaluation"
    POPULATION = "population"
    TIMING = "timing"

    @property
    def label(self) -> str:
        """As people choose it."""
        return {
            Moved.DATA: "The data",
            Moved.EVALUATION: "The evaluation set",
            Moved.POPULATION: "The population: who or what it is about",
            Moved.TIMING: "The timing rules: what is known when",
        }[self]


class Side(StrEnum):
    """Who agrees to an acceptance: product and engineering together (S1-18)."""

    BUSINESS = "business"
    MAKERS = "makers"


def needed_on(acceptance: float, earlier: Sequence[Sequence[Any]], today: date) -> float:
    """The acceptance that held on `today`; `earlier` are former ones with the last day of each."""
    for last_day, value in earlier:
        if today <= date.fromisoformat(last_day):
            return float(value)
    return acceptance


def still_holds(earlier: Sequence[Sequence[Any]], today: date) -> bool:
    """Whether the newest acceptance was the one of `today`."""
    return all(date.fromisoformat(last_day) < today for last_day, _ in earlier)


def earlier_with(
    acceptance: float, earlier: Sequence[Sequence[Any]], *, effective: date, today: date
) -> list[list[Any]]:
    """The former values once `acceptance` is replaced `today`: it held until yesterday.

    A value that held for no whole day is not kept: neither one of today's, nor one that is still to come.
    """
    yesterday = today - timedelta(days=1)
    kept = [list(one) for one in earlier]
    begun = max([effective, *(date.fromisoformat(day) + timedelta(days=1) for day, _ in earlier)])
    return [*kept, [yesterday.isoformat(), acceptance]] if begun <= yesterday else kept


def is_beyond(goal: Goal, acceptance: float, ceiling: float | None) -> bool:
    """Whether more is asked for than can be had, such as people's own error rate (S1-7)."""
    return ceiling is not None and gain(goal, acceptance, ceiling) > TOLERANCE


def advised_min_delta(lowest: float, highest: float) -> float | None:
    """The least that should count, from repeated runs of the same; None where they don't differ."""
    spread = abs(highest - lowest) * SPREADS
    return spread if spread > TOLERANCE else None
