"""Retiring: after its last day and a go on ending it, a project stays in the record only (domain §2.3)."""

from sqlalchemy import ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle
from models.domain.clock import Moment
from models.domain.decision import DecisionKind
from models.domain.deprecation import lacking_to_retire
from models.domain.errors import BotError, Unknown
from models.domain.live_messages import EndAnnounced
from models.domain.permissions import Action
from models.domain.project import ProjectStatus
from models.domain.review import ReviewKind
from models.outbox import Post, refresh_all
from models.permits import permit
from models.tables import Decision, DeprecationNotice, Project, Review


class NotOverYet(BotError):
    """It can't be retired yet."""


async def standing(session: AsyncSession, project_id: int) -> DeprecationNotice | None:
    """The project's notice that was not taken back."""
    found: DeprecationNotice | None = await session.scalar(
        select(DeprecationNotice)
        .where(DeprecationNotice.project_id == project_id, DeprecationNotice.withdrawn_on.is_(None))
        .order_by(DeprecationNotice.id.desc())
        .limit(1)
    )
    return found


async def has_gone(session: AsyncSession, project_id: int) -> bool:
    """Whether the newest decision of a review of its end, that none replaces, is a go."""
    return await session.scalar(select(last_go(project_id))) is DecisionKind.GO


def last_go(project_id: int) -> ScalarSelect[DecisionKind]:
    """What the newest decision of a review of its end is, that none replaces."""
    later = aliased(Decision)
    return (
        select(Decision.kind)
        .join(Review, Review.id == Decision.review_id)
        .outerjoin(later, later.supersedes_id == Decision.id)
        .where(
            Decision.project_id == project_id,
            Review.kind == ReviewKind.DEPRECATION,
            later.id.is_(None),
        )
        .order_by(Decision.id.desc())
        .limit(1)
        .scalar_subquery()
    )


async def retire(session: AsyncSession, project_id: int, slack_id: str, at: Moment) -> Project:
    """The model is over: its project raises nothing any more, and stays in the record.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project, or it has ended.
        NotOverYet: something is still to come; the sentence says what.
    """
    by = await permit(session, slack_id, Action.ANNOUNCE_END, project_id=project_id)
    project = await session.get(Project, project_id, with_for_update=True)
    if project is None or project.status in (ProjectStatus.STOPPED, ProjectStatus.RETIRED):
        raise Unknown
    notice = await standing(session, project_id)
    gone = await has_gone(session, project_id)
    lacking = lacking_to_retire(
        project.stage,
        gone=gone,
        stops_on=None if notice is None else notice.stops_on,
        today=at.today,
    )
    if lacking or notice is None:
        raise NotOverYet(f"Not yet: {'; '.join(lacking)}.")
    changes = {"status": [project.status.value, ProjectStatus.RETIRED.value]}
    project.status = ProjectStatus.RETIRED
    chronicle.record(
        session,
        "status_changed",
        project_id=project.id,
        by_id=by.id,
        at=at.now,
        changes=changes,
    )
    await refresh_all(session, [Post(EndAnnounced(notice_id=notice.id), "")], now=at.now)
    return project
