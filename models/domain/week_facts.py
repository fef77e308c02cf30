"""Facts of the team's progress digest (domain §5.3): a week beside the four weeks before it."""

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from models.domain.charts import Week
from models.domain.experiment import Outcome
from models.domain.facts import Numbers
from models.domain.orders import Windows
from models.domain.velocity import ENOUGH, Velocity
from models.domain.working_days import Span

WEEK = 7
BEFORE = 28
"""Days of the week that is told, and of those that it stands beside."""
BARS = 8
"""Weeks of the picture."""
MODELING = 0.8
"""From this share of modeling on, with a flat stretch, data and labels are asked about (S4-8)."""


def windows(today: date) -> tuple[Span, Span]:
    """The seven days up to `today`, and the four weeks before them; both ends belong to each."""
    start = today - timedelta(days=WEEK - 1)
    return Span(start, today), Span(start - timedelta(days=BEFORE), start - timedelta(days=1))


def mondays(today: date) -> list[date]:
    """The Mondays of the picture's weeks, oldest first."""
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(days=WEEK * back) for back in range(BARS - 1, -1, -1)]


def weeks(counts: Sequence[tuple[date, Outcome, int]], today: date) -> tuple[Week, ...]:
    """What was concluded, by day and outcome, as the picture's weeks."""
    found: list[Week] = []
    for monday in mondays(today):
        of_week: dict[Outcome, int] = {}
        for day, outcome, count in counts:
            if monday <= day < monday + timedelta(days=WEEK):
                of_week[outcome] = of_week.get(outcome, 0) + count
        found.append(Week(monday=monday, outcomes=of_week))
    return tuple(found)


@dataclass(frozen=True)
class Stands:
    """Where a project stands, before its velocity is known.

    `modeling` is the share of modeling among what it concluded in the four weeks up to today; `flat` that a
    plateau is a finding; `running` its open experiments.
    """

    project_id: int
    key: str
    name: str
    numbers: Numbers | None
    series: tuple[float, ...]
    adopted: int
    modeling: float | None
    flat: bool
    running: int

    @property
    def nudged(self) -> bool:
        """Whether data and labels are worth a question (S4-8)."""
        return self.flat and self.modeling is not None and self.modeling > MODELING


def share_of_modeling(concluded: Sequence[bool]) -> float | None:
    """Of what was concluded (whether it was modeling); None for fewer than say anything."""
    return sum(concluded) / len(concluded) if len(concluded) >= ENOUGH else None


@dataclass(frozen=True)
class Learned:
    """What an experiment of the week taught, in its owner's words."""

    key: str
    title: str
    outcome: Outcome
    learning: str


ALL = ""
"""The group of all projects together."""


class Gathered(BaseModel):
    """What was read for a digest; its velocity is counted outside of the transaction."""

    model_config = ConfigDict(frozen=True)

    as_of: date
    projects: tuple[Stands, ...]
    learned: tuple[int, ...]
    weeks: tuple[Week, ...]
    order: Windows


class ProgressKept(BaseModel):
    """A digest as it is kept: figures, and which experiments taught something, not their words."""

    model_config = ConfigDict(frozen=True)

    as_of: date
    projects: tuple[Stands, ...]
    learned: tuple[int, ...]
    weeks: tuple[Week, ...]
    velocity: dict[str, list[Velocity]]


def kept(gathered: Gathered, velocity: dict[str, list[Velocity]]) -> ProgressKept:
    """With its velocity."""
    return ProgressKept(
        as_of=gathered.as_of,
        projects=gathered.projects,
        learned=gathered.learned,
        weeks=gathered.weeks,
        velocity=velocity,
    )


@dataclass(frozen=True)
class Paced:
    """A project, or all of them, with its week and the four weeks before."""

    week: Velocity
    before: Velocity


@dataclass(frozen=True)
class ProgressFacts:
    """A progress digest as it reads: those with something to tell first, then by name.

    `learned` may be fewer than were concluded: words that were erased are gone here, too.
    """

    as_of: date
    everything: Paced
    projects: tuple[tuple[Stands, Paced], ...]
    learned: tuple[Learned, ...]
    adopted: int
    late: bool = False


def told(of: ProgressKept, learned: Sequence[Learned], *, late: bool = False) -> ProgressFacts:
    """What is kept as it is told."""
    paced = {group: Paced(*pair) for group, pair in of.velocity.items()}
    rows = [(one, paced[one.key]) for one in of.projects]
    rows.sort(key=lambda row: (-row[1].week.concluded, -row[0].running, row[0].name))
    return ProgressFacts(
        as_of=of.as_of,
        everything=paced[ALL],
        projects=tuple(rows),
        learned=tuple(learned),
        adopted=sum(one.adopted for one in of.projects),
        late=late,
    )


_KEPT: TypeAdapter[ProgressKept] = TypeAdapter(ProgressKept)


def kept_of(content: dict[str, object]) -> ProgressKept:
    """A digest's content as it was stored."""
    return _KEPT.validate_python(content)
