"""The portfolio: the scored projects in order, and whether the bets are spread (S1-11, S0-31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.domain.score import Axis
from models.domain.scoring import SPREAD_APART, Scored, Together

TOO_MUCH = 0.6
"""Of all effort: a project that takes more is a bet that is not hedged (S0-31)."""


class Unhedged(StrEnum):
    """What is said about how the bets are spread."""

    ONE_TAKES_MOST = "one_takes_most"
    ONE_BET = "one_bet"
    NO_BET = "no_bet"


@dataclass(frozen=True)
class Ranked:
    """A scored project. `effort` is in person-weeks a week, `confidence` of 10 with its week, if said."""

    project_id: int
    key: str
    name: str
    scored: Scored
    axes: dict[Axis, Together]
    confidence: int | None = None
    effort: float | None = None
    active: bool = True
    proven: bool = False

    @property
    def apart(self) -> tuple[Axis, ...]:
        """Axes on which people see it so differently that they should talk."""
        return tuple(axis for axis, one in self.axes.items() if one.high - one.low >= SPREAD_APART)


@dataclass(frozen=True)
class Portfolio:
    """The scored projects, most benefit for least complexity first, and who still has none.

    `to_score` are the ids of those, in the same order.
    `share` is the part of the effort that `most` takes, where that is known; `unhedged` is about all
    projects, scored or not.
    """

    rows: tuple[Ranked, ...]
    unscored: tuple[str, ...]
    unhedged: Unhedged | None = None
    most: str | None = None
    share: float | None = None
    to_score: tuple[int, ...] = ()


@dataclass(frozen=True)
class Effort:
    """A project that is not over: whether work on it goes on, and how much a week."""

    name: str
    active: bool
    effort: float | None


def hedged(projects: Sequence[Effort]) -> tuple[Unhedged | None, str | None, float | None]:
    """What is to be said about the bets; who takes most, and which share of the effort that is."""
    bets = [one for one in projects if one.active and (one.effort is None or one.effort > 0)]
    if not projects:
        return None, None, None
    if not bets:
        return Unhedged.NO_BET, None, None
    if len(bets) == 1:
        return Unhedged.ONE_BET, bets[0].name, None
    total = sum(one.effort or 0 for one in bets)
    top = max(bets, key=lambda one: one.effort or 0)
    share = (top.effort or 0) / total if total else None
    if share is not None and share > TOO_MUCH:
        return Unhedged.ONE_TAKES_MOST, top.name, share
    return None, top.name, share


def ranked(rows: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Most benefit for least complexity first (S1-11); ties by name."""
    return tuple(sorted(rows, key=lambda row: (-row.scored.order, row.name, row.project_id)))
