"""The doors: how a listener of Slack's becomes a call of one of our handlers.

A handler *stores* (one transaction, then the ack), *says* (reads, then acks with an answer) or *opens* (the
ack goes first; reading and `views.open` follow in a lazy listener; it *prepares* when it also writes). Every
one runs under a time limit, so that a person always gets an answer within Slack's three seconds. After
something was stored, what is seen behind it is shown anew by the outbox: the modal that stays, and the App
Home. So nothing that somebody does asks the database more than eight times (design §6).
"""

import re
from dataclasses import replace
from functools import partial
from re import Pattern
from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.lab import note
from handlers.calls import Calls, Heard, Opens, Reply, Says, Stores
from handlers.deps import Ask, Deps, ask_of, verb_of
from handlers.switchboard import Body, Switchboard
from models.chronicle import is_new

__all__ = ["Doors", "Reply"]


OTHER = "other"
"""Whatever no verb of ours stands for; verbs are asked first."""
ANY = re.compile("")


class Doors:
    """Binds handlers to Slack's listeners; `register` is the table of contents."""

    def __init__(self, app: AsyncApp, deps: Deps) -> None:
        self._app = app
        self._deps = deps
        self._calls = Calls(deps)
        self._forms = Switchboard(partial(app.view, ANY), _form_of)
        self._verbs = Switchboard(partial(app.command, deps.command), self._verb_of)
        self._shortcuts = Switchboard(partial(app.shortcut, ANY), _shortcut_of)
        self._clicks = Switchboard(partial(app.action, ANY), _click_of)

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
        """`/lab VERB …`; or only where a word stands among those behind it."""
        name = verb if with_word is None else f"{verb} {with_word}"
        if says is not None:
            self._verbs.acks(name, self._calls.said(says))
        elif stores is not None:
            self._verbs.acks(name, self._calls.clicked(stores))
        else:
            self._opens(self._verbs, name, opens, prepares)

    def any_other_verb(self, *, says: Says) -> None:
        """Whatever else stands behind `/lab`."""
        self._verbs.acks(OTHER, self._calls.said(says))

    def _verb_of(self, body: Body) -> str:
        text = body.get("text")
        verb, words = verb_of(text), (text or "").lower().split()
        names = (*(f"{verb} {word}" for word in words), verb)
        return next((name for name in names if name in self._verbs), OTHER)

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
        if stores is not None:
            self._clicks.acks(action_id, self._calls.clicked(stores, then))
        elif says is not None:
            self._clicks.acks(action_id, self._calls.told(says))
        else:
            self._opens(self._clicks, action_id, opens)

    def shortcut(self, callback_id: str, *, opens: Opens) -> None:
        """A shortcut, global or on a message."""
        self._opens(self._shortcuts, callback_id, opens)

    def modal(
        self, action_id: str, *, updates: Opens | None = None, prepares: Opens | None = None
    ) -> None:
        """A button or a menu whose modal `updates` the one it stands in, or is `prepared` by writing."""
        self._opens(self._clicks, action_id, updates, prepares, in_place=updates is not None)

    def _opens(
        self,
        board: Switchboard,
        name: str,
        reads: Opens | None,
        prepares: Opens | None = None,
        *,
        in_place: bool = False,
    ) -> None:
        handler = prepares or reads
        if handler is not None:
            opened = self._calls.opened(handler, writes=prepares is not None, in_place=in_place)
            board.opens(name, opened)

    def submit(
        self, callback_id: str, *, stores: Stores, then: Opens | None = None, once: bool = False
    ) -> None:
        """A form that is sent; with `once` a second sending of the same one starts nothing again.

        The modal below it shows `then` what has become of it.
        """
        handler = _only_once(stores) if once else stores
        self._forms.acks(callback_id, self._calls.submitted(handler, then))

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
        self._clicks.acks(turns, self._calls.at_home(notes, turned))

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


def _form_of(body: Body) -> str:
    return str(body["view"]["callback_id"])


def _shortcut_of(body: Body) -> str:
    return str(body["callback_id"])


def _click_of(body: Body) -> str:
    return str(body["actions"][0]["action_id"])
