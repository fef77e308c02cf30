"""A process that is killed anywhere: what was accepted is stored, nobody is asked twice, all is said."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fire.runs import calm, under_fire
from tests.fire.template import Template, a_template

SEEDS = {"sqlite": 3, "postgresql": 2}
"""`python -m tests.fire --seeds 100 --database …` goes further."""
AT_ONCE = 2


@pytest.fixture(params=["sqlite", "postgresql"])
async def template(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Template]:
    is_shared = request.param == "postgresql"
    server = request.getfixturevalue("postgres_url") if is_shared else None
    template = await a_template(tmp_path, server)
    yield template
    await template.remove()


@pytest.mark.timeout(300)
async def test_killed_anywhere(template: Template) -> None:
    quiet = await calm(template)
    assert quiet.broken == []
    room = asyncio.Semaphore(AT_ONCE)

    async def one(seed: int) -> str:
        async with room:
            outcome = await under_fire(template, seed, len(quiet.points))
        return f"seed {seed}, killed {outcome.killed_at}: {outcome.broken}" * bool(outcome.broken)

    broken = await asyncio.gather(*map(one, range(1, SEEDS[template.kind] + 1)))
    assert [line for line in broken if line] == []
