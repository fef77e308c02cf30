"""What findings are made from: a project with its open experiments, as read from the rows.

What ends on a date (blockers, reviews, experiments, exclusions, acknowledgements) carries that date and is
compared with the asked one, so that a past day can be asked for too. Dates that were collected over time
(`decisions`, `heard`, `ended`) may be all of them, or only the latest one up to the asked date.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from models.domain.cadence import WEEKDAYS, WORKDAYS
from models.domain.facts import Person
from models.domain.findings.kinds import Kind, StopMark, Thresholds
from models.domain.incident import OpenIncident
from models.domain.live import Live
from models.domain.progress import Progress
from models.domain.project import ProjectStatus, Stage
from models.domain.standup import ANSWER_HOURS, DEFAULT_TIME
from models.domain.working_days import ONE_DAY, Span, elapsed

DEFAULTS = Thresholds()


@dataclass(frozen=True)
class Member:
    """A person with their days off. `workdays` (of WEEKDAYS) are those on which a standup asks them."""

    person: Person
    away: tuple[Span, ...] = ()
    workdays: tuple[str, ...] = tuple(WORKDAYS.split(","))

    def is_away(self, day: date) -> bool:
        """Whether `day` is one of their away days."""
        return any(span.holds(day) for span in self.away)


@dataclass(frozen=True)
class Standups:
    """When the owners of a project's experiments are asked; `since` is the first day on which they are."""

    days: tuple[str, ...]
    at: time = DEFAULT_TIME
    answer_hours: int = ANSWER_HOURS
    since: date = date.min

    def missed(self, last_word: date, today: date, off: tuple[Span, ...], member: Member) -> int:
        """How many the member has let pass after `last_word`.

        One counts once its answering time is over, so not on its own day, and none on a day off or on a
        weekday on which the member does not work.
        """
        closes = datetime.combine(today, self.at) + timedelta(hours=self.answer_hours)
        over = max(closes.date() - today, ONE_DAY)
        weekdays = frozenset(WEEKDAYS.index(day) for day in self.days if day in member.workdays)
        start = max(last_word + ONE_DAY, self.since)
        return elapsed(start, today - over + ONE_DAY, off, weekdays)


@dataclass(frozen=True)
class Blocker:
    """Something in the way."""

    blocker_id: int
    text: str
    owner: Person | None
    opened_on: date
    resolved_on: date | None = None


@dataclass(frozen=True)
class Review:
    """A review of a project; `kind` is its name there (handover, deployment, …)."""

    review_id: int
    kind: str
    due: date
    held_on: date | None = None
    decided_on: date | None = None
    cancelled_on: date | None = None


@dataclass(frozen=True)
class Condition:
    """What a standing go still depends on."""

    condition_id: int
    text: str
    owner: Person | None
    due: date
    met_on: date | None = None


@dataclass(frozen=True)
class Addressee:
    """Somebody whose acknowledgement a notice waits for."""

    member: Member
    acknowledged_on: date | None = None


@dataclass(frozen=True)
class Notice:
    """A scope change, or another notice that named people have to acknowledge."""

    notice_id: int
    raised_on: date
    addressees: tuple[Addressee, ...]
    kind: Literal[Kind.SCOPE_CHANGE_UNACKNOWLEDGED, Kind.NOTICE_UNACKNOWLEDGED] = (
        Kind.SCOPE_CHANGE_UNACKNOWLEDGED
    )


@dataclass(frozen=True)
class Number:
    """That an experiment was measured on a day, whatever the metric."""

    on: date
    excluded_on: date | None = None


@dataclass(frozen=True)
class Experiment:
    """One experiment that was open on the asked date.

    `timebox` is in working days, with its extension, if it was `extended`. `awaits_number` says that its
    criterion names a metric. `heard` are the days of entries (the standup's own day if the answer came before
    it) and of changes. `pauses` holds the latest pause: it ends the day before the experiment goes on; one
    without an end lasts to `date.max`. `paused_days` are the working days of the pauses before it.
    """

    experiment_id: int
    number: int
    title: str
    owner: Member
    started_on: date | None
    timebox: int
    concluded_on: date | None = None
    awaits_number: bool = True
    numbers: tuple[Number, ...] = ()
    heard: tuple[date, ...] = ()
    pauses: tuple[Span, ...] = ()
    paused_days: int = 0
    blockers: tuple[Blocker, ...] = ()
    extended: bool = False

    def is_open(self, day: date) -> bool:
        """Whether it had not been concluded by then."""
        return not happened(self.concluded_on, day)

    def is_running(self, day: date) -> bool:
        """Whether it had started and was open; a pause, which is on purpose, is part of it."""
        return happened(self.started_on, day) and self.is_open(day)

    def rests(self, day: date) -> bool:
        """Whether nothing is to be raised: it is paused, or its owner is away."""
        return self.owner.is_away(day) or any(span.holds(day) for span in self.pauses)


@dataclass(frozen=True)
class Project:
    """One project with its open experiments.

    `progress` and `live` are walked as of the asked date under the version current then; None while there
    is nothing to walk. `ended` are the days on which experiments were concluded; `stage_since` is from when
    on something should be running.
    """

    project_id: int
    key: str
    name: str
    stage: Stage
    status: ProjectStatus
    stage_since: date
    progress: Progress | None = None
    live: Live | None = None
    incident: OpenIncident | None = None
    stop: StopMark | None = None
    touchpoint: date | None = None
    decisions: tuple[date, ...] = ()
    reviews: tuple[Review, ...] = ()
    conditions: tuple[Condition, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    notices: tuple[Notice, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    ended: tuple[date, ...] = ()
    standups: Standups | None = None
    thresholds: Thresholds = DEFAULTS


@dataclass(frozen=True)
class Asked:
    """The asked day, the workspace's public holidays, and the project's settings."""

    today: date
    holidays: tuple[Span, ...]
    thresholds: Thresholds
    standups: Standups | None


def happened(day: date | None, today: date) -> bool:
    """Whether something took effect by `today`; it does on its date."""
    return day is not None and day <= today
