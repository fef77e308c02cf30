"""Write a revision from the difference between the tables and the revisions before it.

    python -m models.migrations 0002 "Reviews and decisions"

A revision of this number that exists already is written anew: so the newest one follows the tables
until it is released. Read what was written before you commit it. Alembic doesn't see renamed columns,
changed CHECK constraints and data that has to move; and SQLite changes a column or a constraint of an
existing table only inside `with op.batch_alter_table(…)`.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from models.db import Database
from models.migrations import VERSIONS
from models.migrations.running import configured, migrate


async def write(number: str, title: str) -> None:
    """Write the revision, beside a scratch database that the revisions before it have built."""
    for file in VERSIONS.glob(f"{number}_*.py"):
        file.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'scratch.db'}")
        async with database.writer.begin() as connection:
            await connection.run_sync(migrate)
            await connection.run_sync(_autogenerate, number, title)
        await database.close()


def _autogenerate(connection: Connection, number: str, title: str) -> None:
    config = configured(connection)
    config.set_section_option("post_write_hooks", "hooks", "format, check")
    for hook, options in (("format", "format --quiet"), ("check", "check --fix --quiet")):
        config.set_section_option("post_write_hooks", f"{hook}.type", "module")
        config.set_section_option("post_write_hooks", f"{hook}.module", "ruff")
        config.set_section_option(
            "post_write_hooks", f"{hook}.options", f"{options} REVISION_SCRIPT_FILENAME"
        )
    command.revision(config, title, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    asyncio.run(write(number=sys.argv[1], title=sys.argv[2]))
