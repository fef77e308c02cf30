"""A line of blocks for messages: how the best so far went, in a dozen characters (domain §5.5-4)."""

from collections.abc import Sequence

from models.domain.metric import Goal, gain

LEVELS = "▁▂▃▄▅▆▇█"
WIDTH = 12
"""Characters: the line stands beside its numbers on a phone."""


def sampled(series: Sequence[float], width: int = WIDTH) -> list[float]:
    """At most `width` values of a step line, evenly spaced, first and last among them."""
    if len(series) <= width:
        return list(series)
    return [series[round(n * (len(series) - 1) / (width - 1))] for n in range(width)]


def sparkline(series: Sequence[float], *, goal: Goal) -> str:
    """The series as blocks, a higher block for a better value whichever way is better.

    A series that stands still is a flat line at the bottom; an empty one is an empty string.
    """
    values = sampled(series)
    if not values:
        return ""
    worst = min(values) if goal is Goal.MAX else max(values)
    span = max(gain(goal, value, worst) for value in values)
    if span <= 0:
        return LEVELS[0] * len(values)
    top = len(LEVELS) - 1
    return "".join(LEVELS[round(gain(goal, value, worst) / span * top)] for value in values)
