"""The Events API: what the bot is told, as far as its manifest subscribes and its scopes allow."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground import shapes
from bot.playground.delivery import Delivery
from bot.playground.ids import fresh
from bot.playground.manifest import Manifest
from bot.playground.transport import Ack, Envelope
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Person

JSON = dict[str, Any]

# Without one of these scopes the event does not come; docs.slack.dev/reference/events.
# Events that are not here need none.
SCOPES: dict[str, frozenset[str]] = {
    "message.im": frozenset({"im:history"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "app_mention": frozenset({"app_mentions:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "channel_created": frozenset({"channels:read"}),
    "channel_rename": frozenset({"channels:read"}),
    "channel_archive": frozenset({"channels:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "channel_left": frozenset({"channels:read"}),
    "group_rename": frozenset({"groups:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "user_change": frozenset({"users:read"}),
    "team_join": frozenset({"users:read"}),
}


class Events:
    """Builds events and sends them."""

    def __init__(
        self,
        manifest: Manifest,
        workspace: Workspace,
        delivery: Delivery,
        later: Callable[[Awaitable[None]], None],
    ) -> None:
        self._manifest = manifest
        self._workspace = workspace
        self._delivery = delivery
        self._later = later

    def wanted(self, name: str) -> bool:
        """Whether the manifest subscribes to this event and has a scope for it."""
        if self._workspace.revoked or name not in self._manifest.events:
            return False
        needed = SCOPES.get(name)
        return needed is None or bool(needed & self._manifest.scopes)

    async def send(self, name: str, event: JSON) -> Ack | None:
        """Send an event; None when nobody wants it. `name` is the manifest's (message.im)."""
        if not self.wanted(name):
            return None
        return await self._delivery.send_event(self._envelope(name, event), self._later)

    def _envelope(self, name: str, event: JSON) -> Envelope:
        workspace = self._workspace
        kind = name.partition(".")[0]
        stamp = f"{workspace.seconds()}.{secrets.randbelow(10**6):06d}"
        payload = {
            "token": "playground-verification-token",
            "team_id": workspace.team.id,
            "context_team_id": workspace.team.id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app.id,
            "event": {"type": kind, "event_ts": event.get("ts", stamp)} | event,
            "type": "event_callback",
            "event_id": fresh("Ev"),
            "event_time": workspace.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team.id,
                    "user_id": workspace.app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": fresh("4-"),
        }
        return Envelope("events_api", f"event_callback:{kind}", payload)

    def message(self, message: JSON) -> None:
        """Tell the bot in the background of a message where it is a member, its own included."""
        for name, event in self.of_message(message):
            self._later(self.quietly(self.send(name, event)))

    @staticmethod
    async def quietly(sending: Awaitable[Ack | None]) -> None:
        """Send in the background: nobody asks for the ack."""
        await sending

    def of_message(self, message: JSON) -> list[tuple[str, JSON]]:
        """The events that a message makes."""
        channel = message["channel"]
        bot = self._workspace.app.bot_user_id
        if bot not in self._workspace.members(channel):
            return []
        kind = self._kind(channel)
        event = {k: v for k, v in message.items() if k != "metadata"} | {"channel_type": kind}
        name = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}[kind]
        events = [(name, event)]
        if f"<@{bot}>" in message["text"] and message["user"] != bot:
            events.append(("app_mention", event | {"type": "app_mention"}))
        return events

    def _kind(self, channel: str) -> str:
        if channel in self._workspace.dms:
            return "im"
        return "group" if self._workspace.channels[channel].private else "channel"

    async def home_opened(self, person: str, view: JSON | None) -> Ack | None:
        """`app_home_opened`; carries the view only when one was published before."""
        event = {"user": person, "channel": self._workspace.dm_with(person), "tab": "home"}
        return await self.send("app_home_opened", event | ({"view": view} if view else {}))

    async def person(self, name: str, person: Person, shown: JSON) -> Ack | None:
        """`team_join` or `user_change`."""
        return await self.send(name, {"user": shown, "cache_ts": person.updated})

    async def membership(
        self, channel: Channel, person: str, *, joined: bool, by: str
    ) -> Ack | None:
        """Somebody came or went; the bot hears of it where it is, and of its own leaving."""
        bot = self._workspace.app.bot_user_id
        if bot != person and bot not in channel.members:
            return None
        event = {
            "user": person,
            "channel": channel.id,
            "channel_type": "G" if channel.private else "C",
            "team": self._workspace.team.id,
        }
        if joined:
            inviter = {"inviter": by} if by != person else {}
            return await self.send("member_joined_channel", event | inviter)
        ack = await self.send("member_left_channel", event)
        if person == bot:
            left = {"channel": channel.id, "actor_id": by}
            ack = await self.send(_named("left", channel), left) or ack
        return ack

    async def channel(self, what: str, channel: Channel, by: str) -> Ack | None:
        """A channel was created, renamed, archived or unarchived."""
        bot = self._workspace.app.bot_user_id
        if channel.private and bot not in channel.members:
            return None
        if what in {"created", "rename"}:
            shown = shapes.channel(self._workspace, channel)
            kept = ("id", "name", "name_normalized", "created", "is_channel", "is_mpim", "creator")
            return await self.send(_named(what, channel), {"channel": {k: shown[k] for k in kept}})
        return await self.send(
            _named(what, channel), {"channel": channel.id, "user": by, "is_moved": 0}
        )

    async def uninstalled(self) -> Ack | None:
        """`tokens_revoked`, then `app_uninstalled`."""
        bot = self._workspace.app.bot_user_id
        ack = await self.send("tokens_revoked", {"tokens": {"oauth": [], "bot": [bot]}})
        return await self.send("app_uninstalled", {}) or ack


def _named(what: str, channel: Channel) -> str:
    return f"{'group' if channel.private else 'channel'}_{what}"
