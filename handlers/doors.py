"""The doors: how a listener of Slack's becomes a call of one of our handlers.

A handler *stores* (one transaction, then the ack), *says* (reads, then acks with an answer) or *opens* (the
ack goes first; reading and `views.open` follow in a lazy listener; it *prepares* when it also writes). Every
one runs under a time limit, so that a person always gets an answer within Slack's three seconds. After
something was stored, what is seen behind it is shown anew: the modal that stays, and the App Home.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from re import Pattern
from typing import Any, NamedTuple

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import home
from handlers.blocks.document import Rendered
from handlers.blocks.lab import note
from handlers.deps import Ask, Deps, ask_of, at_home, under, verb_of
from handlers.directory import introduce
from handlers.errors import sentence_for, sorry
from handlers.limits import check_message, check_view
from handlers.screens import Screens, marked
from handlers.whisper import whisper
from models.chronicle import is_new
from models.domain.errors import BotError, NotMetYet

log = structlog.get_logger(__name__)

TIME_LIMIT = 2.2
"""Seconds; Slack gives three, and the way there takes some."""


class Reply(NamedTuple):
    """What is shown after something was stored: a view in place of the form, or nothing."""

    view: dict[str, Any] | None = None


Stores = Callable[[Ask, AsyncSession], Awaitable[Reply | None]]
Says = Callable[[Ask, AsyncSession], Awaitable[Rendered]]
Opens = Callable[[Ask, AsyncSession], Awaitable[dict[str, Any]]]
Listener = Callable[..., Awaitable[None]]
Bound = Callable[..., Any]
"""Bolt's decorator: what it is given is called from then on."""
Heard = Callable[[dict[str, Any], AsyncSession, Ask], Awaitable[None]]


class Doors:
    """Binds handlers to Slack's listeners; `register` is the table of contents."""

    def __init__(self, app: AsyncApp, deps: Deps) -> None:
        self._app = app
        self._deps = deps
        self._screens = Screens(deps.interactive)
        self._home: Opens

    def verb(
        self,
        verb: str,
        *,
        says: Says | None = None,
        opens: Opens | None = None,
        prepares: Opens | None = None,
    ) -> None:
        """`/lab VERB …`."""

        async def is_it(body: dict[str, Any]) -> bool:
            return verb_of(body.get("text")) == verb

        listen = self._app.command(self._deps.command, matchers=[is_it])
        if says is not None:
            listen(self._said(says))
        else:
            self._opens(listen, opens, prepares)

    def any_other_verb(self, *, says: Says) -> None:
        """Whatever else stands behind `/lab`; registered last."""
        self._app.command(self._deps.command)(self._said(says))

    def click(
        self,
        action_id: str,
        *,
        stores: Stores | None = None,
        then: Opens | None = None,
        says: Says | None = None,
        opens: Opens | None = None,
    ) -> None:
        """A button or a menu; a modal that it `stores` from shows `then` what has become of it."""
        listen = partial(self._app.action, action_id)
        if stores is not None:
            self._stored(listen, self._clicked(stores), then)
        elif says is not None:
            listen()(self._told(says))
        else:
            self._opens(listen(), opens)

    def modal(
        self, action_id: str, *, updates: Opens | None = None, prepares: Opens | None = None
    ) -> None:
        """A button or a menu whose modal `updates` the one it stands in, or is `prepared` by writing."""
        self._opens(self._app.action(action_id), updates, prepares, in_place=updates is not None)

    def _opens(
        self,
        listen: Bound,
        reads: Opens | None,
        prepares: Opens | None = None,
        *,
        in_place: bool = False,
    ) -> None:
        handler = prepares or reads
        if handler is not None:
            opened = self._opened(handler, writes=prepares is not None, in_place=in_place)
            listen(ack=acknowledge, lazy=[opened])

    def submit(
        self, callback_id: str, *, stores: Stores, then: Opens | None = None, once: bool = False
    ) -> None:
        """A form that is sent; with `once` a second sending of the same one starts nothing again.

        The modal below it shows `then` what has become of it.
        """
        listener = self._submitted(_only_once(stores) if once else stores)
        self._stored(partial(self._app.view, callback_id), listener, then)

    def opens_home(self, page: Opens, *, turns: str) -> None:
        """The App Home, shown when it is opened, and after what was done there; `turns` its pages."""
        self._home = page

        async def opened(body: dict[str, Any]) -> None:
            event = body["event"]
            if event.get("tab") == "home":
                place = self._deps.homes[body["team_id"]]
                now = self._deps.clock.now()
                await self._publish(Ask(place, event["user"], "", now, self._deps.command))

        async def turned(body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            await self._publish(replace(ask, at_home=ask.value))

        self._app.event("app_home_opened")(ack=acknowledge, lazy=[opened])
        self._app.action(turns)(ack=acknowledge, lazy=[turned])

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
            await self._store(handler, ask_of(body, self._deps))
            await ack()

        return listener

    def _submitted(self, handler: Stores) -> Listener:
        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            reply = await self._store(handler, ask_of(body, self._deps))
            if reply is None or reply.view is None:
                await ack()
                return
            check_view(reply.view)
            ask = ask_of(body, self._deps)
            await ack(response_action="update", view=marked(reply.view, ask))

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

    def _stored(
        self, listen: Callable[..., Bound], listener: Listener, then: Opens | None
    ) -> None:
        """Bind what stores; with something behind it that is shown anew, only where there is."""

        async def something_behind(body: dict[str, Any]) -> bool:
            return at_home(body) or (then is not None and under(body) is not None)

        async def shows(body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            if then is not None and ask.under is not None:
                await self._change(ask, ask.under, then)
            if ask.at_home is not None:
                await self._publish(ask)

        listen(matchers=[something_behind])(ack=listener, lazy=[shows])
        listen()(listener)

    async def _change(self, ask: Ask, view_id: str, handler: Opens) -> None:
        try:
            view = await self._view(handler, ask)
        except BotError as error:
            view = sorry(error)
        await self._screens.change(ask, view_id, view)

    async def _publish(self, ask: Ask) -> None:
        try:
            view = await self._view(self._home, ask)
        except Exception as error:  # noqa: BLE001  (Bolt passes no lazy error to app.error)
            view = home.trouble(sentence_for(error))
        await self._screens.publish(ask, view)

    def _opened(self, handler: Opens, *, writes: bool, in_place: bool) -> Listener:
        async def listener(body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            try:
                view = await self._view(handler, ask, writes=writes)
            except Exception as error:  # noqa: BLE001  (Bolt passes no lazy error to app.error)
                await self._screens.open(ask, sorry(error))
                return
            if in_place and ask.under:
                await self._screens.change(ask, ask.under, view)
            else:
                await self._screens.open(ask, view)

        return listener

    async def _view(self, handler: Opens, ask: Ask, *, writes: bool = False) -> dict[str, Any]:
        """The handler's view; somebody new is asked for at Slack first."""
        try:
            return await self._made(handler, ask, writes=writes)
        except NotMetYet:
            await introduce(self._deps, ask)
            return await self._made(handler, ask, writes=writes)

    async def _made(self, handler: Opens, ask: Ask, *, writes: bool) -> dict[str, Any]:
        begin = self._deps.db.writing if writes else self._deps.db.reading
        async with asyncio.timeout(TIME_LIMIT), begin(ask.home.workspace_id) as session:
            view = await handler(ask, session)
        check_view(view)
        return view

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
