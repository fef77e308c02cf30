"""Facts of the forms that change an experiment's course outside the standup."""

from dataclasses import dataclass

from models.domain.experiment import Category, Outcome
from models.domain.facts import Criterion, Numbers, Person
from models.domain.guardrail import Broken


@dataclass(frozen=True)
class CourseFacts:
    """An experiment, and what a number of it measures (its criterion's metric, else the primary).

    `suggested` is what its criterion says of its best number (domain §2.4-2); `measured`: it has any number.
    `breaks` are the guardrails that its numbers break.
    """

    experiment_id: int
    key: str
    title: str
    day: int | None
    timebox: int
    criterion: Criterion | None
    numbers: Numbers | None
    measures: str
    extended: bool
    category: Category = Category.MODELING
    owner: Person | None = None
    adopted: bool | None = None
    measured: bool = True
    suggested: Outcome | None = None
    breaks: tuple[Broken, ...] = ()


@dataclass(frozen=True)
class MetricChoice:
    """A metric that a criterion may be about; `is_its`: the experiment's criterion is about it now."""

    metric_id: int
    name: str
    unit: str
    is_its: bool


@dataclass(frozen=True)
class ShiftChoices:
    """The changes in the data that the project expects, and the one that the experiment replays."""

    lines: tuple[str, ...] = ()
    replayed: str | None = None
