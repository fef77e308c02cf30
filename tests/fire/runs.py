"""Runs under fire: a seed says at which points processes die, and the promises are looked at afterwards."""

import random
from dataclasses import dataclass

from tests.fire.launcher import Fate
from tests.fire.promises import judged
from tests.fire.scene import Scene
from tests.fire.standup import lived
from tests.fire.template import Template

START = 8
"""About so many points lie in a process's start: a second kill within them hits the recovery."""


@dataclass(frozen=True)
class Outcome:
    """What became of a run. `points` are those that all its processes passed, `logged` their errors."""

    seed: int
    killed_at: list[str]
    points: list[str]
    broken: list[str]
    twice_in_channel: int
    logged: list[str]


async def calm(template: Template) -> Outcome:
    """A run in which nobody dies: it tells how many points there are."""
    return await _run(template, 0, [])


async def under_fire(template: Template, seed: int, points: int) -> Outcome:
    """A run of which one process dies, in every third run two, and in every ninth three."""
    chance = random.Random(seed)  # noqa: S311  (the same seed, the same points)
    fates = [Fate(_spread(seed, points))]
    fates += [
        Fate(chance.randint(1, chance.choice((START, points // 2))))
        for every in (3, 9)
        if seed % every == 0
    ]
    return await _run(template, seed, fates)


def _spread(seed: int, points: int) -> int:
    """Neighbouring seeds lie far apart, and all seeds together everywhere."""
    return 1 + round(seed * 0.6180339887 * points) % points


async def _run(template: Template, seed: int, fates: list[Fate]) -> Outcome:
    async with template.copied(f"seed{seed}") as begins:
        scene = Scene(begins, fates=fates)
        await scene.begin()
        try:
            answers = await lived(scene, now=seed % 2 == 0)
            verdict = await judged(scene, answers)
        finally:
            await scene.end()
    passed = [point for program in scene.programs for point in program.points]
    logged = [line for program in scene.programs for line in program.errors]
    return Outcome(seed, scene.killed_at, passed, verdict.broken, verdict.twice_in_channel, logged)
