"""`labmate doctor`: what is well, what isn't, and what to do."""

from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.manifest import SCOPES
from bot.settings import Settings, SettingsError
from models.db import Database
from models.domain.delivery import DeliveryState
from models.migrations import current, revisions
from models.tables import Delivery, Event


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    detail: str

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{'ok  ' if self.well else 'FAIL'}  {self.what}: {self.detail}"


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything that can be looked at; what depends on something broken is left out."""
    findings = [_settings(settings)]
    findings += await _database(settings)
    if findings[0].well:
        findings += await _slack(settings)
    return findings


def _settings(settings: Settings) -> Finding:
    try:
        settings.require_slack()
    except SettingsError as error:
        return Finding("settings", well=False, detail=str(error))
    mode = "Socket Mode" if settings.socket_mode else f"signed HTTP on port {settings.port}"
    return Finding("settings", well=True, detail=mode)


async def _database(settings: Settings) -> list[Finding]:
    db = Database(settings.database_url)
    try:
        at, newest = await current(db), revisions()[-1]
        if at != newest:
            detail = f"at {at or 'no schema'}, newest is {newest}: run `labmate migrate`"
            return [Finding("database", well=False, detail=detail)]
        return [
            Finding("database", well=True, detail=f"schema {newest}"),
            await _undelivered(db),
            *await _skipped(db),
        ]
    except (SQLAlchemyError, OSError) as error:
        detail = f"can't be reached ({type(error).__name__}): check DATABASE_URL"
        return [Finding("database", well=False, detail=detail)]
    finally:
        await db.close()


async def _undelivered(db: Database) -> Finding:
    async with db.reading(None) as session:
        rows = await session.execute(
            select(Delivery.kind, Delivery.error, func.count(Delivery.id))
            .where(Delivery.state == DeliveryState.REFUSED)
            .group_by(Delivery.kind, Delivery.error)
        )
        refused = [f"{count} × {kind} ({error})" for kind, error, count in rows]
        waiting = await session.scalar(
            select(func.count(Delivery.id)).where(
                Delivery.state == DeliveryState.WAITING, Delivery.attempts > 0
            )
        )
    if refused:
        todo = "invite the bot, or choose another channel"
        return Finding(
            "messages", well=False, detail=f"refused by Slack: {', '.join(refused)}: {todo}"
        )
    return Finding(
        "messages", well=True, detail=f"none refused, {waiting or 0} waiting for another try"
    )


async def _skipped(db: Database) -> list[Finding]:
    """The last standup that nobody was asked for because the bot was not running."""
    async with db.reading(None) as session:
        last = await session.scalar(
            select(Event).where(Event.kind == "standup_skipped").order_by(Event.id.desc()).limit(1)
        )
    if last is None:
        return []
    detail = f"last skipped on {last.at:%Y-%m-%d}, not running when due: {last.data['days']}"
    return [Finding("standups", well=True, detail=detail)]


async def _slack(settings: Settings) -> list[Finding]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url.rstrip("/") + "/",
            timeout=10,
            session=http,
            retry_handlers=[],
        )
        try:
            answer = await client.auth_test()
        except SlackApiError as error:
            name = error.response.get("error")
            return [Finding("slack", well=False, detail=f"{name}: check SLACK_BOT_TOKEN")]
        except (aiohttp.ClientError, TimeoutError) as error:
            detail = (
                f"can't be reached ({type(error).__name__}): check the network and SLACK_API_URL"
            )
            return [Finding("slack", well=False, detail=detail)]
    reached = Finding("slack", well=True, detail=f"{answer['user']} in {answer['team']}")
    granted = answer.headers.get("x-oauth-scopes")
    if granted is None:
        return [reached]
    missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
    detail = (
        f"missing {', '.join(missing)}: reinstall with `labmate manifest`"
        if missing
        else "all granted"
    )
    return [reached, Finding("scopes", well=not missing, detail=detail)]
