"""Learning velocity with pandas, over windows and groups at once: the same as `models.domain.velocity`."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from models.domain.experiment import Category, Outcome
from models.domain.orders import Windows
from models.domain.velocity import ENOUGH, Tried, Velocity, Waited
from models.domain.working_days import Span, elapsed


def over(order: Windows) -> dict[str, list[Velocity]]:
    """The velocity of each group over each window, in the order's order."""
    return {
        group: _of_group(tried, order.waited.get(group, []), order)
        for group, tried in order.tried.items()
    }


def _of_group(tried: Sequence[Tried], waited: Sequence[Waited], order: Windows) -> list[Velocity]:
    frame = _frame(tried, order.holidays)
    return [_over(frame, tried, waited, window, order.holidays) for window in order.windows]


def _frame(tried: Sequence[Tried], holidays: tuple[Span, ...]) -> pd.DataFrame:
    """A row an experiment; dates as numpy keeps them, NaT where there is none."""
    frame = pd.DataFrame(
        {
            "outcome": [one.outcome for one in tried],
            "data": [one.category is Category.DATA for one in tried],
            "learning": [one.has_learning for one in tried],
            "in_advance": [one.set_in_advance for one in tried],
            "timebox": [one.timebox for one in tried],
            "started": pd.array([one.started_on for one in tried], dtype="object"),
            "concluded": pd.array([one.concluded_on for one in tried], dtype="object"),
        }
    )
    frame["days"] = _taken(tried, holidays)
    return frame


def _taken(tried: Sequence[Tried], holidays: tuple[Span, ...]) -> list[float]:
    """Working days from start to conclusion; NaN where one is missing."""
    return _counted([(one.started_on, one.concluded_on, (*one.off, *holidays)) for one in tried])


def _counted(spans: Sequence[tuple[date | None, date | None, tuple[Span, ...]]]) -> list[float]:
    """Working days of many spans at once: weekdays by numpy, days off one span at a time."""
    days = np.full(len(spans), np.nan)
    known = [n for n, (start, end, _) in enumerate(spans) if start is not None and end is not None]
    if known:
        starts = np.array([spans[n][0] for n in known], dtype="datetime64[D]")
        ends = np.array([spans[n][1] for n in known], dtype="datetime64[D]")
        days[known] = np.maximum(np.busday_count(starts, ends), 0)
    for n in known:
        start, end, off = spans[n]
        if off and start is not None and end is not None:
            days[n] = elapsed(start, end, off)
    return [float(one) for one in days]


def _over(
    frame: pd.DataFrame,
    tried: Sequence[Tried],
    waited: Iterable[Waited],
    window: Span,
    holidays: tuple[Span, ...],
) -> Velocity:
    ended = frame["concluded"].notna()
    done = frame[ended & _within(frame["concluded"], window)]
    counts = done["outcome"].value_counts()
    timed = done["days"].dropna()
    ages = _ages(tried, window.end, holidays)
    return Velocity(
        window=window,
        outcomes={outcome: int(counts.get(outcome, 0)) for outcome in Outcome},
        with_learning=int(done["learning"].sum()),
        refuted_with_learning=int(done.loc[done["outcome"] == Outcome.REFUTED, "learning"].sum()),
        set_in_advance=int(done["in_advance"].sum()),
        data=int(done["data"].sum()),
        timed=len(timed),
        median_days=float(timed.median()) if len(timed) >= ENOUGH else None,
        within_timebox=int((timed <= done.loc[timed.index, "timebox"]).sum()),
        running=len(ages),
        oldest_days=int(max(ages)) if ages else None,
        waiting_days=_waiting(waited, window, holidays),
    )


def _within(days: "pd.Series[date]", window: Span) -> "pd.Series[bool]":
    return days.map(lambda day: isinstance(day, date) and window.holds(day)).astype(bool)


def _ages(tried: Sequence[Tried], today: date, holidays: tuple[Span, ...]) -> list[float]:
    """Working days since the start of each that was running on `today`."""
    running = [
        one
        for one in tried
        if one.started_on is not None
        and one.started_on <= today
        and (one.concluded_on is None or one.concluded_on > today)
    ]
    return _counted([(one.started_on, today, (*one.off, *holidays)) for one in running])


def _waiting(waited: Iterable[Waited], window: Span, holidays: tuple[Span, ...]) -> float | None:
    days = _counted(
        [
            (one.since, one.until, holidays)
            for one in waited
            if one.until is not None and window.holds(one.until)
        ]
    )
    return float(np.median(days)) if days else None
