"""The ML Test Score (Breck et al. 2017): how much is tested, not whether it passes (domain §4.9)."""

from collections.abc import Mapping
from dataclasses import dataclass

NOT_DONE, BY_HAND, AUTOMATIC = 0.0, 0.5, 1.0
POINTS = (NOT_DONE, BY_HAND, AUTOMATIC)
SHOWN_NEXT = 3


@dataclass(frozen=True)
class Band:
    """What a score up to and with `to` says."""

    to: float
    says: str


@dataclass(frozen=True)
class Scored:
    """Sums by section, 0 to 7 each; the score is the smallest. `next` are the cheapest half-points."""

    sections: dict[str, float]
    score: float
    weakest: str
    says: str
    next: tuple[str, ...]


def scored(
    sections: Mapping[str, tuple[str, ...]],
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
        says=next(band.says for band in bands if score <= band.to),
        next=tuple(cheapest[:SHOWN_NEXT]),
    )
