"""Projects and experiments for the tests of findings: nothing wrong with them until a test says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from models.domain.facts import Person
from models.domain.findings.kinds import Kind, Reason
from models.domain.findings.raising import find
from models.domain.findings.state import Blocker, Experiment, Member, Number, Project
from models.domain.progress import Mark, Progress
from models.domain.project import ProjectStatus, Stage
from models.domain.working_days import Span, elapsed, single_days

MONDAY = date(2026, 1, 5)
ANN = Member(Person(1, "U1", "Ann"))
BEN = Member(Person(2, "U2", "Ben"))
MARK = Mark(1, MONDAY, 10, 20)


def wd(days: int, since: date = MONDAY) -> date:
    """The day on which so many working days have passed."""
    day = since
    while elapsed(since, day) < days:
        day += timedelta(days=1)
    return day


def walked(**changes: Any) -> Progress:
    """Progress with nothing measured."""
    nothing = Progress(10, MONDAY, 10, MONDAY, 0, 0, None, MARK, None, (), ())
    return replace(nothing, **changes)


def experiment(**changes: Any) -> Experiment:
    """Started on MONDAY, measured, in a long timebox."""
    fine = Experiment(7, 12, "Deeper trees", ANN, MONDAY, 1000, numbers=(Number(MONDAY),))
    return replace(fine, **changes)


def project(*open_ones: Experiment, **changes: Any) -> Project:
    """Active and in development, with something running."""
    fine = Project(
        3,
        "FRAUD",
        "Card fraud",
        Stage.DEVELOPMENT,
        ProjectStatus.ACTIVE,
        MONDAY,
        experiments=open_ones or (experiment(),),
    )
    return replace(fine, **changes)


def blocker(opened_on: date = MONDAY, **changes: Any) -> Blocker:
    """Open since MONDAY."""
    return replace(Blocker(1, "Terms with the provider", ANN.person, opened_on), **changes)


def raised(of: Project, today: date, *holidays: date) -> list[Reason]:
    """All reasons of one project and its experiments, in order."""
    found = find([of], today=today, holidays=single_days(holidays))
    return [reason for finding in found for reason in finding.reasons]


def kinds(of: Project, today: date, *holidays: date) -> list[Kind]:
    """Only which."""
    return [reason.kind for reason in raised(of, today, *holidays)]


def span(first: int, last: int) -> Span:
    """Days counted from MONDAY, 0."""
    return Span(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
