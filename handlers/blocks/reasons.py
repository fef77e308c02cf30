"""Why something could use a hand, in one sentence (domain §2.5): a question, never a verdict (§3.6)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from handlers.blocks import words
from handlers.blocks.text import sentence, shortened
from models.domain.facts import Numbers
from models.domain.findings.kinds import (
    Blocked,
    DecisionDue,
    Idle,
    Kind,
    Overdue,
    OverdueCondition,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    Reason,
    Silent,
    Unacknowledged,
    Unmeasured,
    WaitingReview,
)
from models.domain.live import Live
from models.domain.metric import Goal, amount
from models.domain.plain_numbers import bare, figures
from models.domain.review import ReviewKind


class _Metric(NamedTuple):
    """In which words a project's numbers and days are said, to who reads them `today`."""

    today: date
    unit: str = ""
    phrase: str = ""
    goal: Goal = Goal.MAX

    def day(self, of: date) -> str:
        """With its year where that isn't this one."""
        return words.short_day(of, self.today)

    def figures(self, values: Sequence[float], needed: float) -> list[str]:
        """See `models.domain.plain_numbers`."""
        return figures(values, needed, unit=self.unit, phrase=self.phrase, goal=self.goal)

    def bare(self, value: float) -> str:
        """The figure alone."""
        return bare([], value, unit=self.unit, phrase=self.phrase, goal=self.goal)[0]


def because(reason: Reason, numbers: Numbers | None, today: date) -> str:
    """The reason as people read it `today`; `numbers` are the project's, for the metric's unit."""
    metric = _Metric(today)
    if numbers:
        metric = _Metric(today, numbers.unit, numbers.phrase, numbers.goal)
    said = _SENTENCES[type(reason)](reason, metric)
    if numbers and numbers.assumed_min_delta and isinstance(reason, PlateauAbove | PlateauBelow):
        said += f" (Counted are gains of {_step(numbers.assumed_min_delta, numbers.unit)} or more: assumed.)"
    return said


def _blocked(reason: Blocked, _: _Metric) -> str:
    return f"waiting for {_days(reason.days)}: {_asked_of(reason)}"


def _unmeasured(reason: Unmeasured, _: _Metric) -> str:
    return f"running for {_days(reason.days)}, no number yet."


def _overdue(reason: Overdue, _: _Metric) -> str:
    return f"{_days(reason.over_by)} past its timebox of {reason.timebox}."


def _silent(reason: Silent, metric: _Metric) -> str:
    standups = words.count_of(reason.missed, "standup")
    return f"no word since {metric.day(reason.last_word)} ({standups})."


def _idle(reason: Idle, _: _Metric) -> str:
    return f"no experiment running for {_days(reason.days)}."


def _plateau_above(reason: PlateauAbove, metric: _Metric) -> str:
    since = metric.day(reason.accepted_on)
    tries = words.count_of(reason.experiments, "try", "tries")
    added = _step(reason.added, metric.unit)
    return f"good enough since {since}; the last {tries} added {added}. Ship and learn?"


def _plateau_below(reason: PlateauBelow, metric: _Metric) -> str:
    days = words.count_of(reason.days, "day")
    tries = words.count_of(reason.experiments, "try", "tries")
    best = metric.figures([reason.best], reason.acceptance or reason.baseline)[0]
    needed = ""
    if reason.acceptance is not None:
        needed = f", needed {metric.figures([], reason.acceptance)[0]}"
    return (
        f"no real gain for {days} and {tries} (best {best}{needed}, "
        f"baseline {metric.bare(reason.baseline)}). "
        "Normal in this work; worth asking what has not been tried."
    )


def _decision_due(reason: DecisionDue, metric: _Metric) -> str:
    ago = f"{metric.day(reason.since)} ({_days(reason.days)} ago)"
    if reason.stop is None:
        return f"a decision was due on {ago}. None is recorded."
    best, mark = metric.figures([reason.stop.best], reason.stop.threshold)
    return f"the stop date was {ago}: {best}, the mark was {mark}. No decision is recorded."


def _production_below(reason: ProductionBelow, metric: _Metric) -> str:
    live = live_words(reason.live, metric.unit, metric.phrase)
    said = f"live value {live}, since {metric.day(reason.since)}."
    if reason.incident is None:
        return f"{said} Did an input change?"
    late = ", for longer than agreed" if reason.incident.late else ""
    return f"{said} An incident is open since {metric.day(reason.incident.opened_on)}{late}."


def live_words(live: Live, unit: str, phrase: str) -> str:
    """“966 of 1,000, needed 970”; where that is reached, what it was when it went live."""
    beside = live.at_go_live if live.acceptance is None or live.above else live.acceptance
    goal = Goal.MAX if live.value < beside else Goal.MIN
    value, mark = figures([live.value], beside, unit=unit, phrase=phrase, goal=goal)
    if live.acceptance is None or live.above:
        return f"{value}, when it went live {mark}"
    return f"{value}, needed {mark}"


def _waiting_review(reason: WaitingReview, metric: _Metric) -> str:
    since = f"{metric.day(reason.since)} ({_days(reason.days)})"
    name = ReviewKind(reason.review).label.lower()
    if reason.held:
        return f"the {name} was held on {since}, and nothing is decided."
    return f"the {name} was due on {since} and is not held."


def _overdue_condition(reason: OverdueCondition, metric: _Metric) -> str:
    since = f"{metric.day(reason.since)} ({_days(reason.days)} ago)"
    return f"a condition of its go was due on {since}: {_asked_of(reason)}"


def _asked_of(reason: Blocked | OverdueCondition) -> str:
    """“Terms with the provider (Sofía).”."""
    said = shortened(reason.text, 200)
    if reason.owner is None:
        return sentence(said)
    return f"{said.rstrip(' .')} ({shortened(reason.owner.name, 60)})."


def _unacknowledged(reason: Unacknowledged, metric: _Metric) -> str:
    who = words.names(reason.waiting_for)
    have = "has" if len(reason.waiting_for) == 1 else "have"
    day = metric.day(reason.raised_on)
    if reason.kind is Kind.SCOPE_CHANGE_UNACKNOWLEDGED:
        return f"{who} {have} not confirmed the scope change of {day}."
    return f"{who} {have} not confirmed that it stops, told on {day}."


def _step(added: float, unit: str) -> str:
    """How much was added, in points where the unit is a share or percent."""
    if added <= 0:
        return "nothing"
    figure = amount(added, unit)
    match unit.strip().lower():
        case "share":
            return f"{figure} point" if figure == "1" else f"{figure} points"
        case "%" | "percent" | "":
            return figure
        case _:
            return f"{figure} {unit.strip()}"


def _days(days: int) -> str:
    return words.count_of(days, "working day")


_SENTENCES: dict[type[Any], Callable[[Any, _Metric], str]] = {
    Blocked: _blocked,
    Unmeasured: _unmeasured,
    Overdue: _overdue,
    Silent: _silent,
    Idle: _idle,
    PlateauAbove: _plateau_above,
    PlateauBelow: _plateau_below,
    DecisionDue: _decision_due,
    ProductionBelow: _production_below,
    WaitingReview: _waiting_review,
    OverdueCondition: _overdue_condition,
    Unacknowledged: _unacknowledged,
}
