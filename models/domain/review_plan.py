"""Which reviews plan themselves, and for when (domain §4.1): what is known of a project → what is due.

Each has an occasion, by which it is planned once: what somebody has cancelled does not come again for the
same one. A launch check is never planned by itself: it is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.domain.project import Stage
from models.domain.review import ReviewKind
from models.domain.review_dates import (
    BRIEF_BEFORE,
    DEPRECATION_NOTICE,
    OPEN_FOR,
    Prototype,
    next_project_review,
    peer_due,
    peer_is_late,
    stakeholder_due,
    working_day_after,
    working_day_before,
)
from models.domain.working_days import ONE_DAY, Span, elapsed

AHEAD = 10
"""Working days before it is due, a review that comes round is planned."""
SOONEST = 3
"""Working days that people have at least."""
SEARCHING = (Stage.CONCEPTION, Stage.DATA, Stage.PROTOTYPE)
"""While feedback is cheap (S3-23)."""
PROTOTYPE = "prototype"
"""A peer review's occasion."""
LATE = "It is late: feedback gets dearer with every experiment."
IN_WORK = (Stage.DATA, Stage.PROTOTYPE, Stage.DEVELOPMENT, Stage.READINESS, Stage.DEPLOYMENT)
"""Before it only the problem is discussed; after it the model is watched, not worked on."""


@dataclass(frozen=True)
class Happened:
    """Something that stakeholders want to hear of: acceptance met, the scope or the stage changed."""

    what: str
    on: date


@dataclass(frozen=True)
class Course:
    """What is known of one active project.

    `last` is the day of the last review of each kind, held or cancelled; `coming` are the kinds that are to
    be held, `occasions` those for which a review was planned already. `peer_on` is when the peer review is
    due that planned itself and that nobody has moved or opened. `stop` is the id of the notice that the model
    ends, and its last day.
    """

    stage: Stage
    started: date
    prototype: Prototype | None = None
    has_stakeholder: bool = False
    in_readiness_since: date | None = None
    stop: tuple[int, date] | None = None
    happened: tuple[Happened, ...] = ()
    last: Mapping[ReviewKind, date] = field(default_factory=dict)
    coming: frozenset[ReviewKind] = frozenset()
    occasions: frozenset[tuple[ReviewKind, str]] = frozenset()
    peer_on: date | None = None


@dataclass(frozen=True)
class ToHold:
    """A review that is to be planned, or to come forward, and why now, in words."""

    kind: ReviewKind
    occasion: str
    due: date
    reason: str


def to_plan(course: Course, today: date, off: Iterable[Span] = ()) -> tuple[ToHold, ...]:
    """The reviews that are to be planned today, at most one of a kind; and the peer review that is late."""
    spans = tuple(off)
    new = (
        one
        for rule in (_peer, _project, _stakeholder, _handover, _deprecation)
        for one in rule(course, today, spans)
        if one.kind not in course.coming and (one.kind, one.occasion) not in course.occasions
    )
    return (*new, *_late_peer(course, today, spans))


def _soon(today: date, off: tuple[Span, ...], days: int = SOONEST) -> date:
    return working_day_after(today, days, off)


def _peer(course: Course, today: date, off: tuple[Span, ...]) -> Iterator[ToHold]:
    prototype = course.prototype
    if course.stage not in SEARCHING or prototype is None or ReviewKind.PEER in course.last:
        return
    if peer_is_late(prototype, today, off):
        yield ToHold(ReviewKind.PEER, PROTOTYPE, _soon(today, off), LATE)
        return
    due = max(peer_due(prototype, off), _soon(today, off))
    first = prototype.measured_on
    reason = f"The first number is of {first.day} {first:%B}: feedback is cheap now."
    yield ToHold(ReviewKind.PEER, PROTOTYPE, due, reason)


def _late_peer(course: Course, today: date, off: tuple[Span, ...]) -> Iterator[ToHold]:
    """Six experiments can be concluded before it is due: it comes forward, unless somebody has moved it."""
    due = _soon(today, off)
    if course.prototype is None or course.peer_on is None or course.peer_on <= due:
        return
    if peer_is_late(course.prototype, today, off):
        yield ToHold(ReviewKind.PEER, PROTOTYPE, due, LATE)


def _project(course: Course, today: date, off: tuple[Span, ...]) -> Iterator[ToHold]:
    """On the last Wednesday of the month (S3-25); one that has passed is not made up for."""
    if course.stage not in IN_WORK:
        return
    day = next_project_review(today)
    if working_day_before(day, AHEAD, off) <= today < working_day_before(day, BRIEF_BEFORE, off):
        yield ToHold(ReviewKind.PROJECT, f"{day:%Y-%m}", day, f"The review of {day:%B}.")


def _stakeholder(course: Course, today: date, off: tuple[Span, ...]) -> Iterator[ToHold]:
    if not course.has_stakeholder or course.stage not in (*IN_WORK, Stage.PRODUCTION):
        return
    last = course.last.get(ReviewKind.STAKEHOLDER)
    since = last or course.started
    new = sorted((one for one in course.happened if one.on > since), key=lambda one: one.on)
    if new:
        occasion = f"{new[0].on}"
        yield ToHold(ReviewKind.STAKEHOLDER, occasion, _soon(today, off, OPEN_FOR), new[0].what)
    elif course.stage in IN_WORK:
        due = stakeholder_due(last, course.started)
        if working_day_before(due, AHEAD, off) <= today:
            day = max(_working(due, off), _soon(today, off))
            yield ToHold(ReviewKind.STAKEHOLDER, f"after {since}", day, "Four weeks have passed.")


def _working(day: date, off: tuple[Span, ...]) -> date:
    """The day, or the first working day after it."""
    return working_day_after(day, 0, off)


def _handover(course: Course, today: date, off: tuple[Span, ...]) -> Iterator[ToHold]:
    since, last = course.in_readiness_since, course.last.get(ReviewKind.HANDOVER)
    if course.stage is not Stage.READINESS or since is None or (last and last >= since):
        return
    yield ToHold(
        ReviewKind.HANDOVER,
        f"readiness {since}",
        _soon(today, off, AHEAD),
        "It is in readiness: experiment code becomes product code.",
    )


def _deprecation(course: Course, today: date, off: tuple[Span, ...]) -> Iterator[ToHold]:
    """At least 30 days before the model stops."""
    if course.stop is None:
        return
    notice, stops = course.stop
    latest = stops - DEPRECATION_NOTICE
    while elapsed(latest, latest + ONE_DAY, off) == 0:
        latest -= ONE_DAY
    due = max(_soon(today, off), min(latest, _soon(today, off, AHEAD)))
    if stops > today:
        said = f"Its last day is {stops.day} {stops:%B}."
        yield ToHold(ReviewKind.DEPRECATION, f"notice {notice}", due, said)
