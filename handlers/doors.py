"""The doors: how a listener of Slack's becomes a call of one of our handlers.

A handler *stores* (one transaction, then the ack), *says* (reads, then acks with an answer) or *opens* (the
ack goes first; reading and `views.open` follow in a lazy listener; it *prepares* when it also writes). Every
one runs under a time limit, so that a person always gets an answer within Slack's three seconds. After
something was stored, what is seen behind it is shown anew by the outbox: the modal that stays, and the App
Home. So nothing that somebody does asks the database more than eight times (design §6).
"""

from dataclasses import replace
from functools import partial
from re import Pattern
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.lab import note
from handlers.calls import Bound, Calls, Heard, Opens, Reply, Says, Stores
from handlers.deps import Ask, Deps, ask_of, verb_of
from models.chronicle import is_new

__all__ = ["Doors", "Reply"]


class Doors:
    """Binds handlers to Slack's listeners; `register` is the table of contents."""

    def __init__(self, app: AsyncApp, deps: Deps) -> None:
        self._app = app
        self._deps = deps
        self._calls = Calls(deps)

    def verb(
        self,
        verb: str,
        *,
        says: Says | None = None,
        opens: Opens | None = None,
        prepares: Opens | None = None,
        stores: Stores | None = None,
        with_word: str | None = None,
    ) -> None:
        """`/lab VERB …`; or only where a word stands among those behind it, registered before the verb."""

        async def is_it(body: dict[str, Any]) -> bool:
            is_verb = verb_of(body.get("text")) == verb
            words = (body.get("text") or "").lower().split()
            return is_verb and (with_word is None or with_word in words)

        listen = self._app.command(self._deps.command, matchers=[is_it])
        if says is not None:
            listen(self._calls.said(says))
        elif stores is not None:
            listen(self._calls.clicked(stores))
        else:
            self._opens(listen, opens, prepares)

    def any_other_verb(self, *, says: Says) -> None:
        """Whatever else stands behind `/lab`; registered last."""
        self._app.command(self._deps.command)(self._calls.said(says))

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
            listen()(self._calls.clicked(stores, then))
        elif says is not None:
            listen()(self._calls.told(says))
        else:
            self._opens(listen(), opens)

    def shortcut(self, callback_id: str, *, opens: Opens) -> None:
        """A shortcut, global or on a message."""
        self._opens(self._app.shortcut(callback_id), opens)

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
            opened = self._calls.opened(handler, writes=prepares is not None, in_place=in_place)
            listen(ack=acknowledge, lazy=[opened])

    def submit(
        self, callback_id: str, *, stores: Stores, then: Opens | None = None, once: bool = False
    ) -> None:
        """A form that is sent; with `once` a second sending of the same one starts nothing again.

        The modal below it shows `then` what has become of it.
        """
        handler = _only_once(stores) if once else stores
        self._app.view(callback_id)(self._calls.submitted(handler, then))

    def opens_home(self, *, turns: str, page: Opens, notes: Stores) -> None:  # noqa: ARG002  (for the table)
        """The App Home, shown when it is opened, which is `noted`; a button `turns` its page.

        The outbox shows the `page` (`handlers.view_sender`): there it may ask for as much as it holds.
        """

        def opened(body: dict[str, Any]) -> Ask | None:
            event = body["event"]
            if event.get("tab") != "home":
                return None
            place, now = self._deps.homes[body["team_id"]], self._deps.clock.now()
            return Ask(place, event["user"], "", now, self._deps.command, at_home="")

        def turned(body: dict[str, Any]) -> Ask:
            ask = ask_of(body, self._deps)
            return replace(ask, at_home=ask.value)

        self._app.event("app_home_opened")(self._calls.at_home(notes, opened))
        self._app.action(turns)(self._calls.at_home(notes, turned))

    def event(self, name: str | Pattern[str], *, hears: Heard) -> None:
        """Something that happened in the workspace; duplicates are dropped by their event_id."""
        self._app.event(name)(self._calls.heard(hears))


def _only_once(handler: Stores) -> Stores:
    """The handler, unless this very form was stored before: people click twice."""

    async def stores(ask: Ask, session: AsyncSession) -> Reply | None:
        return await twice(ask, session) or await handler(ask, session)

    return stores


async def twice(ask: Ask, session: AsyncSession) -> Reply | None:
    """What is said to a form that was stored before; None the first time, and from now on it was."""
    if await is_new(session, ask.view_id or "", ask.now):
        return None
    return Reply(note("Stored already", ["This came twice. It is stored once."]))


async def acknowledge(ack: AsyncAck) -> None:
    """Nothing else: Slack's clock runs."""
    await ack()
