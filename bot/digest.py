"""`labmate digest`: a digest printed as of any date, or posted where it is scheduled."""

import json
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.settings import Settings, SettingsError
from handlers.blocks import stalled as blocks
from handlers.blocks.document import Rendered
from models import digests, posting
from models.db import Database
from models.domain.cadence import local_date, zone_of
from models.domain.clock import Clock
from models.search import AsOf
from models.stalled import stalled
from models.tables import Project, Workspace


class Kind(StrEnum):
    """Digests that there are."""

    STALLED = "stalled"


class Format(StrEnum):
    """How a digest is printed."""

    TEXT = "text"
    BLOCKS = "blocks"


async def printed(
    settings: Settings, clock: Clock, as_of: date | None, project: str | None, form: Format
) -> str:
    """The stalled digest as it reads as of a date (today's where none is given); nothing is posted.

    Raises:
        SettingsError: there is no workspace yet, or no project of that key.
    """
    db = Database(settings.database_url)
    try:
        workspace = await _workspace(db)
        zone = zone_of(workspace.tz)
        async with db.reading(workspace.id) as session:
            project_id = None
            if project is not None:
                project_id = await session.scalar(
                    select(Project.id).where(Project.key == project.upper())
                )
                if project_id is None:
                    raise SettingsError(f"There is no project {project.upper()}.")
            day = as_of or local_date(clock.now(), zone)
            facts = await stalled(session, AsOf(day, zone), project_id)
        return _written(blocks.digest(facts), form)
    finally:
        await db.close()


async def posted(settings: Settings, clock: Clock) -> int:
    """Have every scheduled stalled digest posted now by the running bot; returns how many.

    Raises:
        SettingsError: there is no workspace yet.
    """
    db = Database(settings.database_url)
    try:
        workspace = await _workspace(db)
        now = clock.now()
        async with db.reading(workspace.id) as session:
            scheduled = await digests.scheduled(session)
        count = 0
        for due in scheduled:
            today = local_date(now, ZoneInfo(workspace.tz))
            async with db.reading(workspace.id) as session:
                content = await posting.compose(session, due._replace(day=today))
            async with db.writing(workspace.id) as session:
                count += await digests.post_now(session, due.ceremony_id, content, today, now)
        return count
    finally:
        await db.close()


async def _workspace(db: Database) -> Workspace:
    async with db.reading(None) as session:
        found = (await session.scalars(select(Workspace).order_by(Workspace.id).limit(2))).all()
    if not found:
        raise SettingsError(
            "The database holds no workspace yet: start `labmate run` once, or import a log."
        )
    return found[0]


def _written(rendered: Rendered, form: Format) -> str:
    if form is Format.BLOCKS:
        return json.dumps({"text": rendered.text, "blocks": rendered.blocks}, indent=2)
    return rendered.text
