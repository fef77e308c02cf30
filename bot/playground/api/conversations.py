"""conversations.*: opening DMs, and reading channels and what was said in them."""

from typing import Any

from pydantic import Field

from bot.playground import shapes
from bot.playground.api.method import Args, Listed, Method, need_scope
from bot.playground.api.paging import page
from bot.playground.api.places import joined, kind_of, readable
from bot.playground.errors import SlackError
from bot.playground.playground import Playground

JSON = dict[str, Any]
SCOPE_WORDS = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
MOST_MESSAGES = 999


class _Open(Args):
    channel: str = ""
    users: Listed = Field(default_factory=list)
    return_im: bool = False


async def open_dm(pg: Playground, args: _Open) -> JSON:
    """Open the DM with a person; group DMs are not part of the playground."""
    workspace = pg.workspace
    if args.channel:
        if args.channel not in workspace.dms:
            raise SlackError("channel_not_found")
        return {"channel": {"id": args.channel}, "no_op": True, "already_open": True}
    if not args.users:
        raise SlackError("users_list_not_supplied")
    if len(args.users) > 8:
        raise SlackError("too_many_users")
    need_scope(pg, "im:write" if len(args.users) == 1 else "mpim:write")
    if len(args.users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    dm = workspace.dm_with(_partner(pg, args.users[0]))
    return {"channel": shapes.dm(workspace, dm) if args.return_im else {"id": dm}}


def _partner(pg: Playground, ident: str) -> str:
    if ident in {pg.workspace.app.bot_user_id, shapes.SLACKBOT}:
        raise SlackError("cannot_dm_bot")
    person = pg.workspace.people.get(ident)
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    return ident


class _Info(Args):
    channel: str
    include_num_members: bool = False


async def info(pg: Playground, args: _Info) -> JSON:
    """One channel or DM."""
    ident = readable(pg, args.channel)
    need_scope(pg, f"{kind_of(pg, ident)}:read")
    shown = shapes.conversation(pg.workspace, ident)
    if args.include_num_members:
        shown["num_members"] = len(pg.workspace.members(ident))
    return {"channel": shown}


class _List(Args):
    types: Listed = Field(default_factory=lambda: ["public_channel"])
    exclude_archived: bool = False
    limit: int = 100
    cursor: str = ""


def _listed(pg: Playground, args: _List) -> list[str]:
    """The conversations of these types that the bot may know of."""
    if unknown := set(args.types) - set(SCOPE_WORDS):
        raise SlackError("invalid_types", detail=sorted(unknown))
    words = [SCOPE_WORDS[kind] for kind in args.types]
    for word in words:
        need_scope(pg, f"{word}:read")
    bot = pg.workspace.app.bot_user_id
    found = [
        channel.id
        for channel in pg.workspace.channels.values()
        if not (args.exclude_archived and channel.archived)
        and (not channel.private or bot in channel.members)
    ]
    return [ident for ident in [*found, *pg.workspace.dms] if kind_of(pg, ident) in words]


async def list_all(pg: Playground, args: _List) -> JSON:
    """The channels, page by page; private ones only where the bot is a member."""
    chosen, following = page(_listed(pg, args), args.limit, args.cursor)
    channels = [shapes.conversation(pg.workspace, ident) for ident in chosen]
    for shown in channels:
        if not shown["is_im"]:
            shown["num_members"] = len(pg.workspace.members(shown["id"]))
    return {"channels": channels, "response_metadata": following}


class _Mine(_List):
    user: str = ""


async def of_user(pg: Playground, args: _Mine) -> JSON:
    """The conversations that somebody (the bot itself by default) is a member of."""
    who = args.user or pg.workspace.app.bot_user_id
    if who != pg.workspace.app.bot_user_id and who not in pg.workspace.people:
        raise SlackError("user_not_found")
    mine = [ident for ident in _listed(pg, args) if who in pg.workspace.members(ident)]
    chosen, following = page(mine, args.limit, args.cursor)
    channels = [shapes.conversation(pg.workspace, ident) for ident in chosen]
    return {"channels": channels, "response_metadata": following}


class _Members(Args):
    channel: str
    limit: int = 100
    cursor: str = ""


async def members(pg: Playground, args: _Members) -> JSON:
    """Who is in a channel, the bot included."""
    ident = readable(pg, args.channel)
    need_scope(pg, f"{kind_of(pg, ident)}:read")
    chosen, following = page(pg.workspace.members(ident), args.limit, args.cursor)
    return {"members": chosen, "response_metadata": following}


class _History(Args):
    channel: str
    latest: str = ""
    oldest: str = "0"
    inclusive: bool = False
    limit: int = 100
    cursor: str = ""
    include_all_metadata: bool = False


class _Replies(_History):
    ts: str
    limit: int = 1000


def _between(args: _History, messages: list[JSON]) -> list[JSON]:
    oldest, latest = _moment(args.oldest or "0", "oldest"), _moment(args.latest or "inf", "latest")
    if args.inclusive:
        return [m for m in messages if oldest <= float(m["ts"]) <= latest]
    return [m for m in messages if oldest < float(m["ts"]) < latest]


def _moment(given: str, name: str) -> float:
    try:
        return float(given)
    except ValueError as wrong:
        raise SlackError(f"invalid_ts_{name}") from wrong


def _shown(args: _History, messages: list[JSON]) -> JSON:
    # Slack gives at most 999 here whatever is asked for; only nonsense is refused.
    chosen, following = page(messages, min(args.limit, MOST_MESSAGES), args.cursor)
    whole = args.include_all_metadata
    answer: JSON = {
        "messages": [shapes.message(message, whole_metadata=whole) for message in chosen],
        "has_more": bool(following["next_cursor"]),
    }
    if answer["has_more"]:
        answer["response_metadata"] = following
    return answer


async def history(pg: Playground, args: _History) -> JSON:
    """What was said in a channel that the bot is in, newest first, without replies."""
    ident = joined(pg, args.channel)
    need_scope(pg, f"{kind_of(pg, ident)}:history")
    said = list(pg.messages.roots(ident))[::-1]
    return _shown(args, _between(args, said)) | {"pin_count": 0}


async def replies(pg: Playground, args: _Replies) -> JSON:
    """A thread: its root first, then the replies, oldest first."""
    ident = joined(pg, args.channel)
    need_scope(pg, f"{kind_of(pg, ident)}:history")
    message = pg.messages.get(ident, args.ts)
    root = pg.messages.get(ident, message.get("thread_ts", args.ts)) if message else None
    if root is None:
        raise SlackError("thread_not_found")
    said = _between(args, pg.messages.replies(ident, root["ts"]))
    return _shown(args, [root, *said])


class _Join(Args):
    channel: str


async def join(pg: Playground, args: _Join) -> JSON:
    """The bot joins a public channel by itself."""
    ident = readable(pg, args.channel)
    channel = pg.workspace.channels.get(ident)
    if channel is None or channel.private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    bot = pg.workspace.app.bot_user_id
    if bot in channel.members:
        metadata = {"warnings": ["already_in_channel"]}
        shown = shapes.channel(pg.workspace, channel)
        return {"channel": shown, "warning": "already_in_channel", "response_metadata": metadata}
    channel.members.append(bot)
    pg.workspace.save_channel(channel)
    pg.later(pg.events.quietly(pg.events.membership(channel, bot, joined=True, by=bot)))
    return {"channel": shapes.channel(pg.workspace, channel)}


METHODS = {
    "conversations.open": Method(_Open, open_dm, ("im:write", "mpim:write"), 3),
    "conversations.info": Method(_Info, info, READ, 3),
    "conversations.list": Method(_List, list_all, READ, 2),
    "conversations.members": Method(_Members, members, READ, 4),
    "conversations.history": Method(_History, history, HISTORY, 3),
    "conversations.replies": Method(_Replies, replies, HISTORY, 3),
    "conversations.join": Method(_Join, join, ("channels:join",), 3),
    "users.conversations": Method(_Mine, of_user, READ, 3),
}
