"""Facts of a standup: how it is set up, what comes next, and who has answered."""

from dataclasses import dataclass
from datetime import date, datetime

from models.domain.facts import Person, ProjectChoice
from models.domain.standup import ANSWER_HOURS, DEFAULT_DAYS, SUMMARY_TIME, PromptState


@dataclass(frozen=True)
class StandupPage:
    """A standup as the person who set it up sees it; `moments`: when each is asked next (UTC)."""

    ceremony_id: int
    channel_id: str
    project_id: int | None
    days: tuple[str, ...]
    local_time: str
    tz: str
    people: tuple[Person, ...]
    next_day: date | None
    whole_channel: bool
    name: str = "Standup"
    observers: tuple[Person, ...] = ()
    paused: bool = False
    pause_reason: str | None = None
    moved_from: date | None = None
    summary_time: str = f"{SUMMARY_TIME:%H:%M}"
    answer_hours: int = ANSWER_HOURS
    moments: tuple[tuple[datetime, Person], ...] = ()
    active: bool = True


@dataclass(frozen=True)
class StandupFormFacts:
    """What the form for a standup knows beforehand."""

    projects: tuple[ProjectChoice, ...]
    existing: StandupPage | None = None
    channel_id: str | None = None
    chosen_project: str | None = None
    days: tuple[str, ...] = DEFAULT_DAYS


@dataclass(frozen=True)
class Place:
    """Somebody's place in a run."""

    person: Person
    state: PromptState
    closes_at: datetime


@dataclass(frozen=True)
class RunState:
    """The standup's last run, as its team sees it; `now` decides whose time is over."""

    day: date
    closed: bool
    places: tuple[Place, ...]
    now: datetime

    @property
    def answered(self) -> tuple[Person, ...]:
        """Who has said everything."""
        return self._in(PromptState.ANSWERED)

    @property
    def still_to_come(self) -> tuple[Person, ...]:
        """Whose answering time isn't over."""
        return tuple(place.person for place in self._unanswered() if not self._over(place))

    @property
    def no_answer(self) -> tuple[Person, ...]:
        """Who was asked, and whose answering time is over."""
        return tuple(place.person for place in self._unanswered() if self._over(place))

    @property
    def away(self) -> tuple[Person, ...]:
        """Who wasn't asked: on leave, on a public holiday, or not a workday of theirs."""
        return self._in(PromptState.AWAY)

    @property
    def sitting_out(self) -> tuple[Person, ...]:
        """Who skips this one."""
        return self._in(PromptState.SKIPPED)

    def _in(self, state: PromptState) -> tuple[Person, ...]:
        return tuple(place.person for place in self.places if place.state is state)

    def _unanswered(self) -> list[Place]:
        asked = (PromptState.ASKED, PromptState.WAITING)
        return [place for place in self.places if place.state in asked]

    def _over(self, place: Place) -> bool:
        return self.closed or place.closes_at <= self.now


@dataclass(frozen=True)
class StandupDetails:
    """Everything on a standup's page; `project_name` is None where it asks about all projects.

    Its moments are on the clock of its reader, in `tz`.
    """

    page: StandupPage
    owner: Person
    project_name: str | None
    run: RunState | None
    tz: str = "UTC"
