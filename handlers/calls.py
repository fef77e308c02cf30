"""One call of a handler: its transaction, its time limit, the check of what it makes, where that is shown.

Every call runs under a time limit, so that a person always gets an answer within Slack's three seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import home
from handlers.blocks.document import Rendered
from handlers.blocks.lab import in_modal, note
from handlers.deps import Ask, Deps, ask_of
from handlers.directory import introduce
from handlers.errors import sentence_for, sorry
from handlers.guests import for_reader
from handlers.limits import check_message, check_view
from handlers.screens import Screens, marked
from handlers.whisper import whisper
from models import visible
from models.chronicle import is_new
from models.domain.errors import BotError, NoProject, NotMetYet

TIME_LIMIT = 2.2
"""Seconds; Slack gives three, and the way there takes some."""


class Reply(NamedTuple):
    """What is shown after something was stored: a view in place of the form, a whisper, or nothing."""

    view: dict[str, Any] | None = None
    whispered: str | None = None


Stores = Callable[[Ask, AsyncSession], Awaitable[Reply | None]]
Says = Callable[[Ask, AsyncSession], Awaitable[Rendered]]
Opens = Callable[[Ask, AsyncSession], Awaitable[dict[str, Any]]]
Read = TypeVar("Read", dict[str, Any], Rendered)
Listener = Callable[..., Awaitable[None]]
Bound = Callable[..., Any]
"""Bolt's decorator: what it is given is called from then on."""
Heard = Callable[[dict[str, Any], AsyncSession, Ask], Awaitable[None]]


async def _read_as(
    ask: Ask, handler: Callable[[Ask, AsyncSession], Awaitable[Read]], session: AsyncSession
) -> Read:
    """What a handler reads for the person who asks: guests see only what they belong to."""
    visible.read_as(session, ask.user)
    try:
        return await for_reader(session, ask.user, await handler(ask, session))
    except NoProject as error:
        if visible.sees_all(session):
            raise
        raise visible.NothingYet from error


class Calls:
    """Makes listeners of handlers; `home_page` is the one that shows the App Home."""

    home_page: Opens

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._screens = Screens(deps.interactive)

    def said(self, handler: Says) -> Listener:
        """A command that is answered with the ack."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            rendered = await self._read(handler, body)
            await ack(text=rendered.text, blocks=rendered.blocks)

        return listener

    def told(self, handler: Says) -> Listener:
        """A click answered only to the person who clicked."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            rendered = await self._read(handler, body)
            await ack()
            if body.get("view"):
                await self._screens.open(ask_of(body, self._deps), in_modal("Labmate", rendered))
            else:
                await whisper(body.get("response_url"), rendered.text, rendered.blocks)

        return listener

    async def _read(self, handler: Says, body: dict[str, Any]) -> Rendered:
        """What the handler says; somebody new is asked for at Slack first."""
        ask = ask_of(body, self._deps)
        try:
            return await self._rendered(handler, ask)
        except NotMetYet:
            await introduce(self._deps, ask)
            return await self._rendered(handler, ask)

    async def _rendered(self, handler: Says, ask: Ask) -> Rendered:
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.reading(ask.home.workspace_id) as session,
        ):
            rendered = await _read_as(ask, handler, session)
        check_message(rendered.text, rendered.blocks)
        return rendered

    def clicked(self, handler: Stores) -> Listener:
        """A click that stores; what became of it is shown where it was clicked."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            reply = await self._stored_by_anybody(handler, ask)
            await ack()
            if reply is not None and reply.whispered is not None:
                await self._whisper(ask, reply.whispered)

        return listener

    async def _stored_by_anybody(self, handler: Stores, ask: Ask) -> Reply | None:
        """Somebody who clicks may be new: then Slack is asked who it is, and only then."""
        try:
            return await self._store(handler, ask)
        except NotMetYet:
            await introduce(self._deps, ask)
            return await self._store(handler, ask)

    async def _whisper(self, ask: Ask, words: str) -> None:
        """Said beside the message that was clicked in; in a modal where it was none."""
        if ask.response_url is not None:
            await whisper(ask.response_url, words)
        else:
            await self._screens.open(ask, note("Labmate", [words]))

    def submitted(self, handler: Stores) -> Listener:
        """A form that is stored, and closes or goes on to the reply's view."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            reply = await self._store(handler, ask_of(body, self._deps))
            if reply is None or reply.view is None:
                await ack()
                return
            check_view(reply.view)
            ask = ask_of(body, self._deps)
            await ack(response_action="update", view=marked(reply.view, ask))

        return listener

    async def noted(self, handler: Stores, ask: Ask) -> None:
        """What is written down after somebody has seen something; nobody waits for it."""
        await self._store(handler, ask)

    async def _store(self, handler: Stores, ask: Ask) -> Reply | None:
        """One transaction; the ack that follows it promises that it is stored."""
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.writing(ask.home.workspace_id) as session,
        ):
            reply = await handler(ask, session)
        self._deps.wake()
        return reply

    def shown_anew(self, then: Opens | None) -> Listener:
        """After something was stored: the modal that stays shows `then`, and the App Home is shown anew."""

        async def listener(body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            if then is not None and ask.under is not None:
                await self._change(ask, ask.under, then)
            if ask.at_home is not None:
                await self.publish(ask)

        return listener

    async def _change(self, ask: Ask, view_id: str, handler: Opens) -> None:
        try:
            view = await self._view(handler, ask)
        except BotError as error:
            view = sorry(error, ask.command)
        await self._screens.change(ask, view_id, view)

    async def publish(self, ask: Ask) -> None:
        """Show the person their App Home as it is now, or what went wrong with it."""
        try:
            view = await self._view(self.home_page, ask)
        except Exception as error:  # noqa: BLE001  (Bolt passes no lazy error to app.error)
            view = home.trouble(sentence_for(error, ask.command))
        await self._screens.publish(ask, view)

    def opened(self, handler: Opens, *, writes: bool, in_place: bool) -> Listener:
        """A modal that opens after the ack, or changes `in_place`; the handler `writes`, or only reads."""

        async def listener(body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            try:
                view = await self._view(handler, ask, writes=writes)
            except Exception as error:  # noqa: BLE001  (Bolt passes no lazy error to app.error)
                await self._screens.open(ask, sorry(error, ask.command))
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
            if writes:
                view = await for_reader(session, ask.user, await handler(ask, session))
            else:
                view = await _read_as(ask, handler, session)
        check_view(view)
        return view

    def heard(self, handler: Heard) -> Listener:
        """An event, once."""

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
