"""`labmate digest`: a digest printed as of any date, or posted where it is scheduled."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import SystemClock
from bot.schema import reaching, schema
from bot.settings import Settings
from handlers.blocks import stalled as blocks
from handlers.blocks.document import Rendered
from models import digests, posting
from models.absences import look_up_owners
from models.db import Database
from models.domain.cadence import local_date, zone_of
from models.domain.digest import DigestFormat
from models.domain.errors import Unknown
from models.search import AsOf
from models.stalled import stalled
from models.tables import Project, Workspace
from models.workspaces import the_only_one


@dataclass(frozen=True)
class Wanted:
    """Which digest: as of a date (today's if None), of one project or all, in which workspace."""

    as_of: date | None
    project: str | None
    workspace: str


async def printed(settings: Settings, wanted: Wanted, form: DigestFormat) -> str:
    """The stalled digest as it reads as of a date; nothing is posted.

    Raises:
        SettingsError: the database can't be reached, or is not at this version's schema.
        Unknown: there is no workspace yet, or no project of that key.
    """
    await schema(settings)
    db = Database(settings.database_url)
    try:
        with reaching():
            workspace = await _workspace(db, wanted.workspace)
            async with db.reading(workspace.id) as session:
                project_id = await _project(session, wanted.project)
                zone = zone_of(workspace.tz)
                day = wanted.as_of or local_date(SystemClock().now(), zone)
                await look_up_owners(session, day)
                facts = await stalled(session, AsOf(day, zone), project_id)
        return _written(blocks.digest(facts), form)
    finally:
        await db.close()


async def posted(settings: Settings, wanted: Wanted) -> int:
    """Have every scheduled stalled digest posted now, by the running bot; returns how many.

    Raises:
        SettingsError, Unknown: as `printed`.
    """
    await schema(settings)
    db = Database(settings.database_url)
    try:
        with reaching():
            workspace = await _workspace(db, wanted.workspace)
            now = SystemClock().now()
            today = local_date(now, zone_of(workspace.tz))
            async with db.reading(workspace.id) as session:
                scheduled = await digests.scheduled(session)
            count = 0
            for due in scheduled:
                async with db.reading(workspace.id) as session:
                    content = await posting.compose(session, due._replace(day=today))
                async with db.writing(workspace.id) as session:
                    count += await digests.post_now(session, due.ceremony_id, content, today, now)
        return count
    finally:
        await db.close()


async def _workspace(db: Database, slack_id: str) -> Workspace:
    async with db.reading(None) as session:
        found = await the_only_one(session, slack_id)
    if found is None:
        raise Unknown("The database is empty: start `labmate run` once, or import a log.")
    return found


async def _project(session: AsyncSession, key: str | None) -> int | None:
    if key is None:
        return None
    project_id = await session.scalar(select(Project.id).where(Project.key == key.upper()))
    if project_id is None:
        raise Unknown(f"There is no project {key.upper()}.")
    return project_id


def _written(rendered: Rendered, form: DigestFormat) -> str:
    if form is DigestFormat.BLOCKS:
        return json.dumps({"text": rendered.text, "blocks": rendered.blocks}, indent=2)
    return rendered.text
