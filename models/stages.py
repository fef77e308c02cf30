"""A project's moves from stage to stage: each is a line of the chronicle, and one in its channel (S1-24)."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, stakeholder_notes
from models.domain.clock import Moment
from models.domain.digest_messages import StakeholderNote
from models.domain.errors import Unknown
from models.domain.experiment import Category
from models.domain.messages import StageMoved
from models.domain.permissions import Action
from models.domain.progress import Progress
from models.domain.project import Stage
from models.domain.project_facts import Moved
from models.domain.stages import STAGES, missing, require_move, stage_of_first
from models.outbox import Post, post_all
from models.people import perhaps
from models.permits import permit_project
from models.readiness import records
from models.tables import Event, Member, Project
from models.walking import walked

CHANGED = chronicle.STAGE_CHANGED


class Advance(NamedTuple):
    """A move that a decision makes; `progress`, where it is known, says whether acceptance is met."""

    after: Stage
    reason: str
    progress: Progress | None = None


async def advance(session: AsyncSession, project: Project, moving: Advance, at: Moment) -> Moved:
    """Move a project by a decision, which also writes the line of the chronicle; one statement.

    Raises:
        NotReady: the move to deployment lacks something.
    """
    progress = {project.id: moving.progress} if moving.progress else {}
    record = (await records(session, [project], at.today, progress))[project.id]
    lacking = require_move(project.stage, moving.after, record, moving.reason)
    moved = Moved(project.name, project.stage, moving.after, lacking, moving.reason)
    project.stage = moving.after
    return moved


def line(moved: Moved) -> dict[str, Any]:
    """A move as the chronicle keeps it."""
    return {
        "before": moved.before.value,
        "after": moved.after.value,
        "missing": list(moved.missing),
        "reason": moved.reason,
        "first": moved.first,
    }


async def move(
    session: AsyncSession,
    project_id: int,
    slack_id: str,
    after: Stage,
    reason: str | None,
    at: Moment,
) -> Project:
    """Move a project to another stage; its channel is told.

    Raises:
        Unknown: there is no such project.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        SameStage, NotReady, NoReason: see `models.domain.stages.require_move`.
    """
    by, project = await permit_project(session, slack_id, Action.MOVE_STAGE, project_id)
    late = STAGES.index(after) >= STAGES.index(Stage.READINESS)
    walks = await walked(session, [project_id], at.today) if late else {}
    progress = {key: walk.progress for key, walk in walks.items()}
    record = (await records(session, [project], at.today, progress))[project_id]
    lacking = require_move(project.stage, after, record, reason)
    moved = Moved(project.name, project.stage, after, lacking, reason)
    project.stage = after
    lines = {CHANGED: line(moved)}
    of = await chronicle.record_all(session, lines, project_id=project.id, by_id=by.id, at=at.now)
    await tell(session, project, of[CHANGED], at.now)
    return project


async def begin(
    session: AsyncSession, project: Project, key: str, category: Category, at: Moment
) -> Moved | None:
    """The first hypothesis of a project in conception begins its search: it moves to where that belongs.

    What was still missing is written down and said, so that nobody takes it for settled. The move is
    returned for the chronicle (`line`), and to be told then (`tell`); None where there is none.
    """
    after = stage_of_first(category)
    if project.stage is not Stage.CONCEPTION or after is Stage.CONCEPTION:
        return None
    with session.no_autoflush:
        record = (await records(session, [project], at.today))[project.id]
    lacking = missing(project.stage, after, record)
    moved = Moved(project.name, project.stage, after, lacking, first=key)
    project.stage = after
    return moved


async def record_start(
    session: AsyncSession,
    project: Project,
    moved: Moved | None,
    experiment_id: int,
    *,
    by_id: int,
    at: Moment,
) -> None:
    """Write that an experiment started, after the move that it began, which is told; two statements."""
    lines = {CHANGED: line(moved)} if moved else {}
    lines["experiment_started"] = {"experiment": experiment_id}
    written = await chronicle.record_all(
        session, lines, project_id=project.id, by_id=by_id, at=at.now
    )
    if moved:
        await tell(session, project, written[CHANGED], at.now)


async def tell(session: AsyncSession, project: Project, event_id: int, now: datetime) -> None:
    """Tell the project's channel of a move, and its stakeholders in theirs; one statement."""
    posts = []
    if project.channel_id is not None:
        posts.append(Post(StageMoved(event_id=event_id), project.channel_id))
    note = StakeholderNote(about="stage", number=event_id)
    posts += stakeholder_notes.posts(project, note)
    await post_all(session, posts, now=now)


async def moved_facts(session: AsyncSession, event_id: int) -> Moved:
    """A move as its channel is told of it.

    Raises:
        Unknown: it is gone.
    """
    found = (
        await session.execute(
            select(Event, Project, Member)
            .join(Project, Project.id == Event.project_id)
            .outerjoin(Member, Member.id == Event.by_id)
            .where(Event.id == event_id, Event.kind == CHANGED)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    event, project, by = found
    data: dict[str, Any] = event.data
    return Moved(
        name=project.name,
        before=Stage(data["before"]),
        after=Stage(data["after"]),
        missing=tuple(data.get("missing") or ()),
        reason=data.get("reason"),
        by=perhaps(by),
        first=data.get("first"),
    )
