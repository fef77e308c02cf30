"""What is recommended by rule at a touchpoint, with the rule named (domain §5.4). People decide."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.domain.decision import DecisionKind
from models.domain.findings.kinds import StopMark, Thresholds
from models.domain.findings.of_projects import LIVE, is_flat
from models.domain.findings.state import DEFAULTS
from models.domain.progress import Progress
from models.domain.project import Stage

NEXT_LOOK = timedelta(weeks=4)
"""When a project that goes on is looked at again, unless its stop date comes first."""


class Rule(StrEnum):
    """Why something is recommended; the first that holds."""

    STOP_MARK_MISSED = "stop_mark_missed"
    GOOD_ENOUGH = "plateau_above_acceptance"
    NO_REAL_GAIN = "plateau_below_acceptance"
    STILL_MOVING = "still_moving"


RECOMMENDS = {
    Rule.STOP_MARK_MISSED: DecisionKind.STOP,
    Rule.GOOD_ENOUGH: DecisionKind.GO,
    Rule.NO_REAL_GAIN: DecisionKind.PIVOT,
    Rule.STILL_MOVING: DecisionKind.CONTINUE,
}


@dataclass(frozen=True)
class Advice:
    """What is recommended, by which rule; `until` is the next look at a project that goes on."""

    rule: Rule
    until: date | None = None

    @property
    def kind(self) -> DecisionKind:
        """The decision that the rule recommends."""
        return RECOMMENDS[self.rule]


def advise(
    progress: Progress | None,
    stop: StopMark | None,
    *,
    stage: Stage,
    today: date,
    on: date | None = None,
    thresholds: Thresholds = DEFAULTS,
) -> Advice:
    """What is recommended with what is known `today`, for a decision `on` that day or a later one.

    A stop mark that is missed by then says stop; a flat stretch says launch where the result is good
    enough, and another way where it isn't; otherwise it goes on until the stop date or four weeks.
    """
    day = max(on or today, today)
    if stop is not None and stop.by <= day and not stop.met:
        return Advice(Rule.STOP_MARK_MISSED)
    if progress is not None and stage not in LIVE and is_flat(progress, today, thresholds):
        good = progress.accepted_on is not None
        return Advice(Rule.GOOD_ENOUGH if good else Rule.NO_REAL_GAIN)
    ends = [stop.by] if stop is not None and stop.by > day else []
    return Advice(Rule.STILL_MOVING, min([day + NEXT_LOOK, *ends]))


def differs(kind: DecisionKind, advice: Advice) -> bool:
    """Whether something else was decided than the rule recommends; that is shown with its reason."""
    return kind is not advice.kind
