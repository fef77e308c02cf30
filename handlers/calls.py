"""One call of a handler: its transaction, its time limit, the check of what it makes, where that is shown.

Every call runs under a time limit, so that a person always gets an answer within Slack's three seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.document import Rendered
from handlers.blocks.lab import in_modal, note
from handlers.deps import Ask, Deps, ask_of
from handlers.directory import introduce
from handlers.errors import sorry
from handlers.forms import InvalidForm
from handlers.guests import for_reader
from handlers.limits import check_message, check_view
from handlers.screens import Screens, marked
from handlers.switchboard import Acks, Opened
from handlers.whisper import whisper
from models import held, outbox, visible
from models.chronicle import is_new
from models.domain.errands import HomePage, ModalPage
from models.domain.errors import BotError, NoProject, NotMetYet
from models.tables import Member

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
Heard = Callable[[dict[str, Any], AsyncSession, Ask], Awaitable[None]]


async def read_as(
    ask: Ask,
    handler: Callable[[Ask, AsyncSession], Awaitable[Read]],
    session: AsyncSession,
    met: Member | None = None,
) -> Read:
    """What a handler reads for the person who asks: guests see only what they belong to.

    `met` is who they are, where that was found out just now.
    """
    visible.read_as(session, ask.user)
    if met is not None:
        held.know(session, met)
    try:
        return await for_reader(session, ask.user, await handler(ask, session))
    except NoProject as error:
        if visible.sees_all(session):
            raise
        raise visible.NothingYet from error


def page_name(page: Opens) -> str:
    """What the outbox calls a page, such as `project_parts.back`."""
    return f"{page.__module__.rpartition('.')[2]}.{page.__name__}"


def _behind(ask: Ask, then: Opens | None) -> list[HomePage | ModalPage]:
    """What somebody sees behind what they do: the modal that stays, and their App Home."""
    views: list[HomePage | ModalPage] = []
    if then is not None and ask.under is not None:
        page = ModalPage(
            slack_id=ask.user,
            view_id=ask.under,
            page=page_name(then),
            value=ask.value,
            metadata=ask.metadata,
            at_home=ask.at_home,
        )
        views.append(page)
    if ask.at_home is not None:
        views.append(HomePage(slack_id=ask.user, at=ask.at_home))
    return views


async def _nothing(_ask: Ask, _session: AsyncSession) -> None:
    """What is stored where only views are shown anew."""


class Calls:
    """Makes listeners of handlers."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._screens = Screens(deps.interactive)

    def said(self, handler: Says) -> Acks:
        """A command that is answered with the ack."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            rendered = await self._read(handler, body)
            await ack(text=rendered.text, blocks=rendered.blocks)

        return listener

    def told(self, handler: Says) -> Acks:
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
            return await self._rendered(handler, ask, await self._introduced(ask))

    async def _introduced(self, ask: Ask) -> Member | None:
        """Who this is, by Slack."""
        return await introduce(self._deps.db, self._deps.interactive, ask)

    async def _rendered(self, handler: Says, ask: Ask, met: Member | None = None) -> Rendered:
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.reading(ask.home.workspace_id) as session,
        ):
            rendered = await read_as(ask, handler, session, met)
        check_message(rendered.text, rendered.blocks)
        return rendered

    def clicked(self, handler: Stores, then: Opens | None = None) -> Acks:
        """A click that stores; what became of it is shown where it was clicked."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            ask = ask_of(body, self._deps)
            reply = await self._stored_by_anybody(handler, ask, then)
            await ack()
            if reply is not None and reply.whispered is not None:
                await self._whisper(ask, reply.whispered)

        return listener

    async def _stored_by_anybody(
        self, handler: Stores, ask: Ask, then: Opens | None
    ) -> Reply | None:
        """Somebody who clicks may be new: then Slack is asked who it is, and only then."""
        try:
            return await self._store(handler, ask, then)
        except NotMetYet:
            await self._introduced(ask)
            return await self._store(handler, ask, then)

    async def _whisper(self, ask: Ask, words: str) -> None:
        """Said beside the message that was clicked in; in a modal where it was none."""
        if ask.response_url is not None:
            await whisper(ask.response_url, words)
        else:
            await self._screens.open(ask, note("Labmate", [words]))

    def submitted(self, handler: Stores, then: Opens | None = None) -> Acks:
        """A form that is stored, and closes or goes on to the reply's view."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            reply = await self._store(handler, ask_of(body, self._deps), then)
            if reply is None or reply.view is None:
                await ack()
                return
            check_view(reply.view)
            ask = ask_of(body, self._deps)
            await ack(response_action="update", view=marked(reply.view, ask))

        return listener

    def at_home(self, handler: Stores, seen: Callable[[dict[str, Any]], Ask | None]) -> Acks:
        """What somebody does at their Home to see it, or more of it: it is shown by the outbox."""

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            if (ask := seen(body)) is not None:
                await self._store(handler, ask)
            await ack()

        return listener

    async def _store(self, handler: Stores, ask: Ask, then: Opens | None = None) -> Reply | None:
        """One transaction; the ack that follows it promises that it is stored.

        What is seen behind it is shown anew by the outbox: the modal that stays shows `then`. So it is where
        nothing could be stored: what they saw was true no more.
        """
        try:
            reply = await self._committed(handler, ask, _behind(ask, then))
        except BotError as error:
            still_on_it = isinstance(error, (InvalidForm, NotMetYet))
            if not still_on_it and (views := _behind(ask, then)):
                await self._committed(_nothing, ask, views)
            raise
        return reply

    async def _committed(
        self, handler: Stores, ask: Ask, views: Sequence[HomePage | ModalPage]
    ) -> Reply | None:
        async with (
            asyncio.timeout(TIME_LIMIT),
            self._deps.db.writing(ask.home.workspace_id) as session,
        ):
            outbox.along(session, views, ask.now)
            reply = await handler(ask, session)
            await outbox.send_along(session)
        self._deps.wake()
        return reply

    def opened(self, handler: Opens, *, writes: bool, in_place: bool) -> Opened:
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
            return await self._made(handler, ask, await self._introduced(ask), writes=writes)

    async def _made(
        self, handler: Opens, ask: Ask, met: Member | None = None, *, writes: bool
    ) -> dict[str, Any]:
        begin = self._deps.db.writing if writes else self._deps.db.reading
        async with asyncio.timeout(TIME_LIMIT), begin(ask.home.workspace_id) as session:
            if writes:
                view = await for_reader(session, ask.user, await handler(ask, session))
            else:
                view = await read_as(ask, handler, session, met)
        check_view(view)
        return view

    def heard(self, handler: Heard) -> Opened:
        """An event, once."""

        async def listener(body: dict[str, Any]) -> None:
            home = self._deps.homes[body["team_id"]]
            ask = Ask(home, user="", user_name="", now=self._deps.clock.now())
            async with (
                asyncio.timeout(TIME_LIMIT),
                self._deps.db.writing(home.workspace_id) as session,
            ):
                outbox.along(session, [], ask.now)
                if await is_new(session, body["event_id"], ask.now):
                    await handler(body["event"], session, ask)
                await outbox.send_along(session)
            self._deps.wake()

        return listener
