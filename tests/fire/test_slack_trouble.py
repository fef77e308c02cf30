"""Slack that is busy, slow, breaks off and says everything twice, all through a standup."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fire.launcher import Fate
from tests.fire.promises import judged
from tests.fire.scene import Scene
from tests.fire.standup import lived
from tests.fire.template import a_template

PATIENCE = 3.0
"""Seconds; the product waits twenty."""
POST, CHANGE = {"method": "chat.postMessage"}, {"method": "chat.update"}
TOO_FAST: dict[str, Any] = {"status": 429, "retry_after": 7}
LOOKING_UP = {"method": "conversations.history", "status": 503}
STORMS: list[list[dict[str, Any]]] = [
    [{"method": "conversations.members", **TOO_FAST}, {"method": "users.info", "status": 500}],
    [POST | TOO_FAST, POST | {"cut": "after"}, LOOKING_UP, POST | {"delay_s": PATIENCE + 0.3}],
    [CHANGE | {"status": 503}, CHANGE | {"cut": "before"}, CHANGE | {"cut": "after"}],
    [POST | {"cut": "after"}, POST | {"error": "internal_error"}],
    [CHANGE | TOO_FAST, POST | {"cut": "before"}, POST | TOO_FAST],
]
"""What goes wrong before each part of the standup."""


@pytest.fixture(params=["sqlite", "postgresql"])
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    is_shared = request.param == "postgresql"
    server = request.getfixturevalue("postgres_url") if is_shared else None
    template = await a_template(tmp_path, server)
    async with template.copied("only") as begins:
        scene = Scene(begins, fates=[Fate(patience=PATIENCE)])
        await scene.begin()
        yield scene
        await scene.end()
    await template.remove()


@pytest.mark.timeout(300)
async def test_everything_is_said_once_in_the_end(scene: Scene) -> None:
    storms = iter(STORMS)

    async def storm() -> None:
        """Faults, sockets that go, and everything that people do comes twice."""
        for fault in next(storms):
            await scene.do("faults", **fault)
        await scene.do("duplicates", times=1000)
        await scene.do("socket", disconnect="refresh_requested")

    answers = await lived(scene, now=True, weather=storm, by=timedelta(seconds=90))
    unsure = [fault for storm in STORMS for fault in storm if fault.get("cut") == "after"]
    assert (await judged(scene, answers, cut=len(unsure) + 1)).broken == []
    assert len(scene.programs) == 1
    log = (await scene.see("log"))["entries"]
    errors = {entry["error"] for entry in log if entry["direction"] == "from_bot"}
    assert {"ratelimited", "HTTP 500", "HTTP 503", "cut before", "cut after"} <= errors
