"""What a project's PM says about it: name and goal, plan, governance, thresholds, on hold or not."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.clock import Moment
from models.domain.errors import DayIsPast, NothingToMeasure, Unknown
from models.domain.findings.kinds import Thresholds
from models.domain.metric import MetricKind, stored_as
from models.domain.permissions import Action
from models.domain.project import ProjectStatus
from models.domain.project_facts import GovernanceFacts, Plan
from models.permits import permit_about
from models.tables import Governance, Member, Metric, Project


class InHand(NamedTuple):
    """A project, locked, who changes it, and the unit of its primary metric, where it has one."""

    project: Project
    by: Member
    unit: str | None = None


class OverAlready(DayIsPast):
    """That day is past. Choose today or a later one."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


async def take(
    session: AsyncSession,
    project_id: int,
    slack_id: str,
    action: Action = Action.CHANGE_PROJECT,
) -> InHand:
    """The project, for somebody who may do this to it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit_about`.
    """
    about = (
        select(Project, Metric.unit)
        .select_from(Project)
        .outerjoin(Metric, and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY))
        .where(Project.id == project_id)
        .with_for_update(of=Project)
    )
    by, found = await permit_about(session, about, slack_id, action, project=Project.id)
    return InHand(found[0].Project, by, found[0].unit)


class Described(NamedTuple):
    """Name and goal, where it is talked about, and where its users read of it."""

    name: str
    business_goal: str
    channel_id: str | None = None
    stakeholders_channel_id: str | None = None


async def describe(session: AsyncSession, hand: InHand, said: Described, at: Moment) -> None:
    """Name, goal and channels. The key stays: experiments are called by it."""
    change(session, hand, "project_described", said._asdict(), at)


async def set_plan(session: AsyncSession, hand: InHand, plan: Plan, at: Moment) -> None:
    """Estimate, stop mark, touchpoint and effort; `plan.stop` as typed, in the primary metric's unit.

    Raises:
        OverAlready: a new touchpoint or stop date is past.
        NothingToMeasure: a stop mark needs a primary metric.
        NotInUnit: the stop mark is not in the metric's unit.
    """
    project = hand.project
    stop = plan.stop
    if stop is not None:
        if hand.unit is None:
            raise NothingToMeasure
        stop = stored_as(stop, hand.unit)
    _require_to_come("stop_by", project.stop_by, plan.stop_by, at.today)
    _require_to_come("touchpoint", project.next_touchpoint, plan.touchpoint, at.today)
    said = {
        "estimate_earliest": plan.earliest,
        "estimate_latest": plan.latest,
        "stop_threshold": stop,
        "stop_by": plan.stop_by,
        "effort_per_week": plan.effort,
        "repair_hours": plan.repair,
    }
    # What was planned before stays known: past days are asked about (`chronicle.before`).
    touchpoint = {"next_touchpoint": plan.touchpoint}
    lines = {
        kind: {"changes": changes}
        for kind, columns in (("plan_changed", said), ("touchpoint_moved", touchpoint))
        if (changes := applied(project, columns))
    }
    if lines:
        of = {"project_id": project.id, "by_id": hand.by.id}
        await chronicle.record_all(session, lines, **of, at=at.now)


def _require_to_come(field: str, before: date | None, after: date | None, today: date) -> None:
    if after is not None and after != before and after < today:
        raise OverAlready(field)


async def set_status(
    session: AsyncSession, hand: InHand, status: ProjectStatus, at: Moment
) -> None:
    """On hold, or active again (domain §2.3).

    Raises:
        Unknown: it is stopped or retired: only a decision takes that back.
    """
    both = (ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)
    if hand.project.status not in both or status not in both:
        raise Unknown("This project has ended. Only a decision takes that back.")
    change(session, hand, "status_changed", {"status": status}, at)


async def set_thresholds(
    session: AsyncSession, hand: InHand, thresholds: Thresholds, at: Moment
) -> None:
    """When something counts as a finding here; only what differs from the defaults is kept."""
    usual = asdict(Thresholds())
    kept = {name: value for name, value in asdict(thresholds).items() if value != usual[name]}
    change(session, hand, "thresholds_changed", {"thresholds": kept}, at)


async def set_track(
    session: AsyncSession, hand: InHand, track: GovernanceFacts, owner: Member | None, at: Moment
) -> None:
    """How far a governance track is, who sees to it, and where it is written down (S2-6)."""
    row = await session.scalar(
        select(Governance).where(
            Governance.project_id == hand.project.id, Governance.kind == track.kind
        )
    )
    if row is None:
        row = Governance(project_id=hand.project.id, kind=track.kind)
        session.add(row)
    before = row.state
    row.state, row.link, row.at = track.state, track.link, at.now
    row.owner_id = owner.id if owner else None
    chronicle.record(
        session,
        "governance_changed",
        project_id=hand.project.id,
        by_id=hand.by.id,
        at=at.now,
        track=track.kind.value,
        before=before.value if before else None,
        after=track.state.value,
        owner=row.owner_id,
    )


def change(
    session: AsyncSession, hand: InHand, kind: str, said: Mapping[str, Any], at: Moment
) -> None:
    """Set columns, and write down in the chronicle what they were; nothing where nothing changes."""
    changes = applied(hand.project, said)
    if changes:
        chronicle.record(
            session, kind, project_id=hand.project.id, by_id=hand.by.id, at=at.now, changes=changes
        )


def applied(project: Project, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set columns; what has changed, {column: [before, after]}, for the chronicle."""
    changes = {
        name: [_written(getattr(project, name)), _written(value)]
        for name, value in said.items()
        if getattr(project, name) != value
    }
    for name, value in said.items():
        setattr(project, name, value)
    return changes


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
