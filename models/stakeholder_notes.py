"""What stakeholders are told in their channel, once a change: another stage, scope or needed value."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import outbox
from models.domain.digest_messages import StakeholderNote
from models.domain.errors import Unknown
from models.domain.project import Stage
from models.domain.stakeholder_facts import NeededNow, ScopeNow, StageNow, ToldStakeholders
from models.outbox import Post
from models.tables import Event, Metric, Project, ScopeChange


async def tell(
    session: AsyncSession, project: Project, note: StakeholderNote, now: datetime
) -> None:
    """Tell the stakeholders of a change, where they read in a channel of their own."""
    await outbox.post_all(session, posts(project, note), now=now)


def posts(project: Project, note: StakeholderNote) -> list[Post]:
    """The note, where there is such a channel."""
    channel = project.stakeholders_channel_id
    if channel is None or channel == project.channel_id:
        return []
    return [Post(note, channel)]


async def facts(session: AsyncSession, note: StakeholderNote) -> ToldStakeholders:
    """A change as stakeholders are told of it; one statement.

    Raises:
        Unknown: it is gone.
    """
    if note.about == "scope":
        return await _scope(session, note.number)
    found = (
        await session.execute(
            select(Event, Project, Metric)
            .join(Project, Project.id == Event.project_id)
            .outerjoin(Metric, Metric.id == Event.data["metric"].as_integer())
            .where(Event.id == note.number)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    event, project, metric = found
    if note.about == "stage":
        stage = Stage(event.data["after"])
        return ToldStakeholders(project.name, StageNow(stage, event.data.get("reason")))
    if metric is None:
        raise Unknown
    said = event.data
    anew_on = date.fromisoformat(said["effective"]) if "effective" in said else None
    after = said["acceptance"] if anew_on else said["after"]
    words = (metric.business_phrase, metric.unit, metric.goal)
    needed = NeededNow(*words, said["before"], after, said["reason"], anew_on)
    return ToldStakeholders(project.name, needed)


async def _scope(session: AsyncSession, scope_id: int) -> ToldStakeholders:
    found = (
        await session.execute(
            select(ScopeChange, Project)
            .join(Project, Project.id == ScopeChange.project_id)
            .where(ScopeChange.id == scope_id)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    row, project = found
    return ToldStakeholders(project.name, ScopeNow(row.before, row.after, row.because))
