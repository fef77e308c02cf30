"""What has been said: messages in channels, DMs and threads, and ephemeral ones."""

from collections.abc import Iterator
from typing import Any

from bot.playground.clock import Clock, micros, stamp
from bot.playground.feed import Feed
from bot.playground.store import Store
from bot.playground.workspace import Workspace

JSON = dict[str, Any]


class Messages:
    """All messages; `ts` rises through the whole workspace, so insertion order is time order."""

    def __init__(self, workspace: Workspace, store: Store, clock: Clock, feed: Feed) -> None:
        self._workspace = workspace
        self._store = store
        self._clock = clock
        self._feed = feed
        self._all: dict[str, dict[str, JSON]] = {}
        self._hidden: dict[tuple[str, str], dict[str, JSON]] = {}
        self._last = 0
        for _, message in store.all("message"):
            self._all.setdefault(message["channel"], {})[message["ts"]] = message
            self._last = max(self._last, int(message["ts"].replace(".", "")))

    def next_ts(self) -> str:
        """A `ts` after all others, on the playground's clock."""
        self._last = max(self._last + 1, micros(self._clock.now()))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def get(self, channel: str, ts: str) -> JSON | None:
        """A message that everybody in the channel sees."""
        return self._all.get(channel, {}).get(ts)

    def all(self, channel: str) -> Iterator[JSON]:
        """Everything said in a channel, threads included, oldest first."""
        yield from self._all.get(channel, {}).values()

    def roots(self, channel: str) -> Iterator[JSON]:
        """What the channel shows: no replies but those that were also sent to the channel."""
        for message in self.all(channel):
            thread = message.get("thread_ts", message["ts"])
            if thread == message["ts"] or message.get("subtype") == "thread_broadcast":
                yield message

    def replies(self, channel: str, root: str) -> list[JSON]:
        """The replies in a thread, oldest first."""
        return [m for m in self.all(channel) if m.get("thread_ts") == root and m["ts"] != root]

    def post(self, channel: str, fields: JSON) -> JSON:
        """Say something: stores it with a new `ts` and tells everybody who sees the channel."""
        message = {"type": "message", "ts": self.next_ts(), "channel": channel, **fields}
        self._save(message)
        self._tell("message", message)
        if root := self._root_of(message):
            self._count_reply(root, message)
        return message

    def change(self, message: JSON, fields: JSON, *, without: tuple[str, ...] = ()) -> JSON:
        """Replace fields of a message, and remove those in `without`."""
        changed = {k: v for k, v in message.items() if k not in without} | fields
        self._save(changed)
        self._tell("message_changed", changed)
        return changed

    def delete(self, message: JSON) -> None:
        """Remove a message; a root with replies stays as a tombstone, as in Slack."""
        if message.get("reply_count"):
            tombstone = {
                "subtype": "tombstone",
                "text": "This message was deleted.",
                "hidden": True,
            }
            self.change(message, tombstone, without=("blocks", "attachments", "metadata", "edited"))
            return
        del self._all[message["channel"]][message["ts"]]
        self._store.drop("message", _key(message))
        self._tell("message_deleted", message)
        if root := self._root_of(message):
            self._count_reply(root, None)

    def _save(self, message: JSON) -> None:
        self._all.setdefault(message["channel"], {})[message["ts"]] = message
        self._store.put("message", _key(message), message)
        clock = {"now": stamp(self._clock.now()), "paused": self._clock.paused}
        self._store.put("meta", "clock", clock)

    def _tell(self, kind: str, message: JSON) -> None:
        channel = message["channel"]
        item = {"type": kind, "channel": channel, "message": message}
        self._feed.tell(item, lambda person: self._workspace.sees(person, channel))

    def _root_of(self, message: JSON) -> JSON | None:
        thread = message.get("thread_ts")
        if not thread or thread == message["ts"]:
            return None
        return self.get(message["channel"], thread)

    def _count_reply(self, root: JSON, added: JSON | None) -> None:
        if added is None:
            replies = self.replies(root["channel"], root["ts"])
            users = list(dict.fromkeys(reply["user"] for reply in replies))
            count, latest = len(replies), replies[-1]["ts"] if replies else None
        else:
            users = list(dict.fromkeys([*root.get("reply_users", []), added["user"]]))
            count, latest = root.get("reply_count", 0) + 1, added["ts"]
        counted = {
            "thread_ts": root["ts"],
            "reply_count": count,
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": latest,
        }
        self.change(root, counted)

    # Ephemeral messages: seen by one person, gone when the playground restarts.

    def whisper(self, person: str, channel: str, fields: JSON) -> JSON:
        """Say something that only one person sees."""
        message = {
            "type": "message",
            "ts": self.next_ts(),
            "channel": channel,
            "ephemeral": True,
            **fields,
        }
        self._hidden.setdefault((person, channel), {})[message["ts"]] = message
        self._feed.tell_one(person, {"type": "message", "channel": channel, "message": message})
        return message

    def whispers(self, person: str, channel: str) -> list[JSON]:
        """The ephemeral messages that somebody has in a channel, oldest first."""
        return list(self._hidden.get((person, channel), {}).values())

    def whispered(self, person: str, channel: str, ts: str) -> JSON | None:
        """One ephemeral message."""
        return self._hidden.get((person, channel), {}).get(ts)

    def change_whisper(self, person: str, message: JSON, fields: JSON | None) -> None:
        """Replace what an ephemeral message says, or remove it with None."""
        channel, ts = message["channel"], message["ts"]
        mine = self._hidden[person, channel]
        if fields is None:
            del mine[ts]
            kind, shown = "message_deleted", message
        else:
            kept = {
                k: message[k]
                for k in ("type", "ts", "channel", "ephemeral", "thread_ts")
                if k in message
            }
            mine[ts] = shown = kept | fields
            kind = "message_changed"
        self._feed.tell_one(person, {"type": kind, "channel": channel, "message": shown})


def _key(message: JSON) -> str:
    return f"{message['channel']}/{message['ts']}"
