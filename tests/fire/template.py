"""Where scenes begin: a database with a team, its project and a hypothesis of each; made once and copied."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from models.db import Database
from models.migrations import upgrade
from models.workspaces import settle_in
from scheduler.shared_engine import SharedEngine
from tests import rows
from tests.fire.place import Start
from tests.fire.standup import moment
from tests.stories import team


@dataclass(frozen=True)
class Template:
    """On SQLite, or on the PostgreSQL server whose database `postgres` has the URL `server`."""

    folder: Path
    server: str | None
    name: str

    @property
    def kind(self) -> str:
        """Which database it is."""
        return "postgresql" if self.server else "sqlite"

    @asynccontextmanager
    async def copied(self, label: str) -> AsyncIterator[Start]:
        """A copy, for the time of the block. SQLite comes with a socket, PostgreSQL with signed HTTP."""
        folder = self.folder / label
        folder.mkdir()
        if self.server is None:
            file = shutil.copy(self.folder / "labmate.db", folder / "labmate.db")
            yield Start("socket", f"sqlite:///{file}", folder)
            return
        name = f"{self.name}_{label}"
        await _tell(self.server, f"CREATE DATABASE {name} TEMPLATE {self.name}")
        yield Start("http", _url(self.server, name), folder)
        await _tell(self.server, f"DROP DATABASE {name} WITH (FORCE)")

    async def remove(self) -> None:
        """Take it off the server; files go with their folder."""
        if self.server is not None:
            await _tell(self.server, f"DROP DATABASE {self.name} WITH (FORCE)")


async def a_template(folder: Path, server: str | None) -> Template:
    """Make one, with files in `folder`."""
    template = Template(folder, server, f"fire_{uuid4().hex}")
    if server is None:
        url = f"sqlite:///{folder / 'labmate.db'}"
    else:
        await _tell(server, f"CREATE DATABASE {template.name}")
        url = _url(server, template.name)
    await upgrade(url)
    db = Database(url)
    await _team(db)
    if server is not None:
        await SharedEngine(db).install()
    await db.close()
    return template


async def _team(db: Database) -> None:
    now = moment(team.STARTS)
    async with db.writing(None) as session:
        home = await settle_in(
            session, slack_id="T0STORY", name="Lab", bot_user_id=team.BOT, tz="UTC", now=now
        )
        project = await rows.make_project(
            session,
            home,
            key="FRAUD",
            name=team.PROJECT["name"],
            business_goal=team.PROJECT["business_goal"],
            channel_id=team.CHANNEL,
        )
        for handle, zone in team.ZONES.items():
            member = await rows.make_member(
                session, home, slack_id=team.user(handle), name=handle, tz=zone
            )
            await rows.make_experiment(session, project, member, started_on=now.date())


async def _tell(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute(statement)
    await connection.close()


def _url(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?")
