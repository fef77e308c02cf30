"""What could use a hand in one project (domain §2.5). Working days are Monday to Friday."""

from collections.abc import Iterator
from datetime import date

from models.domain.findings.kinds import (
    ORDER,
    DecisionDue,
    Idle,
    OverdueCondition,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    Reason,
    StopMark,
    Thresholds,
    Unacknowledged,
    WaitingReview,
)
from models.domain.findings.of_experiments import blocked
from models.domain.findings.state import Asked, Notice, Project, Review, happened
from models.domain.progress import Progress
from models.domain.project import ProjectStatus, Stage
from models.domain.working_days import elapsed

SEARCHING = (Stage.DATA, Stage.PROTOTYPE, Stage.DEVELOPMENT)
LIVE = (Stage.PRODUCTION, Stage.DEPRECATION)


def reasons(project: Project, asked: Asked) -> Iterator[Reason]:
    """Its reasons in their order.

    A project on hold is only asked for its decision, its live value and its notices: nobody is meant to
    work on it.
    """
    active = project.status is ProjectStatus.ACTIVE
    yield from _decision_due(project, asked)
    yield from _production_below(project, asked)
    if active:
        yield from blocked(project.blockers, asked)
        yield from _waiting_reviews(project, asked)
        yield from _overdue_conditions(project, asked)
        yield from _plateau(project, asked)
        yield from _idle(project, asked)
    yield from _unacknowledged(project, asked)


def _decision_due(project: Project, asked: Asked) -> Iterator[Reason]:
    """The earlier of a missed stop mark and a touchpoint that nobody has decided on; the mark if both."""
    stop = project.stop if project.stop is not None and not project.stop.met else None
    due: list[tuple[date, StopMark | None]] = [] if stop is None else [(stop.by, stop)]
    if project.touchpoint is not None:
        due.append((project.touchpoint, None))
    for since, mark in sorted(due, key=lambda one: one[0]):
        decided = any(since <= day <= asked.today for day in project.decisions)
        days = elapsed(since, asked.today, asked.holidays)
        passed = since < asked.today and days >= asked.thresholds.decision_days
        if passed and not decided:
            yield DecisionDue(since, days, mark)
            return


def _production_below(project: Project, asked: Asked) -> Iterator[Reason]:
    live = project.live
    if live is None or live.bad_since is None:
        return
    if live.bad >= asked.thresholds.production_values:
        yield ProductionBelow(live, live.bad_since, project.incident)


def _waiting_reviews(project: Project, asked: Asked) -> Iterator[Reason]:
    for review in sorted(project.reviews, key=lambda one: (one.due, one.review_id)):
        if not happened(review.cancelled_on, asked.today):
            yield from _waiting_review(review, asked)


def _waiting_review(review: Review, asked: Asked) -> Iterator[Reason]:
    """Due and not held, or held and not decided."""
    limits = asked.thresholds
    if review.held_on is None or review.held_on > asked.today:
        since, held, limit = review.due, False, limits.review_days
    elif not happened(review.decided_on, asked.today):
        since, held, limit = review.held_on, True, limits.review_decision_days
    else:
        return
    days = elapsed(since, asked.today, asked.holidays)
    if since <= asked.today and days >= limit:
        yield WaitingReview(days, review.review_id, review.kind, since, held)


def _overdue_conditions(project: Project, asked: Asked) -> Iterator[Reason]:
    """From the day after a condition was due; the one that was due first is said first."""
    for one in sorted(project.conditions, key=lambda one: (one.due, one.condition_id)):
        if one.due < asked.today and not happened(one.met_on, asked.today):
            days = elapsed(one.due, asked.today, asked.holidays)
            yield OverdueCondition(days, one.condition_id, one.text, one.owner, one.due)


def _plateau(project: Project, asked: Asked) -> Iterator[Reason]:
    """Never for a live model: there the search is over."""
    progress, today = project.progress, asked.today
    if progress is None or project.stage in LIVE or not is_flat(progress, today, asked.thresholds):
        return
    tries, days, best = progress.wait, progress.flat_days(today), progress.best
    if progress.accepted_on is not None:
        added = abs(best - progress.reference)
        yield PlateauAbove(tries, days, progress.accepted_on, best, added)
    else:
        mark = progress.mark
        yield PlateauBelow(tries, days, mark.baseline, best, mark.acceptance)


def is_flat(progress: Progress, today: date, thresholds: Thresholds) -> bool:
    """Whether both patience and days are used up. That only asks a question (domain §7)."""
    tried = progress.wait >= thresholds.patience
    return tried and progress.flat_days(today) >= thresholds.plateau_days


def _idle(project: Project, asked: Asked) -> Iterator[Reason]:
    """Nothing running, and nothing put aside on purpose, since the last conclusion or the stage began."""
    running = any(one.is_running(asked.today) for one in project.experiments)
    if project.stage not in SEARCHING or running:
        return
    ended = (day for day in project.ended if day <= asked.today)
    days = elapsed(max((project.stage_since, *ended)), asked.today, asked.holidays)
    if days >= asked.thresholds.idle_days:
        yield Idle(days)


def _unacknowledged(project: Project, asked: Asked) -> Iterator[Reason]:
    """Scope changes first, then other notices; the longest waiting first."""
    for notice in sorted(project.notices, key=lambda one: (ORDER[one.kind], one.raised_on)):
        yield from _waited_for(notice, asked)


def _waited_for(notice: Notice, asked: Asked) -> Iterator[Reason]:
    """Each addressee has their own working days; one who is away is not waited for."""
    waiting = {
        one.member.person: elapsed(
            notice.raised_on, asked.today, (*one.member.away, *asked.holidays)
        )
        for one in notice.addressees
        if not happened(one.acknowledged_on, asked.today) and not one.member.is_away(asked.today)
    }
    late = [who for who, days in waiting.items() if days >= asked.thresholds.unacknowledged_days]
    if late and notice.raised_on <= asked.today:
        days = max(waiting.values())
        yield Unacknowledged(days, notice.notice_id, notice.raised_on, tuple(late), notice.kind)
