"""All findings of a workspace: grouped by subject, put off, ordered, and when each is said again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from models.domain.experiment import experiment_key
from models.domain.facts import Person
from models.domain.findings import of_experiments, of_projects
from models.domain.findings.kinds import ORDER, Kind, Reason
from models.domain.findings.state import Asked, Experiment, Project
from models.domain.project import ProjectStatus
from models.domain.working_days import Span

OVER = (ProjectStatus.STOPPED, ProjectStatus.RETIRED)
AGAIN = timedelta(days=7)


@dataclass(frozen=True)
class Subject:
    """What a finding is about: an experiment, or else its project."""

    project_id: int
    project_key: str
    name: str
    experiment_id: int | None = None
    number: int | None = None
    owner: Person | None = None

    @property
    def ref(self) -> str:
        """As a snooze names it: “experiment:12” or “project:3”."""
        if self.experiment_id is None:
            return f"project:{self.project_id}"
        return f"experiment:{self.experiment_id}"

    @property
    def key(self) -> str:
        """As people name it: “ABC-12” or “ABC”."""
        if self.number is None:
            return self.project_key
        return experiment_key(self.project_key, self.number)


@dataclass(frozen=True)
class Finding:
    """One line: the first reason is shown, the others are behind “+2 more”."""

    subject: Subject
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Reason:
        """The reason that is shown."""
        return self.reasons[0]

    @property
    def more(self) -> int:
        """How many are behind the button."""
        return len(self.reasons) - 1


@dataclass(frozen=True)
class Snooze:
    """Put off by somebody on `since`: the kind is not raised for the subject before `until`."""

    subject: str
    kind: Kind
    since: date
    until: date


def find(
    projects: Iterable[Project],
    *,
    today: date,
    holidays: Iterable[Span] = (),
    snoozes: Iterable[Snooze] = (),
    off: Collection[Kind] = (),
) -> list[Finding]:
    """What could use a hand on `today`: by kind of the first reason, then by key.

    A stopped or retired project raises nothing, and kinds that are `off` are not raised at all. The work
    grows with the projects and their open experiments.
    """
    days = tuple(holidays)
    put_off = {(one.subject, one.kind) for one in snoozes if one.since <= today < one.until}
    put_off |= {("", kind) for kind in off}
    found = [
        finding
        for project in projects
        if project.status not in OVER
        for finding in _of_project(project, today, days, put_off)
    ]
    return sorted(found, key=_place)


def _place(finding: Finding) -> tuple[int, str, int]:
    subject = finding.subject
    return ORDER[finding.first.kind], subject.project_key, subject.number or 0


def _of_project(
    project: Project, today: date, holidays: tuple[Span, ...], put_off: Set[tuple[str, Kind]]
) -> Iterator[Finding]:
    asked = Asked(today, holidays, project.thresholds, project.standups)
    raised = [(_subject(project), of_projects.reasons(project, asked))]
    if project.status is ProjectStatus.ACTIVE:
        raised += [
            (_subject(project, one), of_experiments.reasons(one, asked))
            for one in project.experiments
        ]
    for subject, reasons in raised:
        left = tuple(
            one for one in reasons if put_off.isdisjoint({(subject.ref, one.kind), ("", one.kind)})
        )
        if left:
            yield Finding(subject, left)


def _subject(project: Project, experiment: Experiment | None = None) -> Subject:
    if experiment is None:
        return Subject(project.project_id, project.key, project.name)
    return Subject(
        project.project_id,
        project.key,
        experiment.title,
        experiment.experiment_id,
        experiment.number,
        experiment.owner.person,
    )


def due_to_post(finding: Finding, posted: Mapping[tuple[str, Kind], date], today: date) -> bool:
    """Whether the line is to be said: one of its reasons is new, or was last said a week ago or more.

    `posted` has the day on which each (subject's ref, kind) was last said; what has gone away in between
    is to be left out of it, so that it is new when it comes back.
    """
    said = (posted.get((finding.subject.ref, one.kind)) for one in finding.reasons)
    return any(day is None or today - day >= AGAIN for day in said)
