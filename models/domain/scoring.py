"""Scores of a project, read together: mean and spread on each axis, reasons without names (S1-10, S1-32)."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.domain.score import Axis

MIDDLE = 5.5
"""Between low and high on a scale of 1 to 10."""
COMPLEX = 8
"""From this mean on a simpler version is asked for (S1-12)."""
SPREAD_APART = 4
"""From so many points between lowest and highest on it is worth talking about."""
SCORED = (Axis.BENEFIT_UX, Axis.BENEFIT_PROFIT, Axis.COMPLEXITY)


@dataclass(frozen=True)
class Given:
    """What somebody gave on one axis, and why."""

    axis: Axis
    value: int
    why: str


@dataclass(frozen=True)
class Together:
    """One axis of a round: how many scored, their mean, the lowest and the highest, and the reasons.

    The reasons stand in the order of their values, so that they say nothing about who gave them.
    """

    axis: Axis
    count: int
    mean: float
    low: int
    high: int
    reasons: tuple[tuple[int, str], ...]

    @property
    def apart(self) -> bool:
        """Whether people see it so differently that they should talk."""
        return self.high - self.low >= SPREAD_APART


@dataclass(frozen=True)
class Scored:
    """A project's last revealed scores: benefit is the mean of the two (domain §5.5-2)."""

    benefit: float
    complexity: float

    @property
    def order(self) -> float:
        """Most benefit for least complexity first (S1-11)."""
        return self.benefit - self.complexity

    @property
    def quadrant(self) -> str:
        """Where it would stand in the portfolio (domain §5.5-2)."""
        if MIDDLE in (self.benefit, self.complexity):
            return "on the line"
        if self.benefit > MIDDLE:
            return "start here" if self.complexity <= MIDDLE else "big bet"
        return "confidence builder" if self.complexity <= MIDDLE else "avoid for now"


def together(given: Iterable[Given]) -> dict[Axis, Together]:
    """A round's scores by axis; an axis that nobody scored is left out."""
    by_axis: dict[Axis, list[Given]] = {}
    for one in given:
        by_axis.setdefault(one.axis, []).append(one)
    return {axis: _axis(axis, by_axis[axis]) for axis in SCORED if axis in by_axis}


def _axis(axis: Axis, given: list[Given]) -> Together:
    values = [one.value for one in given]
    return Together(
        axis=axis,
        count=len(values),
        mean=sum(values) / len(values),
        low=min(values),
        high=max(values),
        reasons=tuple(sorted((one.value, one.why) for one in given if one.why)),
    )


def scored(axes: dict[Axis, Together]) -> Scored | None:
    """Benefit and complexity; None while one of them is missing."""
    benefits = [axes[axis].mean for axis in (Axis.BENEFIT_UX, Axis.BENEFIT_PROFIT) if axis in axes]
    if not benefits or Axis.COMPLEXITY not in axes:
        return None
    return Scored(sum(benefits) / len(benefits), axes[Axis.COMPLEXITY].mean)


def likelihood(confidence: int) -> str:
    """1 to 3 unlikely, 4 to 7 open, 8 to 10 likely (domain §3.3)."""
    if confidence <= 3:
        return "unlikely"
    return "open" if confidence <= 7 else "likely"
