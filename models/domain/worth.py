"""What a project is worth, and what its gains have cost: facts of the page (domain §2.6, S1-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.domain.metric import Goal
from models.domain.progress import Counted
from models.domain.value import Confusion, Counts, Money, ValueModel, average
from models.domain.working_days import Span, elapsed


@dataclass(frozen=True)
class Gain:
    """A counted improvement: what it took since the one before, in experiments and working days.

    `weeks` are person-weeks at the project's effort of today, where that is known.
    """

    on: date
    value: float
    tries: int
    days: int
    weeks: float | None


@dataclass(frozen=True)
class Whole:
    """A month's cases at a value, what they are worth together, and one of them on average."""

    counts: Counts
    total: Money
    each: Money


@dataclass(frozen=True)
class Worth:
    """A project's value model with what comes of it; `now` and `needed` are over the baseline.

    Without a primary metric, or its benchmark, there is no `metric_id`. `barely`: the metric gained three
    times, and the money did not follow (S0-17).
    """

    project_id: int
    key: str
    name: str
    may_change: bool
    metric_id: int | None = None
    metric_name: str = ""
    unit: str = ""
    goal: Goal = Goal.MAX
    baseline: float = 0
    best: float | None = None
    unconfirmed: bool = False
    acceptance: float | None = None
    model: ValueModel | None = None
    now: Money | None = None
    needed: Money | None = None
    whole: Whole | None = None
    gains: tuple[Gain, ...] = ()
    barely: bool = False


def gains_of(
    counted: Sequence[Counted],
    begun: date,
    *,
    effort: float | None,
    holidays: tuple[Span, ...] = (),
) -> tuple[Gain, ...]:
    """What each counted improvement took, oldest first; the first one since the version began."""
    found: list[Gain] = []
    since, place = begun, 0
    for one in counted:
        days = elapsed(since, one.on, holidays)
        weeks = None if effort is None else days / 5 * effort
        found.append(Gain(one.on, one.value, one.place - place, days, weeks))
        since, place = one.on, one.place
    return tuple(found)


def whole(model: ValueModel, value: float) -> Whole | None:
    """A month at a value; only cells of a confusion matrix can say it."""
    if not isinstance(model, Confusion):
        return None
    counts = model.counts(value)
    total = model.value(counts).in_order()
    return Whole(counts, total, average(total, counts))
