"""Learning velocity with pandas, over windows and groups at once: the same as `models.domain.velocity`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from models.domain.experiment import Category, Outcome
from models.domain.orders import Windows
from models.domain.velocity import ENOUGH, Tried, Velocity
from models.domain.working_days import Span, elapsed

Counted = tuple[date | None, date | None, tuple[Span, ...]]


class _Frames(NamedTuple):
    """A row an experiment and group, a row a wait; days as ordinals, NaN where there is none."""

    tried: pd.DataFrame
    waited: pd.DataFrame
    rows: list[Tried]


def over(order: Windows) -> dict[str, list[Velocity]]:
    """The velocity of each group over each window, in the order's order."""
    frames = _frames(order)
    by_window = [_over(frames, window, order) for window in order.windows]
    return {group: [found[group] for found in by_window] for group in order.tried}


def _frames(order: Windows) -> _Frames:
    named = [(group, one) for group, rows in order.tried.items() for one in rows]
    rows = [one for _, one in named]
    tried = pd.DataFrame(
        {
            "group": [group for group, _ in named],
            "outcome": [one.outcome.value if one.outcome else "" for one in rows],
            "data": [one.category is Category.DATA for one in rows],
            "learning": [one.has_learning for one in rows],
            "in_advance": [one.set_in_advance for one in rows],
            "timebox": [one.timebox for one in rows],
            "started": _ordinals([one.started_on for one in rows]),
            "concluded": _ordinals([one.concluded_on for one in rows]),
            "days": _days(
                [(one.started_on, one.concluded_on, (*one.off, *order.holidays)) for one in rows]
            ),
        }
    )
    waits = [(group, one) for group, of in order.waited.items() for one in of]
    waited = pd.DataFrame(
        {
            "group": [group for group, _ in waits],
            "until": _ordinals([one.until for _, one in waits]),
            "days": _days([(one.since, one.until, order.holidays) for _, one in waits]),
        }
    )
    return _Frames(tried, waited, rows)


def _ordinals(days: Sequence[date | None]) -> list[float]:
    return [float("nan") if day is None else float(day.toordinal()) for day in days]


def _days(spans: Sequence[Counted]) -> list[float]:
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


def _over(frames: _Frames, window: Span, order: Windows) -> dict[str, Velocity]:
    first, last = window.start.toordinal(), window.end.toordinal()
    tried = frames.tried
    done = tried[tried["concluded"].between(first, last)]
    timed = done[done["days"].notna()]
    waited = frames.waited[frames.waited["until"].between(first, last)]
    counts: dict[Any, int] = done.groupby(["group", "outcome"]).size().to_dict()
    ages = _ages(frames, window.end, order)
    parts = {
        "learning": done.groupby("group")["learning"].sum(),
        "refuted": done[done["outcome"] == Outcome.REFUTED.value]
        .groupby("group")["learning"]
        .sum(),
        "in_advance": done.groupby("group")["in_advance"].sum(),
        "data": done.groupby("group")["data"].sum(),
        "timed": timed.groupby("group")["days"].size(),
        "within": (timed["days"] <= timed["timebox"]).groupby(timed["group"]).sum(),
        "running": ages.groupby("group")["age"].size(),
    }
    whole = {name: part.astype(int).to_dict() for name, part in parts.items()}
    typical: dict[Any, float] = timed.groupby("group")["days"].median().to_dict()
    oldest: dict[Any, float] = ages.groupby("group")["age"].max().to_dict()
    waiting: dict[Any, float] = waited.groupby("group")["days"].median().to_dict()
    return {
        group: Velocity(
            window=window,
            outcomes={outcome: int(counts.get((group, outcome.value), 0)) for outcome in Outcome},
            with_learning=whole["learning"].get(group, 0),
            refuted_with_learning=whole["refuted"].get(group, 0),
            set_in_advance=whole["in_advance"].get(group, 0),
            data=whole["data"].get(group, 0),
            timed=whole["timed"].get(group, 0),
            median_days=typical[group] if whole["timed"].get(group, 0) >= ENOUGH else None,
            within_timebox=whole["within"].get(group, 0),
            running=whole["running"].get(group, 0),
            oldest_days=int(oldest[group]) if group in oldest else None,
            waiting_days=waiting.get(group),
        )
        for group in order.tried
    }


def _ages(frames: _Frames, today: date, order: Windows) -> pd.DataFrame:
    """Working days since the start of each that was running on `today`."""
    tried, last = frames.tried, today.toordinal()
    still = tried["concluded"].isna() | (tried["concluded"] > last)
    running = tried[(tried["started"] <= last) & still]
    rows = [frames.rows[int(at)] for at in running.index]
    ages = _days([(one.started_on, today, (*one.off, *order.holidays)) for one in rows])
    return pd.DataFrame({"group": running["group"].to_numpy(), "age": ages})
