"""What leaders are told of a project, and in which order (domain §5.1).

A result that nobody has confirmed, or that was set aside, is not among what these rules are given; and one
that is confirmed stands until another counts as better.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor
from typing import Any

from models.domain.findings.kinds import (
    Blocked,
    DecisionDue,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    Reason,
)
from models.domain.findings.of_projects import LIVE
from models.domain.findings.raising import find
from models.domain.findings.state import Project
from models.domain.leadership_facts import (
    ORDER,
    Asked,
    Bet,
    Coming,
    LeadershipFacts,
    Learned,
    Open,
    Place,
    ProjectFacts,
    Range,
    Since,
    Still,
    Waiting,
    What,
    Worth,
)
from models.domain.metric import TOLERANCE, Goal, gain, reaches
from models.domain.progress import Progress
from models.domain.project import ProjectStatus, Stage
from models.domain.value import value_model_of

A_MONTH = timedelta(days=28)
"""“A month ago”, and the four weeks of what was learned."""
TO_ANSWER = timedelta(days=14)
"""How long a PM has to say what a project is worth."""
WORTH_SAYING = 3
"""A confidence that moved by so much is said with what it was."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Measure:
    """How a project's result is said: in which words, which way is better, whether its mark is agreed."""

    phrase: str
    unit: str
    goal: Goal
    agreed: bool
    value_model: dict[str, Any] | None


@dataclass(frozen=True)
class Known:
    """What is known of a project on a day. Its `progress` is over confirmed results only.

    `confidence` are (day, 1 to 10), oldest first; `approved` says that it may go live.
    """

    project: Project
    channel_id: str | None = None
    measure: Measure | None = None
    earliest: date | None = None
    latest: date | None = None
    coming: Coming | None = None
    confidence: tuple[tuple[date, int], ...] = ()
    approved: bool = False
    conditions: tuple[Open, ...] = ()
    suspected: str | None = None
    scope: Since | None = None
    effort: float | None = None
    running: int = 0
    story: str | None = None
    has_pm: bool = True
    spot: str | None = None
    held: bool = False


def told(progress: Progress, goal: Goal) -> float | None:
    """The result so far as leaders are told it; None while nothing beats today's way.

    A result that a second person has confirmed stands until another one counts as better: a number that
    nobody has looked at does not replace it for a hair's breadth.
    """
    confirmed = any(
        one.confirmed and abs(one.value - progress.reference) <= TOLERANCE
        for one in progress.surprises
    )
    value = progress.reference if confirmed else progress.best
    return value if gain(goal, value, progress.mark.baseline) > TOLERANCE else None


def without_scope(known: Known) -> Known:
    """The project with nothing said of a changed scope."""
    return replace(known, scope=None)


def block(known: Known, today: date) -> ProjectFacts:
    """What leaders are told of one project."""
    project = known.project
    reasons = [reason for one in find([project], today=today) for reason in one.reasons]
    what = _what(known)
    place = _place(known, what, reasons)
    likely, before = _likely(known.confidence, today)
    is_bet = place not in {Place.LIVE, Place.IDLE} and project.stage not in LIVE
    worth = _worth(known.measure, what) if what else None
    return ProjectFacts(
        project_id=project.project_id,
        key=project.key,
        name=project.name,
        channel_id=known.channel_id,
        place=place,
        stage=project.stage,
        status=project.status,
        what=what,
        earliest=_ahead(known.earliest, today) if is_bet else None,
        latest=known.latest if is_bet else None,
        overrun=known.latest is not None and known.latest < today,
        coming=known.coming if is_bet else None,
        worth=worth,
        asked_by=today + TO_ANSWER if _is_asked(known, place, worth) else None,
        likely=likely if is_bet and not known.approved else None,
        likely_before=before if is_bet and not known.approved else None,
        decision=next(
            (_asked(one, known) for one in reasons if isinstance(one, DecisionDue)), None
        ),
        approved=known.approved and project.stage not in LIVE,
        conditions=known.conditions,
        waiting=tuple(Waiting(one.text, one.days) for one in reasons if isinstance(one, Blocked)),
        suspected=known.suspected if what and what.bad_since else None,
        scope=known.scope,
        touchpoint=_ahead(project.touchpoint, today),
        effort=known.effort,
        running=known.running,
        story=known.story,
        spot=known.spot,
        held=known.held,
        still=_still(known, what, reasons, today),
    )


def digest(
    known: Iterable[Known],
    today: date,
    learned: Learned | None,
    *,
    bets: bool = True,
    held_back: bool = True,
) -> LeadershipFacts:
    """The whole digest, the most important project first; over are those that were stopped or retired.

    What a PM holds back is not told of; it stays among the bets, without its name, so that their parts are
    those of all effort.
    """
    going = [
        one for one in known if one.project.status in {ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD}
    ]
    blocks = [block(one, today) for one in going]
    said = [one for one in blocks if not (held_back and one.held)]
    return LeadershipFacts(
        as_of=today,
        projects=tuple(sorted(said, key=lambda one: (ORDER[one.place], one.name, one.key))),
        learned=learned,
        bets=_bets(blocks, held_back=held_back) if bets else None,
    )


def _what(known: Known) -> What | None:
    measure, project = known.measure, known.project
    if measure is None or project.progress is None or project.progress.mark.acceptance is None:
        return None
    mark = project.progress.mark
    needed = project.progress.mark.acceptance
    live = project.live if project.stage in LIVE else None
    value = live.value if live else told(project.progress, measure.goal)
    return What(
        phrase=measure.phrase,
        unit=measure.unit,
        goal=measure.goal,
        today=mark.baseline,
        needed=needed,
        value=value,
        reached=value is not None and reaches(measure.goal, value, needed),
        proposed=not measure.agreed,
        live=live is not None,
        bad_since=live.bad_since if live else None,
    )


def _place(known: Known, what: What | None, reasons: Sequence[Reason]) -> Place:
    project = known.project
    if any(isinstance(one, DecisionDue) for one in reasons):
        return Place.NEEDS_DECISION
    if any(isinstance(one, ProductionBelow | Blocked) for one in reasons):
        return Place.NEEDS_ATTENTION
    if project.stage in LIVE:
        return Place.LIVE
    if project.status is ProjectStatus.ON_HOLD:
        return Place.IDLE
    if known.approved or (what is not None and what.reached):
        return Place.READY
    measured = project.progress is not None and project.progress.measured > 0
    begun = measured or known.running > 0 or project.stage is not Stage.CONCEPTION
    return Place.IN_SEARCH if begun else Place.IDLE


def _still(known: Known, what: What | None, reasons: Sequence[Reason], today: date) -> Still | None:
    """The flat stretch of a result that leaders were told; it says that the search goes on (S0-13, S0-15)."""
    if what is None or what.value is None or known.approved:
        return None
    flat = (
        Still(today - timedelta(days=one.days), one.experiments)
        if isinstance(one, PlateauBelow)
        else Still(one.accepted_on, one.experiments, enough=True)
        for one in reasons
        if isinstance(one, PlateauAbove | PlateauBelow)
    )
    return next(flat, None)


def _worth(measure: Measure | None, what: What) -> Worth | None:
    if measure is None or measure.value_model is None:
        return None
    model = value_model_of(measure.value_model)

    def over_today(value: float) -> Range:
        money = model.uplift(value, what.today, what.goal).in_order()
        return money.low, money.high

    return Worth(
        currency=model.currency,
        now=None if what.value is None else over_today(what.value),
        needed=None if what.reached or what.live else over_today(what.needed),
        costs=model.running_cost,
    )


def _is_asked(known: Known, place: Place, worth: Worth | None) -> bool:
    return worth is None and known.has_pm and place is not Place.IDLE


def _asked(due: DecisionDue, known: Known) -> Asked:
    return Asked(due.since, due.stop.threshold if due.stop else None, known.effort)


def _likely(said: Sequence[tuple[date, int]], today: date) -> tuple[int | None, int | None]:
    """How likely it is, and four weeks before where that was quite different."""
    now = next((value for day, value in reversed(said) if day <= today), None)
    before = next((value for day, value in reversed(said) if day <= today - A_MONTH), None)
    moved = now is not None and before is not None and abs(now - before) >= WORTH_SAYING
    return now, before if moved else None


def _ahead(day: date | None, today: date) -> date | None:
    return day if day is not None and day >= today else None


def _bets(projects: Iterable[ProjectFacts], *, held_back: bool) -> tuple[Bet, ...]:
    """The parts of all effort, the largest first; of what is held back without its name."""
    at_work = [
        ("" if held_back and one.held else one.name, one.effort)
        for one in projects
        if one.effort and one.status is ProjectStatus.ACTIVE
    ]
    whole = sum(effort for _, effort in at_work)
    shares = [Bet(name, floor(100 * effort / whole + 0.5)) for name, effort in at_work]
    return tuple(sorted(shares, key=lambda bet: (-bet.share, bet.name)))
