"""`labmate checklists`: a workspace's own checklist as a file that a team edits, checked and put in force."""

import sys
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from bot.schema import reaching, schema
from bot.settings import Settings
from bot.transfer.files import STANDARD
from models import own_checklists
from models.checklists import ChecklistRefused, packaged, read, written
from models.db import Database
from models.domain.checklist import Checklist
from models.domain.checklist_edit import differences
from models.domain.review import ReviewKind
from models.reviews import current
from models.workspaces import the_only_one


@dataclass(frozen=True)
class File:
    """A checklist's file; without a name the one in force is to be printed."""

    kind: ReviewKind
    name: str | None
    workspace: str
    dry_run: bool


async def lists(settings: Settings, file: File) -> str:
    """Print the checklist in force, or check a file and put it in force; what is to be said.

    Raises:
        ChecklistRefused: the file is no checklist; the sentence names the line.
        MinimumCheck: it would weaken one of the locked items.
        NoAdmin: nobody is known in whose name it could be changed.
        Unknown: there is no such workspace.
        SettingsError: the database can't be used.
    """
    given = None if file.name is None else read(_text(file.name))
    await schema(settings)
    db = Database(settings.database_url)
    try:
        with reaching():
            async with db.writing(None) as session:
                home = await the_only_one(session, file.workspace)
                if home is None:
                    return _said(packaged(file.kind), given)
                session.info["workspace_id"] = home.id
                before = await current(session, file.kind)
                if given is not None and not file.dry_run:
                    by = await own_checklists.an_admin(session)
                    now = SystemClock().now()
                    await own_checklists.change(session, by, file.kind, lambda _: given, now)
                elif given is not None:
                    own_checklists.require_minimum(given, file.kind)
                return _said(before, given, dry_run=file.dry_run)
    finally:
        await db.close()


def _said(before: Checklist, given: Checklist | None, *, dry_run: bool = True) -> str:
    if given is None:
        return written(before)
    changes = differences(before, given)
    if not changes:
        return "It is right, and changes nothing.\n"
    head = "It is right; without --dry-run:" if dry_run else "From the next review on:"
    return "\n".join([head, *(f"  {one}" for one in changes), ""])


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
        return content.decode()
    except OSError as error:
        raise ChecklistRefused(f"{name} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ChecklistRefused(f"{name} is not written in UTF-8.") from error
