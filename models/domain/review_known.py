"""What is known about a project when it is reviewed, so that nobody has to type it (domain §4.3, §4.5)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from models.domain.deprecation import EndKnown, answers
from models.domain.facts import Numbers
from models.domain.metric import reaches, written
from models.domain.parity import Parity
from models.domain.project import GovernanceKind, GovernanceState
from models.domain.review import Answer
from models.domain.shifts import Replayed, expected, summed_up

BY_RULE = ("acceptance_met", "parity", "same_numbers")
"""Items that the numbers answer: nobody's yes can stand in for them while there are numbers."""
ALWAYS_ANEW = ("acceptance_met", "parity", "same_numbers", "privacy_review", "rollback")
"""Items that an update of a live model doesn't take over from the last go."""


@dataclass(frozen=True)
class Track:
    """How far a governance track is."""

    state: GovernanceState
    link: str | None = None


@dataclass(frozen=True)
class ProjectKnown:
    """What the record holds. `served` is the newest number of the product's own code, in shadow or live.

    `beside` is what the experiment gave on the same data, where somebody has said it: else its best counts.
    `oldest_blocker` is its text and the working days that it waits; `charter` has answers by their keys.
    `assumed`: nobody has said how much repeated runs differ, so that `min_delta` is assumed. `dates` are the
    earliest and the latest that production is expected; `touchpoint` is when it is looked at next. `replayed`
    are the experiments that replay a change in the data which the charter expects.
    """

    numbers: Numbers | None = None
    min_delta: float = 0.0
    served: float | None = None
    tracks: dict[GovernanceKind, Track] = field(default_factory=dict)
    stop: tuple[float, date] | None = None
    oldest_blocker: tuple[str, int] | None = None
    charter: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    baseline_source: str | None = None
    assumed: bool = True
    dates: tuple[date | None, date | None] = (None, None)
    touchpoint: date | None = None
    end: EndKnown | None = None
    beside: float | None = None
    replayed: tuple[Replayed, ...] = ()


@dataclass(frozen=True)
class Filled:
    """An answer that follows from the record; a statement has no `answer` until somebody settles it."""

    answer: Answer | None
    note: str
    evidence: str | None = None


def known(project: ProjectKnown) -> dict[str, Filled]:
    """What the record says about items of the checklists, by item key."""
    return dict(
        [
            *_numbers(project),
            *_same_numbers(project),
            *_governance(project),
            *_course(project),
            *_charter(project),
            *_before_anybody_says_it(project),
            *_end(project),
        ]
    )


def _end(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    """What the notice of a model's end says (S3-13)."""
    if project.end is not None:
        for key, answer, note in answers(project.end):
            yield key, Filled(answer, note)


def _numbers(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    numbers = project.numbers
    if numbers is None:
        return
    best, needed = (written(value, numbers.unit) for value in (numbers.best, numbers.acceptance))
    said = f"{best}, needed {needed}, baseline {written(numbers.baseline, numbers.unit)}"
    met = reaches(numbers.goal, numbers.best, numbers.acceptance)
    if met and numbers.unconfirmed:
        filled = Filled(Answer.PARTLY, f"{said}; to be confirmed by a second person")
    else:
        filled = Filled(Answer.YES if met else Answer.NO, said)
    yield "acceptance_met", filled
    yield "accuracy_agreed", Filled(None, f"Needed: {needed}")
    since = f", since {numbers.since:%-d %b}" if numbers.since else ""
    yield (
        "evidence",
        Filled(Answer.YES, f"{said}{since}; {numbers.tries} tries since the last gain"),
    )


def _same_numbers(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    numbers, served = project.numbers, project.served
    if numbers is None or served is None:
        return
    beside = numbers.best if project.beside is None else project.beside
    same = Parity(beside, served, project.min_delta).same
    said = f"Experiment {written(beside, numbers.unit)}, product {written(served, numbers.unit)}"
    for key in ("parity", "same_numbers"):
        yield key, Filled(Answer.YES if same else Answer.NO, said)


def _governance(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    tracks = project.tracks
    for key, kinds in {
        "privacy_review": (GovernanceKind.PRIVACY,),
        "compliance_legal": (GovernanceKind.COMPLIANCE, GovernanceKind.LEGAL),
        "model_validation": (GovernanceKind.VALIDATION,),
    }.items():
        found = [tracks.get(kind, Track(GovernanceState.NOT_STARTED)) for kind in kinds]
        states = {one.state for one in found}
        link = next((one.link for one in found if one.link), None)
        if states == {GovernanceState.NOT_NEEDED}:
            yield (
                key,
                Filled(Answer.NOT_APPLICABLE, "Not needed, by the project's governance", link),
            )
        elif states <= {GovernanceState.DONE, GovernanceState.NOT_NEEDED}:
            yield key, Filled(Answer.YES, "Done, by the project's governance", link)
        elif GovernanceState.UNDER_WAY in states:
            yield key, Filled(Answer.PARTLY, "Under way", link)
    started = [
        kind
        for kind in GovernanceKind
        if tracks.get(kind, Track(GovernanceState.NOT_STARTED)).state
        is not GovernanceState.NOT_STARTED
    ]
    if started:
        every = len(started) == len(GovernanceKind)
        said = ", ".join(kind.value for kind in started)
        yield (
            "governance_started",
            Filled(Answer.YES if every else Answer.PARTLY, f"Seen to: {said}"),
        )


def _course(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    unit = project.numbers.unit if project.numbers else ""
    if project.stop is not None:
        value, by = project.stop
        said = f"{written(value, unit)} by {by.day} {by:%B %Y}"
        yield "stop_mark", Filled(Answer.YES, said)
    else:
        yield "stop_mark", Filled(Answer.NO, "No stop criterion is recorded")
    if project.oldest_blocker is not None:
        text, days = project.oldest_blocker
        yield "risks_blockers", Filled(None, f"Waiting for {days} working days: {text}")


def _before_anybody_says_it(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    """What the record says beside an item; whether that is enough is for people to say."""
    if project.problem:
        yield "problem_clear", Filled(None, project.problem)
    numbers = project.numbers
    if numbers is not None:
        baseline = written(numbers.baseline, numbers.unit)
        source = f": {project.baseline_source}" if project.baseline_source else ""
        yield "baseline_fair", Filled(None, f"Baseline {baseline}{source}")
        yield "metric_serves_goal", Filled(None, f"{numbers.name}: {numbers.phrase}")
        if not project.assumed:
            smallest = written(project.min_delta, numbers.unit)
            yield "noise_known", Filled(None, f"The smallest change that counts is {smallest}")
    earliest, latest = (f"{day:%-d %B %Y}" if day else "open" for day in project.dates)
    if any(project.dates):
        yield "timeline_revisited", Filled(None, f"Earliest {earliest}, latest {latest}")
    if project.touchpoint is not None:
        said = f"The next look at it is on {project.touchpoint:%-d %B %Y}"
        for key in ("cost_to_next", "next_steps"):
            yield key, Filled(None, said)


FROM_CHARTER = {
    "acceptable_errors": "errors",
    "time_to_act": "notice",
    "format_system": "output",
    "value_agreed": "value",
    "value_still_there": "value",
    "limits_understood": "limits",
    "alternatives": "without_ml",
    "users_known": "users",
    "labels_trusted": "data_quality",
}
"""Questions that the charter has asked already (domain §4.7): what it says stands there, to be looked at."""


def _charter(project: ProjectKnown) -> Iterator[tuple[str, Filled]]:
    for item, key in FROM_CHARTER.items():
        if text := project.charter.get(key):
            yield item, Filled(None, text)
    if lines := expected(project.charter.get("shift", "")):
        yield "shift_scenarios", Filled(None, summed_up(lines, project.replayed))
