"""`python -m tests.fire --seeds 100 --database sqlite|postgresql`: runs under fire, and their figures."""

import argparse
import asyncio
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from tests.bench.databases import server
from tests.bench.report import machine
from tests.fire.runs import Outcome, calm, under_fire
from tests.fire.template import Template, a_template


def main() -> None:
    """Run, print, and end with 1 where a promise was broken."""
    options = argparse.ArgumentParser(prog="python -m tests.fire", description=__doc__)
    options.add_argument("--seeds", type=int, default=100)
    options.add_argument("--first", type=int, default=1, help="the first seed")
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--at-once", type=int, default=2)
    given = options.parse_args()
    seeds = range(given.first, given.first + given.seeds)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="labmate-fire-")))
        url = stack.enter_context(server(folder)) if given.database == "postgresql" else None
        outcomes, points = asyncio.run(_runs(folder, url, seeds, given.at_once))
    print(f"{given.database}, {len(outcomes)} runs, {points} points in a calm one; {machine()}")
    _report(outcomes)
    raise SystemExit(any(one.broken for one in outcomes))


async def _runs(
    folder: Path, url: str | None, seeds: range, at_once: int
) -> tuple[list[Outcome], int]:
    (folder / "runs").mkdir()
    template = await a_template(folder / "runs", url)
    quiet = await calm(template)
    if quiet.broken:
        raise SystemExit(f"already a calm run breaks promises: {quiet.broken}")
    points, room = len(quiet.points), asyncio.Semaphore(at_once)

    async def one(seed: int) -> Outcome:
        async with room:
            return await _told(template, seed, points)

    return await asyncio.gather(*(one(seed) for seed in seeds)), points


async def _told(template: Template, seed: int, points: int) -> Outcome:
    try:
        outcome = await under_fire(template, seed, points)
    except AssertionError as stuck:
        outcome = Outcome(seed, [], [], [f"stuck: {stuck}"], 0, [])
    print(f"{seed}: killed {', '.join(outcome.killed_at)}; {outcome.broken or 'kept'}", flush=True)
    for line in outcome.logged:
        print(f"    {line}")
    return outcome


def _report(outcomes: list[Outcome]) -> None:
    killed = Counter(point for one in outcomes for point in one.killed_at)
    print(f"Kills: {sum(killed.values())}; at " + ", ".join(f"{k} {n}" for k, n in killed.items()))
    print(f"Runs that kept every promise: {sum(not one.broken for one in outcomes)}")
    print(f"Runs without a kill: {sum(not one.killed_at for one in outcomes)}")
    print(f"Posts that stand in a channel twice: {sum(one.twice_in_channel for one in outcomes)}")
    for one in outcomes:
        if one.broken:
            print(f"Broken, seed {one.seed}, killed {one.killed_at}: {one.broken}")


if __name__ == "__main__":
    main()
