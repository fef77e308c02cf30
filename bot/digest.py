"""`labmate digest`: a digest printed as of any date, or posted where it is scheduled."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import SystemClock
from bot.schema import reaching, schema
from bot.settings import Settings
from handlers.blocks import leadership as leadership_blocks
from handlers.blocks import progress_digest as progress_blocks
from handlers.blocks import stalled as blocks
from handlers.blocks.document import Rendered
from handlers.blocks.printable import html
from models import composing, digests, leadership_posts, progress_digest
from models.absences import look_up_owners
from models.db import Database
from models.domain.cadence import local_date, zone_of
from models.domain.digest import DigestFormat, DigestKind
from models.domain.errors import Unknown
from models.domain.leadership_since import since_last
from models.leadership import leadership
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
    kind: DigestKind = DigestKind.STALLED


async def printed(settings: Settings, wanted: Wanted, form: DigestFormat) -> str:
    """A digest as it reads as of a date; nothing is posted.

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
                rendered = await RENDERS[wanted.kind](session, AsOf(day, zone), project_id)
        return _written(rendered, form)
    finally:
        await db.close()


async def posted(settings: Settings, wanted: Wanted) -> int:
    """Have every scheduled digest of the kind posted now, by the running bot; returns how many.

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
                scheduled = await digests.scheduled(session, kind=wanted.kind)
            count = 0
            for due in scheduled:
                async with db.reading(workspace.id) as session:
                    composed = await composing.compose(session, due._replace(day=today))
                content = await composing.finished(due, composed)
                async with db.writing(workspace.id) as session:
                    count += await composing.post_now(session, due, content, today, now)
        return count
    finally:
        await db.close()


async def _stalled(session: AsyncSession, as_of: AsOf, project_id: int | None) -> Rendered:
    return blocks.digest(await stalled(session, as_of, project_id))


async def _leadership(session: AsyncSession, as_of: AsOf, project_id: int | None) -> Rendered:
    facts = await leadership(session, as_of, project_id)
    before = await leadership_posts.before(session, as_of.today)
    return leadership_blocks.digest(since_last(facts, before))


async def _progress(session: AsyncSession, as_of: AsOf, project_id: int | None) -> Rendered:
    of = progress_digest.at_once(await progress_digest.gathered(session, as_of, project_id))
    return progress_blocks.digest(await progress_digest.facts(session, of))


RENDERS = {
    DigestKind.STALLED: _stalled,
    DigestKind.LEADERSHIP: _leadership,
    DigestKind.PROGRESS: _progress,
}


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
    if form is DigestFormat.HTML:
        return html(rendered)
    return rendered.text
