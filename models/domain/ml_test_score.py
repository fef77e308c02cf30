"""The ML Test Score (Breck et al. 2017): how much is tested, not whether it passes (domain §4.9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

NOT_DONE, BY_HAND, AUTOMATIC = 0.0, 0.5, 1.0
POINTS = (NOT_DONE, BY_HAND, AUTOMATIC)
SHOWN_NEXT = 3
SECTIONS = {
    "data": "Data",
    "model": "Model",
    "infra": "Infrastructure",
    "monitor": "Monitoring",
}
"""How people call them, in their order."""


@dataclass(frozen=True)
class Band:
    """What a score over `over`, up to and with `to`, says; without `over` it is nothing at all."""

    to: float
    says: str
    over: float | None = None

    @property
    def range(self) -> str:
        """“over 1, up to 2”."""
        return f"{self.to:g}" if self.over is None else f"over {self.over:g}, up to {self.to:g}"


@dataclass(frozen=True)
class Scored:
    """Sums by section, 0 to 7 each; the score is the smallest. `next` are the cheapest half-points."""

    sections: dict[str, float]
    score: float
    weakest: str
    band: Band
    next: tuple[str, ...]

    @property
    def says(self) -> str:
        """“2 of 7, first pass at production; weakest: Monitoring”."""
        return f"{self.score:g} of 7, {self.band.says}; weakest: {SECTIONS[self.weakest]}"


def scored(
    sections: Mapping[str, Collection[str]],
    points: Mapping[str, float],
    bands: tuple[Band, ...],
) -> Scored:
    """The score of `points` by test, of tests by section; a test without points is not done.

    Only the weakest section can raise the score, so the next half-points are there; writing down what
    isn't done yet is cheaper than automating what is done by hand. Of sections alike the first is named.
    """
    sums = {
        name: sum(points.get(test, NOT_DONE) for test in tests) for name, tests in sections.items()
    }
    weakest = min(sums, key=lambda name: sums[name])
    score = sums[weakest]
    open_ones = [test for test in sections[weakest] if points.get(test, NOT_DONE) < AUTOMATIC]
    cheapest = sorted(open_ones, key=lambda test: points.get(test, NOT_DONE))
    return Scored(
        sections=sums,
        score=score,
        weakest=weakest,
        band=next(band for band in bands if score <= band.to),
        next=tuple(cheapest[:SHOWN_NEXT]),
    )
