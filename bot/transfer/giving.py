"""`labmate export`: what is recorded, as a file that can be imported again."""

import sys
from pathlib import Path

from bot.schema import reaching, schema
from bot.settings import Settings
from bot.transfer.files import STANDARD, write
from models.db import Database
from models.domain.errors import CannotImport
from models.domain.exported import Format
from models.domain.logbook import FIELDS
from models.exporting import export
from models.workspaces import the_only_one


async def give(
    settings: Settings, project: str | None, kind: Format, output: str, workspace: str
) -> None:
    """Write the experiments of a workspace, or of one project, to a file or to standard output.

    Raises:
        Unknown: there is no such project or workspace.
        CannotImport: the file can't be written.
        SettingsError: the database can't be used.
    """
    await schema(settings)
    rows = []
    db = Database(settings.database_url)
    try:
        with reaching():
            async with db.reading(None) as session:
                if (home := await the_only_one(session, workspace)) is not None:
                    session.info["workspace_id"] = home.id
                    rows = [
                        line.model_dump(mode="json", exclude_none=kind is Format.JSONL)
                        async for line in export(session, project)
                    ]
    finally:
        await db.close()
    _put(write(rows, FIELDS, kind), output)


def _put(text: str, output: str) -> None:
    """As UTF-8 with the ends of lines that the format has, on every system."""
    content = text.encode()
    if output == STANDARD:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise CannotImport(f"{output} can't be written: {error.strerror}.") from error
