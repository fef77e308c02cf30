"""A model in use: when its values fall, who can say whether an input changed is asked, once (S3-12)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.domain.clock import Moment
from models.domain.experiment import Split
from models.domain.facts_live import Fell
from models.domain.findings.kinds import Thresholds
from models.domain.incident import OpenIncident
from models.domain.live import Live, live
from models.domain.live_notices import LiveFell, live_fell
from models.domain.metric import MetricKind
from models.domain.notices import notice_of
from models.domain.progress import Mark, Measured, Yardstick
from models.domain.project import TECHNICAL, Role
from models.notices import ToTell
from models.tables import (
    Benchmark,
    Incident,
    Measurement,
    Member,
    Membership,
    Metric,
    Notice,
    Project,
)
from models.walking import walked

MOST_ASKED = 5


class _How(NamedTuple):
    """How live values are judged."""

    yardstick: Yardstick
    mark: Mark
    today: date

    def live(self, values: Iterable[Measured]) -> Live | None:
        """What they come to."""
        return live(values, self.yardstick, self.mark, today=self.today)


async def look_at(
    session: AsyncSession,
    project: Project,
    of: tuple[Metric, Benchmark | None],
    row: Measurement,
    at: Moment,
) -> Fell | None:
    """What is asked about a live value that was stored just now; None where it is as it should be.

    The PM is asked, or who is technical where there is none; never who has typed it: they see the question
    on the spot. Once for a run of bad values, and not while an incident is open. At most two statements.
    """
    metric, mark = of
    if mark is None or metric.kind is not MetricKind.PRIMARY:
        return None
    values = await _values(session, metric, mark)
    how = _How(Yardstick(metric.goal, metric.min_delta), mark.mark_on(at.today), at.today)
    now = how.live(values.values())
    if now is None or now.bad_since is None:
        before = how.live(one for key, one in values.items() if key != row.id)
        if before is not None and before.bad_since is not None:
            over = live_fell(project.id, before.bad_since.isoformat())
            await notices.settle(session, [over], at.now)
        return None
    if now.bad < Thresholds(**project.thresholds).production_values:
        return None
    incident, people = await _who_knows(session, project.id)
    if incident is None:
        asks = LiveFell(
            project_id=project.id, measurement_id=row.id, since=now.bad_since.isoformat()
        )
        asked = [one for one in people if one.id != row.by_id][:MOST_ASKED]
        given = [ToTell(project.workspace_id, one.id, asks) for one in asked]
        await notices.give(session, given, at.now)
    return _fell(project, metric, now, now.bad_since, incident)


async def _values(session: AsyncSession, metric: Metric, mark: Benchmark) -> dict[int, Measured]:
    """The metric's live values under the benchmark's version, in time order, by their ids."""
    found = await session.execute(
        select(Measurement.id, Measurement.on, Measurement.value)
        .where(
            Measurement.metric_id == metric.id,
            Measurement.benchmark_version == mark.version,
            Measurement.split == Split.PRODUCTION,
            Measurement.excluded_on.is_(None),
        )
        .order_by(Measurement.at, Measurement.id)
    )
    return {
        row.id: Measured(None, row.on, row.value, mark.version, Split.PRODUCTION) for row in found
    }


async def _who_knows(
    session: AsyncSession, project_id: int
) -> tuple[OpenIncident | None, list[Member]]:
    """The project's open incident; its PMs, or where it has none those who are technical."""
    found = (
        await session.execute(
            select(Project.id, Incident, Member, Membership.role)
            .outerjoin(Incident, _is_open())
            .outerjoin(
                Membership,
                (Membership.project_id == Project.id) & Membership.role.in_((Role.PM, *TECHNICAL)),
            )
            .outerjoin(
                Member, (Member.id == Membership.member_id) & Member.active & ~Member.limited
            )
            .where(Project.id == project_id)
            .order_by(Membership.id)
        )
    ).all()
    incident = found[0][1] if found else None
    roles: dict[int, set[Role]] = {}
    people: dict[int, Member] = {}
    for _, _, member, role in found:
        if member is not None:
            people[member.id] = member
            roles.setdefault(member.id, set()).add(role)
    pms = [member for key, member in people.items() if Role.PM in roles[key]]
    return _as_open(incident), pms or list(people.values())


def _is_open() -> Any:
    return (Incident.project_id == Project.id) & Incident.closed_on.is_(None)


def _as_open(row: Incident | None) -> OpenIncident | None:
    return None if row is None else OpenIncident(row.id, row.opened_on)


def _fell(
    project: Project, metric: Metric, now: Live, since: date, incident: OpenIncident | None
) -> Fell:
    return Fell(
        project_id=project.id,
        project_name=project.name,
        phrase=metric.business_phrase,
        unit=metric.unit,
        live=now,
        since=since,
        incident=incident,
    )


async def told_of_live(
    session: AsyncSession, rows: Sequence[Notice], today: date
) -> dict[str, Fell]:
    """Those notices that ask about live values, as people read them, by subject; at most three statements."""
    asked = {
        row.subject: one for row in rows if isinstance(one := notice_of(row.payload), LiveFell)
    }
    if not asked:
        return {}
    of = {one.project_id for one in asked.values()}
    walks = await walked(session, of, today, with_live=True)
    projects = await _projects(session, of)
    told: dict[str, Fell] = {}
    for subject, one in asked.items():
        walk, found = walks.get(one.project_id), projects.get(one.project_id)
        if walk is None or walk.live is None or found is None:
            continue
        project, incident = found
        mended = walk.live.bad_since is None
        since = walk.live.bad_since or date.fromisoformat(one.since)
        fell = _fell(project, walk.metric, walk.live, since, incident)
        told[subject] = Fell(**{**vars(fell), "mended": mended})
    return told


async def _projects(
    session: AsyncSession, ids: Collection[int]
) -> dict[int, tuple[Project, OpenIncident | None]]:
    found = await session.execute(
        select(Project, Incident).outerjoin(Incident, _is_open()).where(Project.id.in_(ids))
    )
    return {project.id: (project, _as_open(incident)) for project, incident in found}
