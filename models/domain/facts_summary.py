"""Facts of a run's summary (domain §3.5), and of what is taken out of it into a thread."""

from dataclasses import dataclass
from datetime import date

from models.domain.facts import Answer, Blocker, Criterion, Numbers, Person
from models.domain.guardrail import Broken


@dataclass(frozen=True)
class Line:
    """One experiment in the summary. `pending`: what the team should remember of it is still to come.

    `breaks` are the guardrails that its last numbers are beyond.
    """

    who: Person
    key: str
    title: str
    project_name: str
    day: int | None
    timebox: int
    criterion: Criterion | None
    answer: Answer
    entry_id: int = 0
    pending: bool = False
    breaks: tuple[Broken, ...] = ()


@dataclass(frozen=True)
class Help:
    """A blocker of an experiment that was answered about, or of its project, as it stands now.

    `days` are the working days that it was open, None while it is new in this run. One of a project belongs
    to no answer: its `entry_id` is None.
    """

    entry_id: int | None
    who: Person
    key: str
    blocker: Blocker
    days: int | None
    acknowledged: bool
    cleared: bool


@dataclass(frozen=True)
class SummaryFacts:
    """What the team learned in one run.

    `safe_to_build` are (project, things) that design and engineering can go on with (S0-37); `kept` are
    (title, project) of changes that are kept since the last run (S4-2).
    """

    run_id: int
    day: date
    since: date | None
    asked: int
    answered: int
    lines: tuple[Line, ...]
    elsewhere: tuple[tuple[Person, str], ...]
    no_answer: tuple[Person, ...]
    still_to_come: tuple[Person, ...]
    started: tuple[tuple[str, str], ...]
    started_in_all: int
    projects: tuple[tuple[str, Numbers], ...]
    closed: bool
    away: tuple[Person, ...] = ()
    sitting_out: tuple[Person, ...] = ()
    wanted: tuple[Help, ...] = ()
    safe_to_build: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Topic:
    """What is taken to a thread: one answer, and whom it concerns."""

    line: Line
    concerned: tuple[Person, ...]
