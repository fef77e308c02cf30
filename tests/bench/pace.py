"""Delivery under Slack's limits: how much of the permitted rate is reached, and who is told to wait.

In real time against the playground's limiter. One channel takes a message a second; posts of a workspace
go out at five a second at most, Labmate's own reading of Slack's “several hundred a minute”.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.manifest import manifest
from bot.seed import team
from bot.settings import Settings
from models.db import Database
from models.domain.messages import StandupDetail, StandupPrompt, StandupSummary
from models.outbox import Post, post_all
from models.tables import Experiment, Member, Run
from tests import rows
from tests.bench import databases
from tests.bench.people import Standup, ask, slack_id
from tests.bench.processes import Slack, program, slack
from tests.bench.report import Figure

PEOPLE = 120
IN_CHANNEL = 25
"""Answers in a summary's thread: that many seconds, at one a second."""
A_SECOND = {"channel": 1.0, "direct messages": 5.0}
WITHIN = 120


@dataclass(frozen=True)
class Posts:
    """What the playground saw: the moments of accepted posts, in seconds, and how often it said 429."""

    channel: list[float]
    direct: list[float]
    refused: int


async def bench(folder: Path) -> list[Figure]:
    """One process with SQLite; two workers with PostgreSQL. The channel and the people by themselves."""
    figures: list[Figure] = []
    with databases.server(folder) as server:
        for kind, workers in (("SQLite", 1), ("PostgreSQL", 2)):
            url = await databases.fresh(kind, folder, server)
            async with databases.opened(url) as db:
                for place in A_SECOND:
                    posts = await _measured(folder, db, url, workers, place)
                    figures += _figures(f"{kind}, {workers} × `labmate`, {place}", place, posts)
    return figures


def _figures(what: str, place: str, posts: Posts) -> list[Figure]:
    moments = posts.channel if place == "channel" else posts.direct
    rate = (len(moments) - 1) / (moments[-1] - moments[0])
    return [
        Figure(what, rate, "/ s", A_SECOND[place], "permitted", "≥ 0.95 ×"),
        Figure(f"{what}: 429", posts.refused, "", budget="none"),
    ]


async def _measured(folder: Path, db: Database, url: str, workers: int, place: str) -> Posts:
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(_slack(folder))
        now = SystemClock().now()
        if place == "channel":
            standup = await ask(db, PEOPLE, now)
            await _answers(db, standup, now)
            posts = _of_channel(standup)
        else:
            posts = _of_people()
        command = "worker" if workers > 1 else "run"
        where = running.environment | {
            "DATABASE_URL": url,
            "SLACK_APP_TOKEN": team.APP_TOKEN,
        }
        for _ in range(workers):
            await stack.enter_async_context(program(folder, "bot", command, **where))
        await asyncio.sleep(5)
        async with db.writing(1) as session:
            await post_all(session, posts, now=SystemClock().now())
        return await _seen(running, len(posts))


@asynccontextmanager
async def _slack(folder: Path) -> AsyncIterator[Slack]:
    now = SystemClock().now()
    world = team.world(now, empty=False)
    world["people"] += [
        {"id": slack_id(n), "handle": f"asked{n}", "name": f"Asked {n}"} for n in range(PEOPLE)
    ]
    app = manifest(Settings(_env_file=None, slack_app_token=team.APP_TOKEN))
    async with slack(folder, world, app) as running:
        yield running


async def _answers(db: Database, standup: Standup, now: datetime) -> None:
    async with db.writing(None) as session:
        run = await session.get_one(Run, standup.run_id)
        run.summarised_at = now
        for number, asked in enumerate(standup.asked[:IN_CHANNEL], start=1):
            member = await session.get_one(Member, number)
            experiment = await session.get_one(Experiment, asked.experiment_id)
            await rows.make_entry(session, run, member, experiment)


def _of_channel(standup: Standup) -> list[Post]:
    run = standup.run_id
    details = [StandupDetail(run_id=run, entry_id=n) for n in range(1, IN_CHANNEL + 1)]
    summary = Post(StandupSummary(run_id=run), team.CHANNEL)
    return [summary, *(Post(detail, team.CHANNEL) for detail in details)]


def _of_people() -> list[Post]:
    """The prompts were asked long ago as far as the rows say; now they are to be posted."""
    return [
        Post(StandupPrompt(prompt_id=number + 1), slack_id(number), again="bench")
        for number in range(PEOPLE)
    ]


async def _seen(running: Slack, expected: int) -> Posts:
    """Wait until everything stands there, and read the playground's log."""
    async with asyncio.timeout(WITHIN):
        while True:
            entries = (await running.see("log"))["entries"]
            posted = [entry for entry in entries if entry["name"] == "chat.postMessage"]
            if sum(entry["ok"] for entry in posted) >= expected:
                break
            await asyncio.sleep(1)
    told = sum(entry["error"] == "ratelimited" for entry in posted)
    done = [entry for entry in posted if entry["ok"]]
    in_channel = [_at(one) for one in done if one["request"]["channel"] == team.CHANNEL]
    direct = [_at(one) for one in done if one["request"]["channel"] != team.CHANNEL]
    return Posts(in_channel, direct, told)


def _at(entry: dict[str, Any]) -> float:
    return datetime.fromisoformat(entry["at"]).timestamp()
