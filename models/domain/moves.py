"""What can become of an experiment, from each of its states (domain §2.3).

proposed → running ⇄ paused → concluded; proposed → concluded only as dropped. A concluded one is never
reopened: it is followed up.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from models.domain.errors import BotError, ExperimentConcluded
from models.domain.experiment import Status


class Move(StrEnum):
    """What people do with an experiment."""

    START = "start"
    NUMBER = "number"
    CONCLUDE = "conclude"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CRITERION = "criterion"
    HAND_ON = "hand_on"
    CATEGORY = "category"
    LINK = "link"
    KEEP = "keep"
    DROP = "drop"
    FOLLOW_UP = "follow_up"


class NotNow(BotError):
    """That can't be done with it now: somebody may have changed it. Please open it again."""


_ALWAYS = (Move.HAND_ON, Move.CRITERION, Move.CATEGORY, Move.LINK)
_WORKED_ON = (Move.NUMBER, Move.EXTEND, *_ALWAYS)
AFTER: Mapping[Status, Mapping[Move, Status]] = {
    Status.PROPOSED: {
        Move.START: Status.RUNNING,
        **dict.fromkeys(_ALWAYS, Status.PROPOSED),
        Move.DROP: Status.CONCLUDED,
    },
    Status.RUNNING: {
        Move.CONCLUDE: Status.CONCLUDED,
        Move.PAUSE: Status.PAUSED,
        **dict.fromkeys(_WORKED_ON, Status.RUNNING),
        Move.DROP: Status.CONCLUDED,
    },
    Status.PAUSED: {
        Move.RESUME: Status.RUNNING,
        Move.CONCLUDE: Status.CONCLUDED,
        **dict.fromkeys(_WORKED_ON, Status.PAUSED),
        Move.DROP: Status.CONCLUDED,
    },
    Status.CONCLUDED: dict.fromkeys((Move.FOLLOW_UP, Move.LINK, Move.KEEP), Status.CONCLUDED),
}
"""The state after each move that is possible in a state; what changes no state stays in it."""


EVENTS = (
    "experiment_proposed",
    "experiment_started",
    "experiment_paused",
    "experiment_resumed",
    "timebox_extended",
    "criterion_changed",
    "experiment_handed_on",
    "experiment_categorised",
    "experiment_replays",
    "experiment_linked",
    "experiment_adopted",
    "experiment_concluded",
)
"""The kinds of the chronicle's events that an experiment's history is made of."""


def possible(status: Status) -> tuple[Move, ...]:
    """What can be done with it now, the likeliest first."""
    return tuple(AFTER[status])


def after(status: Status, move: Move) -> Status:
    """The state after a move.

    Raises:
        ExperimentConcluded: it is concluded; that is never undone.
        NotNow: it is not possible in this state.
    """
    if move in AFTER[status]:
        return AFTER[status][move]
    raise ExperimentConcluded if status is Status.CONCLUDED else NotNow


def stands(status: Status, paused_until: date | None, today: date) -> Status:
    """The state on `today`: what was paused until then goes on by itself."""
    if status is Status.PAUSED and paused_until is not None and paused_until <= today:
        return Status.RUNNING
    return status
