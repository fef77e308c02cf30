"""A model in production: its last value against acceptance and against its first day (domain §2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.domain.experiment import Split
from models.domain.metric import TOLERANCE, gain, reaches
from models.domain.progress import Mark, Measured, Yardstick, points

DROP = 5
"""So many smallest changes below go-live are a finding even above acceptance."""


@dataclass(frozen=True)
class Live:
    """The last production value. `bad` counts the latest unbroken run of bad ones, from `bad_since`."""

    value: float
    on: date
    at_go_live: float
    acceptance: float | None
    bad: int
    bad_since: date | None
    above: bool = False
    """Whether the last value reaches acceptance all the same: it has only fallen."""


def live(
    measured: Iterable[Measured],
    yardstick: Yardstick,
    mark: Mark,
    *,
    today: date,
    drop: float = DROP,
) -> Live | None:
    """How the model did in production up to `today`; None while nothing was measured there.

    Of all measurements, in time order, only production's under this benchmark version count, and none
    that was excluded by then. Bad is a value worse than acceptance, or `drop` × min_delta worse than at
    go-live, which is the first value.
    """
    goal = yardstick.goal
    values = points(measured, goal=goal, version=mark.version, today=today, split=Split.PRODUCTION)
    if not values:
        return None
    first, last = values[0].value, values[-1]
    bad, since = 0, None
    for point in reversed(values):
        below = mark.acceptance is not None and not reaches(goal, point.value, mark.acceptance)
        fallen = gain(goal, first, point.value) >= drop * yardstick.min_delta - TOLERANCE
        if not (below or fallen):
            break
        bad, since = bad + 1, point.on
    needed = mark.acceptance
    above = needed is not None and reaches(goal, last.value, needed)
    return Live(last.value, last.on, first, needed, bad, since, above)
