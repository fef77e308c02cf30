"""Why something could use a hand, in one sentence (domain §2.5): a question, never a verdict (§3.6)."""

from typing import assert_never

from handlers.blocks import words
from handlers.blocks.text import sentence, shortened
from models.domain.facts import Numbers
from models.domain.findings.kinds import (
    Blocked,
    DecisionDue,
    Idle,
    Overdue,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    Reason,
    Silent,
    Unacknowledged,
    Unmeasured,
    WaitingReview,
)
from models.domain.metric import amount, written


def because(reason: Reason, numbers: Numbers | None) -> str:
    """The reason as people read it; `numbers` are the project's, for the metric's unit.

    Kinds whose action is not there yet are never raised, and have only their plain figures here.
    """
    match reason:
        case Blocked(days, _, text, owner):
            who = f" ({shortened(owner.name, 60)})" if owner else ""
            return f"waiting for {_days(days)}: {sentence(shortened(text, 200) + who)}"
        case Unmeasured(days):
            return f"running for {_days(days)}, no number yet."
        case Overdue(_, over_by, timebox):
            return f"{_days(over_by)} past its timebox of {timebox}."
        case Silent(missed, last_word):
            standups = words.count_of(missed, "standup")
            return f"no word since {words.short_day(last_word)} ({standups})."
        case Idle(days):
            return f"no experiment running for {_days(days)}."
        case PlateauAbove() | PlateauBelow():
            return _plateau(reason, numbers)
        case DecisionDue(since, days, _):
            return f"a decision was due on {words.short_day(since)}, {_days(days)} ago."
        case ProductionBelow(live, since):
            return f"the live value is {live.value:g} since {words.short_day(since)}."
        case WaitingReview(days, _, review, _, _):
            return f"the {review} review has been waiting for {_days(days)}."
        case Unacknowledged(days, _, _, waiting_for):
            return f"not confirmed by {words.names(waiting_for)} for {_days(days)}."
        case _:
            assert_never(reason)


def _plateau(reason: PlateauAbove | PlateauBelow, numbers: Numbers | None) -> str:
    unit = numbers.unit if numbers else ""
    tries = words.count_of(reason.experiments, "try", "tries")
    if isinstance(reason, PlateauAbove):
        since = words.short_day(reason.accepted_on)
        return (
            f"good enough since {since}; the last {tries} added {_step(reason.added, unit)}. "
            "Ship and learn?"
        )
    best = written(reason.best, unit)
    needed = "" if reason.acceptance is None else f", needed {written(reason.acceptance, unit)}"
    baseline = amount(reason.baseline, unit)
    return (
        f"no real gain for {words.count_of(reason.days, 'day')} and {tries} "
        f"(best {best}{needed}, baseline {baseline}). "
        "Normal in this work; worth asking what has not been tried."
    )


def _step(added: float, unit: str) -> str:
    """How much was added, in points where the unit is a share or percent."""
    if added <= 0:
        return "nothing"
    figure = amount(added, unit)
    match unit.strip().lower():
        case "share":
            return f"{figure} points"
        case "%" | "percent" | "":
            return figure
        case _:
            return f"{figure} {unit.strip()}"


def _days(days: int) -> str:
    return words.count_of(days, "working day")
