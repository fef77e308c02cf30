"""Facts of a project's numbers: its metrics, their benchmarks, what an experiment measured."""

from dataclasses import dataclass
from datetime import date

from models.domain.benchmark import Side
from models.domain.confusion import Counts
from models.domain.experiment import Split
from models.domain.facts import Person
from models.domain.guardrail import Broken
from models.domain.metric import Goal, MetricKind


@dataclass(frozen=True)
class Signature:
    """Who agreed to an acceptance, and on which day."""

    by: Person
    on: date


@dataclass(frozen=True)
class BenchmarkFacts:
    """One version of a metric's benchmark. `beyond`: more is asked for than its ceiling allows."""

    benchmark_id: int
    version: int
    effective: date
    baseline: float
    baseline_source: str
    acceptance: float
    ceiling: float | None
    reason: str
    signed: dict[Side, Signature]
    beyond: bool

    @property
    def agreed(self) -> bool:
        """Whether both sides have signed (S1-18)."""
        return len(self.signed) == len(Side)


@dataclass(frozen=True)
class MetricFacts:
    """A metric as the page of numbers shows it.

    `best` is the best so far of the primary one, the last number of another one; `since` its date.
    `mark` is the benchmark of the day, `ahead` one that is still to come. `live` is the last value of
    the model in use, with its date.
    """

    metric_id: int
    name: str
    kind: MetricKind
    goal: Goal
    unit: str
    phrase: str
    min_delta: float
    assumed: bool
    mark: BenchmarkFacts | None
    ahead: BenchmarkFacts | None
    best: float | None
    since: date | None
    unconfirmed: bool = False
    live: float | None = None
    live_on: date | None = None
    live_id: int | None = None


@dataclass(frozen=True)
class NumbersPage:
    """All numbers of a project, and what the reader may do with them."""

    project_id: int
    key: str
    name: str
    metrics: tuple[MetricFacts, ...]
    may_change: bool
    may_measure: bool
    may_sign: frozenset[Side]


@dataclass(frozen=True)
class MetricChoice:
    """A metric that a number can be of."""

    metric_id: int
    name: str
    kind: MetricKind
    unit: str


@dataclass(frozen=True)
class NumberFormFacts:
    """What the form for a number knows: of which experiment (none: of the model in use), which metrics."""

    project_name: str
    metrics: tuple[MetricChoice, ...]
    chosen: int
    experiment_id: int | None = None
    key: str = ""
    title: str = ""


@dataclass(frozen=True)
class MeasuredFacts:
    """A number of an experiment in its list. `to_confirm`: a second person should look at it."""

    measurement_id: int
    on: date
    metric_name: str
    unit: str
    value: float
    low: float | None
    high: float | None
    seeds: int | None
    split: Split
    version: int
    url: str | None
    breaks: Broken | None
    excluded: str | None
    excluded_on: date | None
    note: str | None
    to_confirm: bool
    confirmed_by: Person | None
    counts: Counts | None = None


@dataclass(frozen=True)
class MeasuredList:
    """An experiment's numbers, newest first; `more` are older."""

    experiment_id: int
    key: str
    title: str
    rows: tuple[MeasuredFacts, ...]
    more: int
