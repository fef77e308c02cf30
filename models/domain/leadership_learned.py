"""What was learned in a while, for leaders: what was ruled out counts as much as what held (domain §2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from models.domain.experiment import Outcome
from models.domain.leadership_facts import Learned
from models.domain.velocity import ENOUGH
from models.domain.working_days import Span, elapsed


@dataclass(frozen=True)
class Ended:
    """An experiment that was concluded; `off` are its owner's days off."""

    started_on: date | None
    concluded_on: date
    outcome: Outcome
    off: tuple[Span, ...] = ()


def learned(ended: Sequence[Ended]) -> Learned:
    """What was learned from these experiments; the typical time only of three or more."""
    days = [
        elapsed(one.started_on, one.concluded_on, one.off)
        for one in ended
        if one.started_on is not None
    ]
    counts = {outcome: sum(one.outcome is outcome for one in ended) for outcome in Outcome}
    return Learned(
        held=counts[Outcome.SUPPORTED],
        ruled_out=counts[Outcome.REFUTED],
        cant_tell=counts[Outcome.INCONCLUSIVE],
        dropped=counts[Outcome.ABANDONED],
        days=median(days) if len(days) >= ENOUGH else None,
    )
