"""Statements of each interaction, through Bolt's own door, in a small workspace and in a big one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SystemClock
from bot.seed import team
from handlers.deps import Deps, Home
from handlers.forms_hypothesis import HypothesisRef
from handlers.register import register
from models.db import Database
from models.domain.clock import Clock
from models.tables import Experiment, Member, Project, Workspace
from tests import rows
from tests.bench import databases, signed
from tests.bench.people import Standup, ask
from tests.bench.report import Figure
from tests.queries import count_queries

SIZES = (1, 10)
PEOPLE = 8
RUNS = 4
VALUES: dict[str, dict[str, Any]] = {
    "project_form": {
        "name": "Card fraud alerts",
        "business_goal": "Stop more card fraud",
        "metric_name": "Fraud caught",
        "goal": "max",
        "unit": "%",
        "baseline": "41",
        "baseline_source": "Rules in use",
        "acceptance": "60",
        "business_phrase": "Frauds stopped",
    },
    "hypothesis_form": {
        "change": "merchant velocity features",
        "threshold": "65",
        "because": "fraud comes in bursts",
        "timebox": "8",
        "category": "modeling",
    },
    "standup_form": {"channel": "C0OTHER", "days": ["tue"], "time": "09:30", "project": "all"},
    "conclusion_form": {"learning": "Velocity of the merchant matters", "adopted": "yes"},
}


class Door:
    """Bolt with our listeners, in front of `db`; `shown` are the views that Slack was asked to show."""

    def __init__(self, db: Database, clock: Clock, home: Home, url: str) -> None:
        who = AuthorizeResult(enterprise_id=None, team_id=team.TEAM, bot_user_id=team.BOT)

        async def authorize() -> AuthorizeResult:
            return who

        self.db = db
        self.shown: asyncio.Queue[str] = asyncio.Queue()
        self.counts: dict[str, list[int]] = {}
        self._app = AsyncApp(
            client=AsyncWebClient(base_url=url),
            signing_secret=team.SIGNING_SECRET,
            authorize=authorize,
            process_before_response=True,
        )
        client = AsyncWebClient(base_url=url, retry_handlers=[])
        deps = Deps(db, clock, client, {team.TEAM: home}, "/lab", lambda: None)
        register(self._app, deps)

    async def count(self, name: str, body: str, *, opens: bool = False) -> None:
        """Let one interaction through, and note how many statements it took."""
        with count_queries(self.db) as statements:
            request = AsyncBoltRequest(body=body, headers={**signed.headers(body)})
            response = await self._app.async_dispatch(request)
            said = await asyncio.wait_for(self.shown.get(), 5) if opens else response.body
        if response.status != 200 or '"errors"' in said or "did not work" in said:
            raise ValueError(f"{name}: {response.status} {said}")
        self.counts.setdefault(name, []).append(len(statements))


async def bench(folder: Path) -> list[Figure]:
    """The same on both databases: SQLite is asked."""
    counts = [await _counted(folder, size) for size in SIZES]
    return [
        Figure(
            f"statements: {name}",
            max(small),
            "",
            max(counts[1][name]),
            f"with {SIZES[1]} × the data",
            "≤ 8, constant",
        )
        for name, small in counts[0].items()
    ]


async def _counted(folder: Path, size: int) -> dict[str, list[int]]:
    now = SystemClock().now()
    async with databases.opened(await databases.fresh("SQLite", folder, "")) as db:
        standup = await ask(db, PEOPLE * size, now)
        await _past(db, standup, size)
        async with _slack() as (url, shown):
            home = Home(standup.workspace_id, team.TEAM, ZoneInfo("UTC"), team.BOT)
            door = Door(db, SystemClock(), home, url)
            door.shown = shown
            async with db.reading(standup.workspace_id) as session:
                project = await session.get_one(Project, 1)
            await _commands(door, project)
            await _clicks(door, standup)
            await _forms(door, standup, project)
            return door.counts


async def _past(db: Database, standup: Standup, size: int) -> None:
    """Earlier runs with everybody's answers and numbers, and more projects."""
    now = SystemClock().now()
    async with db.writing(None) as session:
        members = {
            asked: await session.get_one(Member, n + 1) for n, asked in enumerate(standup.asked)
        }
        project = await session.get_one(Project, 1)
        home = await session.get_one(Workspace, standup.workspace_id)
        for _ in range(size):
            await rows.make_project(session, home)
        ceremony = await rows.make_ceremony(
            session, list(members.values()), project, channel_id="C0PAST", active=False
        )
        for week in range(1, RUNS * size + 1):
            day = now - timedelta(weeks=week)
            run = await rows.make_run(
                session, ceremony, day=day.date(), opened_at=day, closes_at=day, closed_at=day
            )
            for asked, member in members.items():
                experiment = await session.get_one(Experiment, asked.experiment_id)
                await rows.make_entry(session, run, member, experiment)
                await rows.make_measurement(session, experiment, 0.5 + week / 1000)


async def _commands(door: Door, project: Project) -> None:
    for text in ("", "help", "list", f"show {project.key}-1", "nonsense"):
        await door.count(f"/lab {text.partition(' ')[0]}".strip(), _command(text))
    for text in ("new", "project", "standup"):
        await door.count(f"/lab {text}", _command(text), opens=True)


async def _clicks(door: Door, standup: Standup) -> None:
    first, second, *_ = standup.asked
    about = f"{first.prompt_id}:{first.experiment_id}"
    await door.count("Update", _click(first.user, "standup_answer", about), opens=True)
    await door.count("It's concluded", _click(first.user, "standup_conclude", about), opens=True)
    about = f"{second.prompt_id}:{second.experiment_id}"
    await door.count("No change", _click(second.user, "standup_no_change", about))


async def _forms(door: Door, standup: Standup, project: Project) -> None:
    asked = standup.asked[2]
    answer = signed.answer(*asked)
    fields = answer["view"]["state"]["values"]
    fields["value"]["value"]["value"] = "61"
    await door.count("answer with a number", signed.interaction(answer))
    fields["value"]["value"]["value"] = "62"
    await door.count("the same, corrected", signed.interaction(answer))
    fields["blocker_kind"]["value"]["selected_option"]["value"] = "data_access"
    fields["blocker_text"]["value"]["value"] = "No access"
    fields["blocker_owner"]["value"]["selected_user"] = standup.asked[3].user
    await door.count("the same, with a blocker", signed.interaction(answer))
    fields["status"]["value"]["selected_option"]["value"] = "refuted"
    await door.count("the same, refuted", signed.interaction(answer))
    metadata = {
        "conclusion_form": answer["view"]["private_metadata"],
        "hypothesis_form": HypothesisRef(project_id=project.id).model_dump_json(),
    }
    for name in ("conclusion_form", "hypothesis_form", "project_form", "standup_form"):
        filled = {field: {"value": value} for field, value in VALUES[name].items()}
        form = signed.submission(asked.user, name, filled, metadata.get(name, ""))
        await door.count(name.replace("_", " "), signed.interaction(form))


def _command(text: str) -> str:
    return urlencode(
        {
            "command": "/lab",
            "text": text,
            "team_id": team.TEAM,
            "user_id": "U0ASKED0000",
            "user_name": "ana",
            "channel_id": team.CHANNEL,
            "trigger_id": "1.2.3",
        }
    )


def _click(user: str, action_id: str, value: str) -> str:
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    return signed.interaction(
        {
            "type": "block_actions",
            "team": {"id": team.TEAM},
            "user": {"id": user, "name": "ana"},
            "channel": {"id": "D1"},
            "trigger_id": "1.2.3",
            "actions": [action],
        }
    )


@asynccontextmanager
async def _slack() -> AsyncIterator[tuple[str, asyncio.Queue[str]]]:
    """A Slack that shows every view."""
    shown: asyncio.Queue[str] = asyncio.Queue()

    async def show(request: web.Request) -> web.Response:
        shown.put_nowait(await request.text())
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_post("/{method}", show)
    async with TestServer(app) as server:
        yield str(server.make_url("/")), shown
