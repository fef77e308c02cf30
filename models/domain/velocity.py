"""Learning velocity over a window (domain §2.7). A refuted hypothesis counts as much as a supported one.

Nothing about one person, no targets, no win rate (domain §2.4-9).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import NamedTuple

from models.domain.experiment import Category, Outcome
from models.domain.working_days import Span, elapsed

ENOUGH = 3
"""Fewer experiments than this have no typical time."""
SETTLED = (Outcome.SUPPORTED, Outcome.REFUTED)


@dataclass(frozen=True)
class Tried:
    """An experiment that was started or concluded; `off` are its owner's days off.

    `first_measured_at` is of any measurement, an excluded one too; `criterion_edited` says that the criterion
    was changed after it (domain §2.4-3). Where only dates are known, both moments
    are midnight of their date.
    """

    category: Category
    started_on: date | None
    concluded_on: date | None
    outcome: Outcome | None
    has_learning: bool
    criterion_set_at: datetime | None
    first_measured_at: datetime | None
    timebox: int
    off: tuple[Span, ...] = ()
    criterion_edited: bool = False

    @property
    def set_in_advance(self) -> bool:
        """Whether its criterion was set no later than the first measurement, and stayed so."""
        if self.criterion_set_at is None or self.criterion_edited:
            return False
        return self.first_measured_at is None or self.criterion_set_at <= self.first_measured_at


class Waited(NamedTuple):
    """A blocker from opened to resolved, or a review from due to held."""

    since: date
    until: date | None


@dataclass(frozen=True)
class Velocity:
    """What was learned in a window. Shares are None when nothing was concluded, not 0.

    `timed` are the concluded experiments that had been started, abandoned ones too; `median_days` (working
    days from start to conclusion) is None for fewer than ENOUGH of them. `running` and `oldest_days`
    (working days) are as of the window's end; `waiting_days` (median, Monday to Friday) is of what was
    cleared in the window.
    """

    window: Span
    outcomes: dict[Outcome, int]
    with_learning: int
    refuted_with_learning: int
    set_in_advance: int
    data: int
    timed: int
    median_days: float | None
    within_timebox: int
    running: int
    oldest_days: int | None
    waiting_days: float | None

    @property
    def concluded(self) -> int:
        """All, whatever the outcome."""
        return sum(self.outcomes.values())

    @property
    def settled_share(self) -> float | None:
        """Questions settled: supported or refuted. Only can't tell and dropped lower it."""
        return self._share(sum(self.outcomes[outcome] for outcome in SETTLED))

    @property
    def set_in_advance_share(self) -> float | None:
        """With a criterion from before the first measurement."""
        return self._share(self.set_in_advance)

    @property
    def data_share(self) -> float | None:
        """In category data (S4-8)."""
        return self._share(self.data)

    def _share(self, part: int) -> float | None:
        return part / self.concluded if self.concluded else None


def velocity(
    experiments: Sequence[Tried],
    window: Span,
    *,
    waits: Iterable[Waited] = (),
    holidays: tuple[Span, ...] = (),
) -> Velocity:
    """The velocity of these experiments over a window that includes both ends, by conclusion date."""
    done = [
        one
        for one in experiments
        if one.concluded_on is not None and window.holds(one.concluded_on)
    ]
    refuted = [one for one in done if one.outcome is Outcome.REFUTED]
    taken = [
        (elapsed(one.started_on, one.concluded_on, (*one.off, *holidays)), one.timebox)
        for one in done
        if one.started_on is not None and one.concluded_on is not None
    ]
    ages = _ages(experiments, window.end, holidays)
    return Velocity(
        window=window,
        outcomes={outcome: sum(one.outcome is outcome for one in done) for outcome in Outcome},
        with_learning=sum(one.has_learning for one in done),
        refuted_with_learning=sum(one.has_learning for one in refuted),
        set_in_advance=sum(one.set_in_advance for one in done),
        data=sum(one.category is Category.DATA for one in done),
        timed=len(taken),
        median_days=median(days for days, _ in taken) if len(taken) >= ENOUGH else None,
        within_timebox=sum(days <= timebox for days, timebox in taken),
        running=len(ages),
        oldest_days=max(ages, default=None),
        waiting_days=_waiting(waits, window, holidays),
    )


def _ages(experiments: Iterable[Tried], today: date, holidays: tuple[Span, ...]) -> list[int]:
    """Working days since the start of each that was running on `today`."""
    return [
        elapsed(one.started_on, today, (*one.off, *holidays))
        for one in experiments
        if one.started_on is not None
        and one.started_on <= today
        and (one.concluded_on is None or one.concluded_on > today)
    ]


def _waiting(waits: Iterable[Waited], window: Span, holidays: tuple[Span, ...]) -> float | None:
    days = [
        elapsed(one.since, one.until, holidays)
        for one in waits
        if one.until is not None and window.holds(one.until)
    ]
    return median(days) if days else None
