"""Slack that is busy, slow, breaks off and says everything twice, all through a standup."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.fire.launcher import Fate
from tests.fire.promises import judged
from tests.fire.scene import Scene
from tests.fire.standup import lived
from tests.fire.template import a_template

PATIENCE = 1.0
"""Seconds; the product waits twenty."""
UNSURE: list[dict[str, Any]] = [{"cut": "after"}, {"delay_s": PATIENCE + 0.3}]
SURE: list[dict[str, Any]] = [
    {"status": 429, "retry_after": 7},
    {"status": 500},
    {"cut": "before"},
    {"status": 503},
    {"error": "internal_error"},
]
CALLS = ("chat.postMessage", "chat.update", "users.info", "conversations.members")


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


async def test_everything_is_said_once_in_the_end(scene: Scene) -> None:
    numbers = count()

    async def storm() -> None:
        """Two faults of each method, sockets that go, and everything twice from now on."""
        number = next(numbers)
        for method in CALLS:
            await scene.do("faults", method=method, **SURE[number % len(SURE)])
            await scene.do("faults", method=method, **UNSURE[number % len(UNSURE)])
        await scene.do("faults", method="conversations.history", **SURE[(number + 1) % len(SURE)])
        await scene.do("duplicates", times=1000)
        await scene.do("socket", disconnect="refresh_requested")

    answers = await lived(scene, now=True, weather=storm, by=timedelta(minutes=10))
    verdict = await judged(scene, answers, cut=next(numbers))
    assert verdict.broken == []
    assert len(scene.programs) == 1
    log = (await scene.see("log"))["entries"]
    errors = {entry["error"] for entry in log if entry["direction"] == "from_bot"}
    assert {"ratelimited", "HTTP 500", "HTTP 503", "cut before", "cut after"} <= errors
