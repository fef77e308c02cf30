"""The parts put together: database, clock, Slack, scheduler, delivery. `running` holds them while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import FollowedClock, SystemClock, reporting
from bot.install import Installed, install
from bot.settings import Settings
from handlers.deps import Deps
from handlers.register import register
from handlers.sender import Sender
from models import agenda, chores, refusals, replies
from models.db import Database
from models.domain.clock import Clock
from scheduler.delivery import Courier, Rules
from scheduler.engine import Deliver, EmbeddedEngine, Engine
from scheduler.jobs import release_due
from scheduler.steps import ceremonies
from scheduler.ticker import Tick, Ticker

log = structlog.get_logger(__name__)

SENDING_TIMEOUT = 20
INTERACTIVE_TIMEOUT = 2
"""Seconds: a trigger_id lives for three."""


@dataclass(frozen=True)
class Labmate:
    """A running bot. `bolt` is None where Slack isn't listened to."""

    settings: Settings
    db: Database
    clock: Clock
    installed: Installed
    bolt: AsyncApp | None


@asynccontextmanager
async def running(settings: Settings, *, listens: bool, works: bool) -> AsyncIterator[Labmate]:
    """A bot that listens to Slack, does the scheduler's and delivery's work, or both."""
    async with AsyncExitStack() as stack:
        db = Database(settings.database_url)
        stack.push_async_callback(db.close)
        clock = await _clock(settings, stack)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        client = _client(settings, http, SENDING_TIMEOUT)
        installed = await install(db, client, clock)
        wake = _nothing
        if works:
            homes_by_id = {installed.home.workspace_id: installed.home}
            sender = Sender(db, clock, client, homes_by_id, settings.labmate_command)
            ticker = await _work(stack, db, clock, sender)
            wake = ticker.wake
        bolt = None
        if listens:
            interactive = _client(settings, http, INTERACTIVE_TIMEOUT)
            homes = {installed.home.slack_id: installed.home}
            bolt = _bolt(settings, installed)
            register(bolt, Deps(db, clock, interactive, homes, settings.labmate_command, wake))
        yield Labmate(settings, db, clock, installed, bolt)


async def _clock(settings: Settings, stack: AsyncExitStack) -> Clock:
    if settings.labmate_clock_url:
        return await stack.enter_async_context(FollowedClock(settings.labmate_clock_url))
    return SystemClock()


def _client(settings: Settings, http: aiohttp.ClientSession, timeout: int) -> AsyncWebClient:
    """A client without retries: the SDK's default handler can post twice (contract §8)."""
    return AsyncWebClient(
        token=settings.slack_bot_token,
        base_url=_base_url(settings),
        timeout=timeout,
        session=http,
        retry_handlers=[],
    )


def _base_url(settings: Settings) -> str:
    return settings.slack_api_url.rstrip("/") + "/"


def _bolt(settings: Settings, installed: Installed) -> AsyncApp:
    """Bolt without its own look-ups before every ack: who we are was asked once, at the start.

    Its client is bare: Bolt copies it deeply for every lazy listener, an open session and all.
    """

    async def authorize() -> object:
        return installed.authorized

    return AsyncApp(
        name="labmate",  # else Bolt reads the source of all that is on the stack to find one
        client=AsyncWebClient(base_url=_base_url(settings)),
        signing_secret=settings.slack_signing_secret or None,
        authorize=authorize,  # type: ignore[arg-type]  # Bolt passes what the function names
        process_before_response=True,
        ignoring_self_events_enabled=False,
    )


async def _work(stack: AsyncExitStack, db: Database, clock: Clock, sender: Sender) -> Ticker:
    """Start delivery and the ticker; both finish what they have in hand when the stack closes."""
    engine: Engine = EmbeddedEngine()
    if db.is_postgresql:
        from scheduler.shared_engine import SharedEngine  # noqa: PLC0415  (SQLite needs none of it)

        engine = SharedEngine(db)
        await engine.install()
    rules = Rules(replies.why_not, replies.learned, refusals.tell_owner, chores.does)
    courier = Courier(db, clock, sender, rules)

    async def tick() -> timedelta | None:
        now = clock.now()
        done = await ceremonies(db, now)
        soon = await release_due(db, engine, now)
        return timedelta(0) if done else soon

    ticking: Tick = tick
    if isinstance(clock, FollowedClock):
        ticking = reporting(clock, tick, db, agenda.next_due)
    ticker = Ticker(ticking)
    if isinstance(clock, FollowedClock):
        clock.on_change(ticker.wake)
    delivering = asyncio.create_task(engine.serve(_then(courier, ticker)))
    stack.push_async_callback(_ended, delivering)
    ticker.start()
    stack.push_async_callback(ticker.stop)
    return ticker


def _then(courier: Courier, ticker: Ticker) -> Deliver:
    """Deliver, then look again: what was read or posted may have made something else due."""

    async def deliver(delivery_id: int) -> None:
        await courier.deliver(delivery_id)
        ticker.wake()

    return deliver


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


def _nothing() -> None:
    """Another process has the ticker: it looks every second."""
