"""What leaders are told, as of a date: five statements however many projects there are (domain §5.1)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import past
from models.domain import leadership as rules
from models.domain.as_it_was import AsItWas
from models.domain.cadence import local_date
from models.domain.decision import DecisionKind
from models.domain.findings.kinds import Thresholds
from models.domain.findings.state import Blocker as OpenBlocker
from models.domain.findings.state import Project as SearchedProject
from models.domain.leadership import A_MONTH, Known, Measure
from models.domain.leadership_facts import (
    Coming,
    LeadershipFacts,
    Learned,
    Open,
    Since,
    spot,
)
from models.domain.leadership_learned import Ended, learned
from models.domain.project import Role, Stage
from models.domain.review import ReviewKind
from models.domain.working_days import Span
from models.in_search import SHOWN
from models.leadership_rows import Dated, dated_rows, in_the_way
from models.search import AsOf
from models.tables import (
    Benchmark,
    Event,
    Experiment,
    Member,
    Membership,
    Metric,
    Project,
)
from models.walking import IS_OWN, Walked, has_begun, stop_mark, versions_in, walks_from

LEARNED, BETS, SCOPE, PROJECT = "learned", "bets", "scope", "project:"
"""What can be left out; a project with its id behind it."""
OWN = (Stage.READINESS, Stage.DEPLOYMENT)
"""Where a go that no review led to means that it may go live."""


async def leadership(
    session: AsyncSession,
    as_of: AsOf,
    project_id: int | None = None,
    *,
    leave_out: Collection[str] = (),
    held_back: bool = True,
) -> LeadershipFacts:
    """What leaders are told as of a day, of the workspace or of one project.

    Projects that their PM holds back are left out, unless `held_back` is False: they are shown to the PM.
    """
    apart = {int(one.removeprefix(PROJECT)) for one in leave_out if one.startswith(PROJECT)}
    found, versions = await _projects(session, as_of, project_id, apart)
    projects = past.as_they_were(found, as_of.end)
    ids = [project.id for project, *_ in projects]
    walks = await walks_from(
        session,
        versions,
        as_of.today,
        with_live=True,
        confirmed_only=True,
        smallest=past.smallest(was for _, _, was in projects),
    )
    dated = await dated_rows(session, ids, as_of)
    blockers = await in_the_way(session, ids, as_of)
    known = [
        _known((project, *beside, was), walks.get(project.id), blockers, dated, as_of)
        for project, beside, was in projects
    ]
    if SCOPE in leave_out:
        known = [rules.without_scope(one) for one in known]
    taught = None
    if LEARNED not in leave_out:
        taught = await _learned(session, as_of, project_id, apart)
    bets = BETS not in leave_out
    return rules.digest(known, as_of.today, taught, bets=bets, held_back=held_back)


async def _projects(
    session: AsyncSession, as_of: AsOf, project_id: int | None, apart: Collection[int]
) -> tuple[list[Sequence[Any]], list[tuple[Metric, Benchmark]]]:
    """Each project, how many of its experiments ran on that day, whether it has a PM, and a line since then.

    Beside them their own metrics with each benchmark.
    """
    running = (
        select(func.count())
        .where(
            Experiment.project_id == Project.id,
            Experiment.started_on <= as_of.today,
            or_(Experiment.concluded_on.is_(None), Experiment.concluded_on > as_of.today),
        )
        .scalar_subquery()
    )
    has_pm = exists().where(Membership.project_id == Project.id, Membership.role == Role.PM)
    statement = (
        select(Project, running, has_pm, Event, Metric, Benchmark)
        .outerjoin(Event, past.changed_since(as_of.end))
        .outerjoin(Metric, IS_OWN)
        .outerjoin(Benchmark, has_begun(as_of.today))
        .where(past.status_then(as_of.end).in_(SHOWN), past.had_begun(as_of.today, as_of.end))
        .where(Project.id.not_in(apart))
    )
    if project_id is not None:
        statement = statement.where(Project.id == project_id)
    statement = statement.order_by(Project.name, Project.id, Event.at, Event.id)
    rows = (await session.execute(statement)).all()
    return [row[:-2] for row in rows], versions_in(rows)


async def _learned(
    session: AsyncSession, as_of: AsOf, project_id: int | None, apart: Collection[int]
) -> Learned:
    statement = (
        select(
            past.known_start(),
            Experiment.concluded_on,
            Experiment.outcome,
            Member.away_from,
            Member.away_to,
        )
        .join(Member, Member.id == Experiment.owner_id)
        .where(
            Experiment.concluded_on <= as_of.today,
            Experiment.concluded_on > as_of.today - A_MONTH,
            Experiment.project_id.in_(select(Project.id).where(Project.id.not_in(apart))),
        )
    )
    if project_id is not None:
        statement = statement.where(Experiment.project_id == project_id)
    return learned(
        [
            Ended(started, concluded, outcome, _off(away_from, away_to))
            for started, concluded, outcome, away_from, away_to in await session.execute(statement)
            if concluded is not None and outcome is not None
        ]
    )


def _off(start: date | None, end: date | None) -> tuple[Span, ...]:
    return (Span(start, end),) if start is not None and end is not None else ()


def _known(
    row: Sequence[Any],
    walk: Walked | None,
    blockers: dict[int, list[OpenBlocker]],
    dated_of: dict[int, Dated],
    as_of: AsOf,
) -> Known:
    project, running, has_pm, was = row
    dated = dated_of.get(project.id, Dated())
    approving = _approving(dated, was.stage)
    coming = next(iter(dated.of("review")), None)
    scope = next(reversed(dated.of("scope")), None)
    incident = next(reversed(dated.of("incident")), None)
    return Known(
        project=_searched(project, was, walk, blockers, dated, as_of),
        channel_id=project.channel_id,
        measure=_measure(walk, was),
        earliest=was.estimate_earliest,
        latest=was.estimate_latest,
        coming=Coming(ReviewKind(coming[2]).label, coming[1]) if coming else None,
        confidence=tuple((one[1], one[0]) for one in dated.of("confidence")),
        approved=approving is not None,
        conditions=tuple(
            Open(one[2], one[3], one[4]) for one in dated.of("condition") if one[0] == approving
        ),
        suspected=incident[2] if incident else None,
        scope=Since(scope[2], scope[1]) if scope else None,
        effort=was.effort_per_week,
        running=running,
        story=_note(dated, held=False),
        has_pm=has_pm,
        spot=_spot(dated),
        held=_note(dated, held=True) is not None,
    )


def _searched(
    project: Project,
    was: AsItWas,
    walk: Walked | None,
    blockers: dict[int, list[OpenBlocker]],
    dated: Dated,
    as_of: AsOf,
) -> SearchedProject:
    return SearchedProject(
        project_id=project.id,
        key=project.key,
        name=project.name,
        stage=was.stage,
        status=was.status,
        stage_since=local_date(project.created_at, as_of.zone),
        progress=walk.progress if walk else None,
        live=walk.live if walk else None,
        stop=stop_mark(walk, was.stop_by, was.stop_threshold),
        touchpoint=was.next_touchpoint,
        decisions=tuple(one[1] for one in dated.of("decision")),
        blockers=tuple(blockers.get(project.id, ())),
        thresholds=Thresholds(**was.thresholds),
    )


def _measure(walk: Walked | None, was: AsItWas) -> Measure | None:
    """How the result is said; a phrase that only repeats the metric's name says nothing to leaders."""
    if walk is None:
        return None
    metric = walk.metric
    phrase = metric.business_phrase.strip()
    names = {metric.name.casefold(), metric.key.casefold()}
    if phrase.casefold().replace("_", " ") in {one.replace("_", " ") for one in names}:
        phrase = ""
    worth = was.worth(metric.value_model)
    return Measure(phrase, metric.unit, metric.goal, walk.is_agreed, worth)


def _approving(dated: Dated, stage: Stage) -> int | None:
    """The id of the decision by which a project may go live, if the last one about that says so."""
    about = [
        one
        for one in dated.of("decision")
        if one[4] == ReviewKind.DEPLOYMENT or (one[4] is None and stage in OWN)
    ]
    if not about or about[-1][2] != DecisionKind.GO:
        return None
    number: int = about[-1][0]
    return number


def _spot(dated: Dated) -> str | None:
    """The last message about it that stands in its channel."""
    last = next(reversed(dated.of("spot")), None)
    return spot(last[2], last[4]) if last else None


def _note(dated: Dated | None, *, held: bool) -> str | None:
    """What the PM says of it this week; with `held` whether it is held back."""
    last = next(reversed(dated.of("note")), None) if dated else None
    if last is None:
        return None
    if held:
        return "held" if last[0] else None
    return last[2] or None
