"""The end of a live model: a notice of its day, who has confirmed it, and when the others are asked again.

Those who use it are told at least 30 days before, with the reason and a way forward (S3-13, domain §4.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.domain.absence import HORIZON, WORK_BEGINS, Week
from models.domain.cadence import local_moment
from models.domain.project import Stage
from models.domain.review import Answer
from models.domain.working_days import ONE_DAY

AHEAD = timedelta(days=30)
"""So long before the model stops, its users are told."""
LAST_CHASE = 5
"""Working days of the addressee's that are left when they are asked for the last time."""
CHASES = 2
"""Half-time, and LAST_CHASE."""
ENDING = (Stage.PRODUCTION, Stage.DEPRECATION)
"""Stages from which a project is retired."""


class EndReason(StrEnum):
    """Why a model stops (S3-13)."""

    COST = "cost"
    NEWER_MODEL = "newer_model"
    LOW_USE = "low_use"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            EndReason.COST: "It costs more than it is worth",
            EndReason.NEWER_MODEL: "A newer model takes its place",
            EndReason.LOW_USE: "Too few use it",
            EndReason.OTHER: "Another reason",
        }[self]


def earliest_stop(today: date) -> date:
    """The first day on which a model may stop that is announced today."""
    return today + AHEAD


def chase_moments(told_on: date, stops_on: date, week: Week) -> tuple[datetime, ...]:
    """When somebody who has not confirmed is asked again: at half-time, and for the last time.

    That is in the morning on which LAST_CHASE of their working days are left, but after half-time. Without a
    working day in sight the last one comes the day after half-time.
    """
    half = told_on + (stops_on - told_on) // 2
    day, left = stops_on, LAST_CHASE
    for _ in range(HORIZON):
        if not left:
            break
        day -= ONE_DAY
        left -= week.works_on(day)
    days = (half, max(day, half + ONE_DAY))
    return tuple(local_moment(one, WORK_BEGINS, week.zone) for one in days)


@dataclass(frozen=True)
class EndKnown:
    """What a review of a model's end finds in its notice: names of who was told, and of who has confirmed."""

    told_on: date
    stops_on: date
    reason: str
    instead: str
    confirmed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Everybody who is named."""
        return (*self.confirmed, *self.waiting)


def answers(end: EndKnown) -> Iterator[tuple[str, Answer | None, str]]:
    """What the notice says to items of the checklist: its key, the answer, a note.

    Statements have no answer until their role settles them.
    """
    stops = _day(end.stops_on)
    early = end.stops_on - end.told_on >= AHEAD
    said = f"On {_day(end.told_on)}: it stops on {stops}"
    yield "notice_sent", Answer.YES if early else Answer.PARTLY, said
    yield "reason", None, end.reason
    yield "way_forward", None, end.instead
    if not end.told:
        return
    yield "users_known", Answer.YES, f"Told: {', '.join(end.told)}"
    if not end.waiting:
        yield "acknowledged", Answer.YES, f"Confirmed by {', '.join(end.confirmed)}"
    else:
        some = Answer.PARTLY if end.confirmed else Answer.NO
        yield "acknowledged", some, f"Still to confirm: {', '.join(end.waiting)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def lacking_to_retire(
    stage: Stage, *, gone: bool, stops_on: date | None, today: date
) -> tuple[str, ...]:
    """What is still to come before the project is retired; nothing when it can be.

    `gone`: its deprecation review ended with a go that stands. `stops_on` is the day of its notice, if one
    stands.
    """
    lacking = []
    if stage not in ENDING:
        lacking.append("it is not live")
    if stops_on is None:
        lacking.append("nobody was told that it stops")
    elif stops_on > today:
        lacking.append(f"it stops on {_day(stops_on)}")
    if not gone:
        lacking.append("a retirement review with a go")
    return tuple(lacking)
