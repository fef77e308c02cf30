"""Facts of scoring: the round that is open, what it said when it was revealed, the projects in order."""

from dataclasses import dataclass
from datetime import date

from models.domain.score import Axis
from models.domain.scoring import Given, Together


@dataclass(frozen=True)
class ScorePage:
    """A project's scoring for one reader.

    While a round is open nobody's scores are shown but the reader's own (`mine`); `scored` of `of` people
    with a role have given theirs. `axes` are those of the last revealed round, of the day `revealed_on`.
    """

    project_id: int
    key: str
    name: str
    business_goal: str
    is_open: bool
    scored: int
    of: int
    mine: dict[Axis, Given]
    may_benefit: bool
    may_complexity: bool
    may_reveal: bool
    axes: dict[Axis, Together]
    revealed_on: date | None


@dataclass(frozen=True)
class ConfidencePage:
    """How likely acceptance is, said week by week: (day, value, why), newest first."""

    project_id: int
    name: str
    latest: date | None
    said: tuple[tuple[date, int, str], ...]


@dataclass(frozen=True)
class LikelySaid:
    """How likely a project was last said to be, and when; `fresh`: for the digest that comes."""

    project_id: int
    name: str
    value: int | None
    on: date | None
    fresh: bool


@dataclass(frozen=True)
class LikelyAsked:
    """The projects that a person leads, before leaders read about them on a day."""

    on: date
    projects: tuple[LikelySaid, ...]
