"""What a model is worth a month, as a range in one currency (domain §2.6).

One frame only: compared with having no model, missed cases and true negatives are worth nothing and a hit
is the loss avoided; to count a gain for hits *and* a loss for misses counts the same money twice.
"""

from collections.abc import Sequence
from math import floor, log10
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from models.domain.metric import Goal, gain

BARELY = 0.05
"""A value that moved by less than this over the last three gains is a mismatch (S0-17)."""
GAINS = 3


class Money(NamedTuple):
    """From–to, in the model's currency."""

    low: float
    high: float

    def __sub__(self, other: "Money") -> "Money":
        """Low with low, high with high."""
        return Money(self.low - other.low, self.high - other.high)

    def in_order(self) -> "Money":
        """The smaller end first."""
        return Money(*sorted(self))


class Counts(NamedTuple):
    """The four groups of a month's cases."""

    tp: float
    fp: float
    fn: float
    tn: float

    @property
    def cases(self) -> float:
        """All of them."""
        return sum(self)


Cell = tuple[float, float]
CellName = Literal["tp", "fp", "fn", "tn"]
CELLS: tuple[CellName, ...] = ("tp", "fp", "fn", "tn")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Confusion(_Model):
    """Value by cell of the confusion matrix, a case. The list is of fixed precision, or a fixed share."""

    kind: Literal["confusion"] = "confusion"
    frame: str = "compared with having no model"
    currency: str = Field(min_length=3, max_length=3)
    cases_per_month: float = Field(gt=0)
    positive_rate: float = Field(gt=0, lt=1)
    fixed_precision: float | None = Field(default=None, gt=0, le=1)
    list_share: float | None = Field(default=None, gt=0, le=1)
    tp: Cell
    fp: Cell
    fn: Cell = (0.0, 0.0)
    tn: Cell = (0.0, 0.0)
    impact: dict[CellName, str] = Field(default_factory=dict)
    running_cost: Cell | None = None

    @model_validator(mode="after")
    def _one_way_to_count(self) -> "Confusion":
        if (self.fixed_precision is None) == (self.list_share is None):
            raise ValueError("say the precision that is kept, or the share that is on the list")
        return self

    def counts(self, recall: float) -> Counts:
        """A month's cases at this recall."""
        positive = self.cases_per_month * self.positive_rate
        hits = positive * recall
        if self.fixed_precision is not None:
            alarms = hits * (1 - self.fixed_precision) / self.fixed_precision
        else:
            alarms = max(self.cases_per_month * (self.list_share or 0) - hits, 0)
        negative = self.cases_per_month - positive
        return Counts(hits, alarms, positive - hits, negative - alarms)

    def value(self, counts: Counts) -> Money:
        """Of a month with these counts."""
        cells = (self.tp, self.fp, self.fn, self.tn)
        low, high = (
            sum(n * cell[end] for n, cell in zip(counts, cells, strict=True)) for end in (0, 1)
        )
        return Money(low, high)

    def uplift(self, value: float, baseline: float, _goal: Goal) -> Money:
        """A month's value over the baseline's, both a recall."""
        return self.value(self.counts(value)) - self.value(self.counts(baseline))

    @property
    def miss_costs(self) -> float:
        """A missed case, on average: what a hit would have been worth more."""
        return sum(self.tp) / 2 - sum(self.fn) / 2

    @property
    def alarm_costs(self) -> float:
        """A false alarm, on average: what leaving it alone would have been worth more."""
        return sum(self.tn) / 2 - sum(self.fp) / 2

    @property
    def pays_from(self) -> float | None:
        """The share of alarms that has to be right for one more to pay; None where it can't be said."""
        if self.miss_costs <= 0 or self.alarm_costs < 0:
            return None
        return self.alarm_costs / (self.miss_costs + self.alarm_costs)

    @property
    def counted_twice(self) -> bool:
        """Whether a hit is a gain and a miss a loss: the same money in two cells (domain §2.6)."""
        return sum(self.tp) > 0 > sum(self.fn)

    def worth(self, value: float, _baseline: float, _goal: Goal) -> Money:
        """A whole month's value."""
        return self.value(self.counts(value))

    def dearer_error(self) -> Literal["misses", "false alarms", "neither"]:
        """Which error costs more, a case: a loss not avoided, or an alarm for nothing (S1-29)."""
        miss, alarm = self.miss_costs, self.alarm_costs
        if miss == alarm:
            return "neither"
        return "misses" if miss > alarm else "false alarms"


class PerPoint(_Model):
    """Value of a point of the metric, a month."""

    kind: Literal["per_point"] = "per_point"
    currency: str = Field(min_length=3, max_length=3)
    per_point_per_month: Cell
    running_cost: Cell | None = None

    def uplift(self, value: float, baseline: float, goal: Goal) -> Money:
        """A month's value over the baseline's."""
        points = gain(goal, value, baseline)
        return Money(*(points * end for end in self.per_point_per_month)).in_order()

    def worth(self, value: float, baseline: float, goal: Goal) -> Money:
        """Over the baseline: a metric's point says nothing about the whole."""
        return self.uplift(value, baseline, goal)


ValueModel = Annotated[Confusion | PerPoint, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[ValueModel] = TypeAdapter(ValueModel)


def value_model_of(stored: dict[str, object]) -> ValueModel:
    """The value model that a metric's row holds."""
    return _ADAPTER.validate_python(stored)


def barely_moved(model: ValueModel, counted: Sequence[float], baseline: float, goal: Goal) -> bool:
    """Whether the metric has gained three times and the money has not followed (S0-17).

    `counted` are the values of the counted improvements, oldest first.
    """
    values = [baseline, *counted]
    if len(values) <= GAINS:
        return False
    before, after = (model.worth(values[at], baseline, goal) for at in (-1 - GAINS, -1))
    held, now = sum(before) / 2, sum(after) / 2
    return held != 0 and abs(now - held) < BARELY * abs(held)


def rounded(amount: float) -> int:
    """To two figures, half up: 10,500 is 11,000 (Python's `round` gives 10,000)."""
    if amount == 0:
        return 0
    step = 10 ** (floor(log10(abs(amount))) - 1)
    whole = floor(abs(amount) / step + 0.5 + 1e-9) * step
    return int(whole if amount > 0 else -whole)


def average(total: Money, counts: Counts) -> Money:
    """Per prediction."""
    return Money(total.low / counts.cases, total.high / counts.cases)
