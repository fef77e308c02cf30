"""The rows that the leadership digest is made from, as of a date; a statement each for all projects."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import local_date
from models.domain.delivery import Operation
from models.domain.findings.state import Blocker as OpenBlocker
from models.domain.leadership import WEEK
from models.domain.score import Axis
from models.domain.standup import CeremonyKind
from models.search import AsOf
from models.tables import (
    Blocker,
    Ceremony,
    Condition,
    Decision,
    Delivery,
    Experiment,
    Incident,
    LeaderNote,
    Member,
    Project,
    Review,
    Run,
    ScopeChange,
    Score,
)

SPOTS = timedelta(days=28)
"""So long a message in a project's channel is one to be led to."""
SCOPE_IS_NEWS = timedelta(days=56)
"""So long a changed scope is said with the result."""


@dataclass
class Dated:
    """What of a project stands on a date, in the order of the dates: (number, day, text, until, more)."""

    by_kind: dict[str, list[Sequence[Any]]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Sequence[Any]]:
        """The rows of one kind."""
        return self.by_kind.get(kind, [])


async def dated_rows(session: AsyncSession, ids: Collection[int], as_of: AsOf) -> dict[int, Dated]:
    """Everything that stands on a date, by project; one statement, which names the projects once."""
    shown = select(Project.id).where(Project.id.in_(ids)).cte("shown")
    found = await session.execute(union_all(*_parts(select(shown.c.id), as_of)))
    by_project: dict[int, Dated] = {}
    for kind, project_id, *row in sorted(found, key=lambda row: (row[3], row[2])):
        dated = by_project.setdefault(project_id, Dated())
        dated.by_kind.setdefault(kind, []).append(row)
    return by_project


def _part(
    kind: str, project_id: Any, *columns: Any, until: Any = None, more: Any = None
) -> Select[Any]:
    """One kind of row as (kind, project, number, day, text, until, more)."""
    number, day, text = columns
    return select(
        literal(kind).label("kind"),
        project_id.label("project_id"),
        number.label("number"),
        day.label("day"),
        type_coerce(text, String).label("text"),
        (cast(null(), Date) if until is None else until).label("until"),
        (cast(null(), String) if more is None else type_coerce(more, String)).label("more"),
    )


def _parts(ids: Select[int], as_of: AsOf) -> Iterable[Select[Any]]:
    today = as_of.today
    yield (
        _part(
            "decision",
            Decision.project_id,
            Decision.id,
            Decision.on,
            Decision.kind,
            more=Review.kind,
        )
        .outerjoin(Review, Review.id == Decision.review_id)
        .where(Decision.project_id.in_(ids), Decision.on <= today)
    )
    yield (
        _part(
            "condition",
            Decision.project_id,
            Decision.id,
            Decision.on,
            Condition.text,
            until=Condition.due,
            more=Member.name,
        )
        .join(Condition, Condition.decision_id == Decision.id)
        .join(Member, Member.id == Condition.owner_id)
        .where(
            Decision.project_id.in_(ids),
            Decision.on <= today,
            or_(Condition.met_on.is_(None), Condition.met_on > today),
        )
    )
    yield _part("review", Review.project_id, Review.id, Review.due, Review.kind).where(
        Review.project_id.in_(ids),
        Review.due >= today,
        Review.created_at < as_of.end,
        or_(Review.held_on.is_(None), Review.held_on > today),
        or_(Review.cancelled_on.is_(None), Review.cancelled_on > today),
    )
    yield _part(
        "incident", Incident.project_id, Incident.id, Incident.opened_on, Incident.what
    ).where(
        Incident.project_id.in_(ids),
        Incident.opened_on <= today,
        or_(Incident.closed_on.is_(None), Incident.closed_on > today),
    )
    yield _part("confidence", Score.project_id, Score.value, Score.on, literal("")).where(
        Score.project_id.in_(ids), Score.axis == Axis.CONFIDENCE, Score.on <= today
    )
    yield _part(
        "scope", ScopeChange.project_id, ScopeChange.id, ScopeChange.on, ScopeChange.after
    ).where(
        ScopeChange.project_id.in_(ids),
        ScopeChange.on <= today,
        ScopeChange.on > today - SCOPE_IS_NEWS,
    )
    yield _part(
        "note",
        LeaderNote.project_id,
        case((LeaderNote.held_back, 1), else_=0),
        LeaderNote.on,
        LeaderNote.sentence,
    ).where(LeaderNote.project_id.in_(ids), LeaderNote.on <= today, LeaderNote.on > today - WEEK)
    yield from _spots(ids, today)


def _spots(ids: Select[int], today: date) -> Iterable[Select[Any]]:
    """Messages of the last weeks in the projects' own channels: decisions, incidents, scope, summaries."""
    since = today - SPOTS
    for kind, table in (("decision", Decision), ("scope", ScopeChange)):
        yield _spot(kind, table.project_id, table.id, table.on).where(
            table.project_id.in_(ids), table.on <= today, table.on > since
        )
    yield _spot("incident", Incident.project_id, Incident.id, Incident.opened_on).where(
        Incident.project_id.in_(ids), Incident.opened_on <= today, Incident.opened_on > since
    )
    last = (
        select(Ceremony.project_id, func.max(Run.id).label("id"), func.max(Run.day).label("on"))
        .join(Run, Run.ceremony_id == Ceremony.id)
        .where(
            Ceremony.kind == CeremonyKind.STANDUP,
            Ceremony.project_id.in_(ids),
            Run.summarised_at.is_not(None),
            Run.day <= today,
            Run.day > since,
        )
        .group_by(Ceremony.project_id)
        .subquery()
    )
    yield _spot("summary", last.c.project_id, last.c.id, last.c.on)


def _spot(kind: str, project_id: Any, number: Any, day: Any) -> Select[Any]:
    """Where the message of a subject stands, as (…, channel, …, ts)."""
    subject = literal(f"{kind}:") + cast(number, String)
    columns = (number, day, Delivery.slack_channel)
    return _part("spot", project_id, *columns, more=Delivery.slack_ts).join(
        Delivery,
        (Delivery.subject == subject)
        & (Delivery.operation == Operation.POST)
        & Delivery.slack_ts.is_not(None),
    )


async def in_the_way(
    session: AsyncSession, ids: Collection[int], as_of: AsOf
) -> dict[int, list[OpenBlocker]]:
    """What was in the way on that day, of the projects and of their experiments; nobody is named."""
    found = await session.execute(
        select(Blocker.project_id, Blocker.id, Blocker.text, Blocker.opened_at)
        .outerjoin(Experiment, Experiment.id == Blocker.experiment_id)
        .where(
            Blocker.project_id.in_(ids),
            Blocker.risk.is_(False),
            Blocker.opened_at < as_of.end,
            or_(Blocker.resolved_at.is_(None), Blocker.resolved_at >= as_of.end),
            or_(
                Blocker.experiment_id.is_(None),
                Experiment.concluded_on.is_(None),
                Experiment.concluded_on > as_of.today,
            ),
        )
        .order_by(Blocker.id)
    )
    blockers: dict[int, list[OpenBlocker]] = {}
    for project_id, blocker_id, text, opened_at in found:
        blockers.setdefault(project_id, []).append(
            OpenBlocker(blocker_id, text, None, local_date(opened_at, as_of.zone))
        )
    return blockers
