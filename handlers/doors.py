"""The doors: how a listener of Slack's becomes a call of one of our handlers.

A handler *stores* (one transaction, then the ack), *says* (reads, then acks with an answer) or *opens* (the
ack goes first; reading and `views.open` follow in a lazy listener). Every one runs under a time limit, so
that a person always gets an answer within Slack's three seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from re import Pattern
from typing import Any, NamedTuple

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.document import Rendered
from handlers.blocks.lab import note
from handlers.deps import Ask, Deps, ask_of
from handlers.directory import introduce
from handlers.errors import LATE, sentence_for
from handlers.limits import check_message, check_view
from handlers.whisper import whisper
from models.chronicle import is_new
from models.domain.errors import NotMetYet

log = structlog.get_logger(__name__)

TIME_LIMIT = 2.2
"""Seconds; Slack gives three, and the way there takes some."""


class Reply(NamedTuple):
    """What is shown after something was stored: a view in place of the form, a whisper, or nothing."""

    view: dict[str, Any] | None = None
    whispered: str | None = None


Stores = Callable[[Ask, AsyncSession], Awaitable[Reply | None]]
Says = Callable[[Ask, AsyncSession], Awaitable[Rendered]]
Opens = Callable[[Ask, AsyncSession], Awaitable[dict[str, Any]]]
Listener = Callable[..., Awaitable[None]]
Heard = Callable[[dict[str, Any], AsyncSession, Ask], Awaitable[None]]


class Doors:
    """Binds handlers to Slack's listeners; `register` is the table of contents."""

    def __init__(self, app: AsyncApp, deps: Deps) -> None:
        self._app = app
        self._deps = deps

    def verb(self, verb: str, *, says: Says | None = None, opens: Opens | None = None) -> None:
        """`/lab VERB …`."""

        async def is_it(body: dict[str, Any]) -> bool:
            return verb_of(body.get("text")) == verb

        self._command([is_it], says, opens)

    def any_other_verb(self, *, says: Says) -> None:
        """Whatever else stands behind `/lab`; registered last."""
        self._command([], says, None)

    def _command(
        self, matchers: list[Callable[..., Awaitable[bool]]], says: Says | None, opens: Opens | None
    ) -> None:
        listen = self._app.command(self._deps.command, matchers=matchers)
        if says is not None:
            listen(self._said(says))
        if opens is not None:
            listen(ack=acknowledge, lazy=[self._opened(opens)])

    def click(
        self,
        action_id: str,
        *,
        stores: Stores | None = None,
        says: Says | None = None,
        opens: Opens | None = None,
        updates: Opens | None = None,
    ) -> None:
        """A button or a menu; `updates` shows the view that it stands in anew."""
        listen = self._app.action(action_id)
        if stores is not None:
            listen(self._clicked(stores))
        elif says is not None:
            listen(self._told(says))
        elif opens is not None:
            listen(ack=acknowledge, lazy=[self._opened(opens)])
        elif updates is not None:
            listen(ack=acknowledge, lazy=[self._opened(updates, in_place=True)])

    def submit(self, callback_id: str, *, stores: Stores, once: bool = False) -> None:
        """A form that is sent; with `once` a second sending of the same one starts nothing again."""
        self._app.view(callback_id)(self._submitted(_only_once(stores) if once else stores))

    def event(self, name: str | Pattern[str], *, hears: Heard) -> None:
        """Something that happened in the workspace; duplicates are dropped by their event_id."""
        self._app.event(name)(self._heard(hears))

    def _said(self, handler: Says) -> Listener:
        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            rendered = await self._read(handler, body)
            await ack(text=rendered.text, blocks=rendered.blocks)

        return listener

    def _told(self, handler: Says) -> Listener:
        """A click answered only to the person who clicked."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            rendered = await self._read(handler, body)
            await ack()
            await whisper(body.get("response_url"), rendered.text, rendered.blocks)

        return listener

    async def _read(self, handler: Says, body: dict[str, Any]) -> Rendered:
        ask = ask_of(body, self._deps)
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.reading(ask.home.workspace_id) as session,
        ):
            rendered = await handler(ask, session)
        check_message(rendered.text, rendered.blocks)
        return rendered

    def _clicked(self, handler: Stores) -> Listener:
        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            reply = await self._stored_by_anybody(handler, ask_of(body, self._deps))
            await ack()
            if reply is not None and reply.whispered is not None:
                await whisper(body.get("response_url"), reply.whispered)

        return listener

    async def _stored_by_anybody(self, handler: Stores, ask: Ask) -> Reply | None:
        """Somebody who clicks may be new: then Slack is asked who it is, and only then."""
        try:
            return await self._store(handler, ask)
        except NotMetYet:
            await introduce(self._deps, ask)
            return await self._store(handler, ask)

    def _submitted(self, handler: Stores) -> Listener:
        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            reply = await self._store(handler, ask_of(body, self._deps))
            if reply is None or reply.view is None:
                await ack()
                return
            check_view(reply.view)
            await ack(response_action="update", view=reply.view)

        return listener

    async def _store(self, handler: Stores, ask: Ask) -> Reply | None:
        """One transaction; the ack that follows it promises that it is stored."""
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.writing(ask.home.workspace_id) as session,
        ):
            reply = await handler(ask, session)
        self._deps.wake()
        return reply

    def _opened(self, handler: Opens, *, in_place: bool = False) -> Listener:
        async def listener(body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            try:
                await introduce(self._deps, ask)
                view = await self._view(handler, ask)
            except Exception as error:  # noqa: BLE001  (Bolt passes no lazy error to app.error)
                sorry = note("That did not work", [sentence_for(error)])
                await self._show(ask, sorry, in_place=False)
            else:
                await self._show(ask, view, in_place=in_place)

        return listener

    async def _view(self, handler: Opens, ask: Ask) -> dict[str, Any]:
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.reading(ask.home.workspace_id) as session,
        ):
            view = await handler(ask, session)
        check_view(view)
        return view

    async def _show(self, ask: Ask, view: dict[str, Any], *, in_place: bool) -> None:
        client = self._deps.interactive
        try:
            if in_place and ask.view_id:
                await client.views_update(view_id=ask.view_id, view=view)
            elif ask.view_id:
                await client.views_push(trigger_id=ask.trigger_id, view=view)
            else:
                await client.views_open(trigger_id=ask.trigger_id, view=view)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("a view could not be opened", error=str(error))
            await whisper(ask.response_url, LATE)

    def _heard(self, handler: Heard) -> Listener:
        async def listener(body: dict[str, Any]) -> None:
            home = self._deps.homes[body["team_id"]]
            ask = Ask(home, user="", user_name="", now=self._deps.clock.now())
            async with (
                asyncio.timeout(TIME_LIMIT),
                self._deps.db.writing(home.workspace_id) as session,
            ):
                if await is_new(session, body["event_id"], ask.now):
                    await handler(body["event"], session, ask)
            self._deps.wake()

        return listener


def _only_once(handler: Stores) -> Stores:
    """The handler, unless this very form was stored before: people click twice."""

    async def stores(ask: Ask, session: AsyncSession) -> Reply | None:
        if not await is_new(session, ask.view_id or "", ask.now):
            return Reply(note("Stored already", ["This came twice. It is stored once."]))
        return await handler(ask, session)

    return stores


async def acknowledge(ack: AsyncAck) -> None:
    """Nothing else: Slack's clock runs."""
    await ack()


def verb_of(text: str | None) -> str:
    """The first word behind the command, in small letters; empty when there is none."""
    words = (text or "").split()
    return words[0].lower() if words else ""
