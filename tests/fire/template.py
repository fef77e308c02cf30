"""Where scenes begin: a team with a project and hypotheses, made once through the front door and copied."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import structlog
from structlog.testing import LogCapture

from models.migrations import upgrade
from tests.fire.place import Start
from tests.stories import team
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World


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
        state = Path(shutil.copy(self.folder / "slack.db", folder / "slack.db"))
        if self.server is None:
            file = shutil.copy(self.folder / "labmate.db", folder / "labmate.db")
            yield Start("socket", f"sqlite:///{file}", state, folder)
            return
        name = f"{self.name}_{label}"
        await _tell(self.server, f"CREATE DATABASE {name} TEMPLATE {self.name}")
        yield Start("http", _url(self.server, name), state, folder)
        await _tell(self.server, f"DROP DATABASE {name} WITH (FORCE)")

    async def remove(self) -> None:
        """Take it off the server; files go with their folder."""
        if self.server is not None:
            await _tell(self.server, f"DROP DATABASE {self.name} WITH (FORCE)")


async def a_template(folder: Path, server: str | None) -> Template:
    """Make one, with files in the empty `folder`."""
    template = Template(folder, server, f"fire_{uuid4().hex}")
    if server is None:
        url = f"sqlite:///{folder / 'labmate.db'}"
    else:
        await _tell(server, f"CREATE DATABASE {template.name}")
        url = _url(server, template.name)
    await upgrade(url)
    structlog.configure(processors=[log := LogCapture()])
    world = World("socket", url, log, state=folder / "slack.db")
    await world.begin()
    try:
        await a_project(world)
        for handle in team.ZONES:
            await a_hypothesis(world, handle, f"what {handle} believes in")
        await world.settled()
    finally:
        await world.end()
        structlog.reset_defaults()
    return template


async def _tell(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute(statement)
    await connection.close()


def _url(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?")
