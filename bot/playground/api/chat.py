"""chat.*: posting, changing, deleting, ephemeral messages, permalinks."""

from typing import Any

from bot.playground import shapes
from bot.playground.api.content import CUT_TEXT, Content, checked_content, stored
from bot.playground.api.method import Args, Method, need_scope
from bot.playground.api.places import readable, writable
from bot.playground.errors import SlackError
from bot.playground.playground import Playground

JSON = dict[str, Any]
UPDATE_TEXT = 4_000


class _Post(Content):
    channel: str
    thread_ts: str = ""
    reply_broadcast: bool = False
    username: str = ""
    icon_emoji: str = ""
    icon_url: str = ""
    as_user: bool | None = None


async def post_message(pg: Playground, args: _Post) -> JSON:
    """Post; a person's id as channel opens the DM, and the answer names the D… id."""
    if args.as_user is not None:
        raise SlackError("as_user_not_supported")
    if args.username or args.icon_emoji or args.icon_url:
        need_scope(pg, "chat:write.customize")
    channel = writable(pg, args.channel)
    checked_content(args)
    _check_thread(pg, channel, args.thread_ts)
    if wait := pg.limits.post(channel):
        raise SlackError("ratelimited", retry_after=wait)
    fields = shapes.bot_fields(pg.workspace) | stored(args)
    if args.thread_ts:
        fields["thread_ts"] = args.thread_ts
        if args.reply_broadcast:
            fields["subtype"] = "thread_broadcast"
    message = pg.messages.post(channel, fields)
    pg.events.message(message)
    answer = {"channel": channel, "ts": message["ts"]}
    return answer | {"message": shapes.message(message, whole_metadata=True)}


def _check_thread(pg: Playground, channel: str, thread_ts: str) -> None:
    """A reply goes to a message that is itself no reply; Slack has one level of threads."""
    if not thread_ts:
        return
    root = pg.messages.get(channel, thread_ts)
    if root is None or root.get("thread_ts", thread_ts) != thread_ts:
        raise SlackError("cannot_reply_to_message")


class _Update(Content):
    channel: str
    ts: str


async def update(pg: Playground, args: _Update) -> JSON:
    """Change one of the bot's own messages; text without blocks removes the blocks."""
    message = _own(pg, args.channel, args.ts, "cant_update_message")
    if len(args.text or "") > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    checked_content(args)
    fields = stored(args)
    without: tuple[str, ...] = ()
    if not args.blocks and (args.blocks is not None or args.text is not None):
        without = ("blocks",)
    if args.text is None:
        fields["text"] = message["text"]
    if args.metadata == {}:
        without = (*without, "metadata")
    if args.text is not None:
        app = pg.workspace.app
        fields["edited"] = {"user": app.bot_user_id, "ts": pg.messages.next_ts()}
    changed = pg.messages.change(message, fields, without=without)
    return {
        "channel": args.channel,
        "ts": args.ts,
        "text": changed["text"],
        "message": shapes.message(changed, whole_metadata=True),
    }


def _own(pg: Playground, channel: str, ts: str, refusal: str) -> JSON:
    """One of the bot's own messages; ephemeral ones can't be found."""
    message = pg.messages.get(readable(pg, channel), ts)
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message["user"] != pg.workspace.app.bot_user_id:
        raise SlackError(refusal)
    place = pg.workspace.channels.get(channel)
    if place and place.archived:
        raise SlackError("is_inactive")
    return message


class _Pointed(Args):
    channel: str
    ts: str


async def delete(pg: Playground, args: _Pointed) -> JSON:
    """Delete one of the bot's own messages."""
    pg.messages.delete(_own(pg, args.channel, args.ts, "cant_delete_message"))
    return {"channel": args.channel, "ts": args.ts}


class _Ephemeral(Content):
    channel: str
    user: str
    thread_ts: str = ""


async def post_ephemeral(pg: Playground, args: _Ephemeral) -> JSON:
    """Say something to one person; in a thread it is shown only where there are replies already."""
    place = pg.workspace.channels.get(readable(pg, args.channel))
    if place and place.archived:
        raise SlackError("is_archived")
    members = pg.workspace.members(args.channel)
    if pg.workspace.app.bot_user_id not in members:
        raise SlackError("not_in_channel")
    if args.user not in members:
        raise SlackError("user_not_in_channel")
    if len(args.text or "") > CUT_TEXT:
        raise SlackError("msg_too_long")
    checked_content(args)
    fields = shapes.bot_fields(pg.workspace) | stored(args)
    fields.pop("metadata", None)
    if not args.thread_ts:
        return {"message_ts": pg.messages.whisper(args.user, args.channel, fields)["ts"]}
    _check_thread(pg, args.channel, args.thread_ts)
    root = pg.messages.get(args.channel, args.thread_ts)
    if not root or not root.get("reply_count"):
        return {"message_ts": pg.messages.next_ts()}
    fields["thread_ts"] = args.thread_ts
    return {"message_ts": pg.messages.whisper(args.user, args.channel, fields)["ts"]}


class _Permalink(Args):
    channel: str
    message_ts: str


async def get_permalink(pg: Playground, args: _Permalink) -> JSON:
    """A link to a message; it leads to the playground's page."""
    message = pg.messages.get(readable(pg, args.channel), args.message_ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"{pg.url}/archives/{args.channel}/p{args.message_ts.replace('.', '')}"
    if (thread := message.get("thread_ts", args.message_ts)) != args.message_ts:
        link += f"?thread_ts={thread}&cid={args.channel}"
    return {"channel": args.channel, "permalink": link}


METHODS = {
    "chat.postMessage": Method(_Post, post_message, ("chat:write",)),
    "chat.update": Method(_Update, update, ("chat:write",), 3),
    "chat.delete": Method(_Pointed, delete, ("chat:write",), 3),
    "chat.postEphemeral": Method(_Ephemeral, post_ephemeral, ("chat:write",), 4),
    "chat.getPermalink": Method(_Permalink, get_permalink),
}
