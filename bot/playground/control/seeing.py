"""What a person sees: the state of their Slack, messages, the feed, and the inspector's log."""

import asyncio
import json
from typing import Any
from urllib.parse import quote

from aiohttp import WSMsgType, web

from bot.playground.control.call import PLAYGROUND, seen, who
from bot.playground.errors import ControlError
from bot.playground.feed import Reader
from bot.playground.playground import Playground
from bot.playground.world import Channel

JSON = dict[str, Any]


def _query(request: web.Request, name: str) -> str:
    value = request.query.get(name)
    if not value:
        raise ControlError(400, "bad_request", f"{name} is missing")
    return value


def _person(request: web.Request) -> str:
    return who(request.app[PLAYGROUND], _query(request, "as")).id


def _unread(pg: Playground, person: str, conversation: str) -> tuple[int, int]:
    """How many messages of others came since this person last read, and how many name them."""
    since = pg.workspace.last_read(person, conversation)
    unread = [
        said
        for said in pg.messages.roots(conversation)
        if said["ts"] > since and said["user"] != person
    ]
    return len(unread), sum(f"<@{person}>" in said["text"] for said in unread)


def _channel(pg: Playground, person: str, channel: Channel) -> JSON:
    unread, mentions = _unread(pg, person, channel.id)
    is_member = person in channel.members
    return {
        **channel.model_dump(exclude={"created"}),
        "is_member": is_member,
        "unread": unread if is_member else 0,
        "mentions": mentions if is_member else 0,
    }


def whole(pg: Playground, person: str) -> JSON:
    """Everything on this person's screen but the messages."""
    workspace = pg.workspace
    app = workspace.app
    home = pg.views.home(person)
    commands = () if workspace.revoked else pg.manifest.commands
    shortcuts = () if workspace.revoked else pg.manifest.shortcuts
    return {
        "team": workspace.team.model_dump(),
        "me": workspace.people[person].model_dump(),
        "people": [it.model_dump() for it in workspace.people.values()],
        "bot": {"id": app.bot_user_id, "name": app.name, "bot_id": app.bot_id},
        "channels": [
            _channel(pg, person, channel)
            for channel in workspace.channels.values()
            if workspace.sees(person, channel.id)
        ],
        "dms": [
            {"id": dm, "user": app.bot_user_id, "unread": _unread(pg, person, dm)[0]}
            for dm, other in workspace.dms.items()
            if other == person
        ],
        "commands": [it.model_dump(exclude={"should_escape"}) for it in commands],
        "shortcuts": [it.model_dump() for it in shortcuts],
        "home": {"enabled": pg.manifest.home_tab, "view": home.shown() if home else None},
        "modals": [it.on_screen() for it in pg.views.stack(person)],
        "clock": pg.clock.shown(),
    }


async def state(request: web.Request) -> web.Response:
    """`GET /control/state`; without `as` for the first person who could be at this machine."""
    pg = request.app[PLAYGROUND]
    person = _person(request) if "as" in request.query else _anybody(pg)
    return web.json_response({"ok": True} | whole(pg, person))


def _anybody(pg: Playground) -> str:
    for person in pg.workspace.people.values():
        if not (person.deleted or person.stranger):
            return person.id
    raise ControlError(404, "no_such_person", "nobody is in this workspace")


async def messages(request: web.Request) -> web.Response:
    """`GET /control/messages`: a channel's root messages, or one thread."""
    pg = request.app[PLAYGROUND]
    person = _person(request)
    channel = seen(pg, person, _query(request, "channel"))
    thread = request.query.get("thread_ts")
    whispers = pg.messages.whispers(person, channel)
    if thread:
        root = pg.messages.get(channel, thread)
        shown = [*([root] if root else []), *pg.messages.replies(channel, thread)]
        shown += [it for it in whispers if it.get("thread_ts") == thread]
    else:
        shown = [*pg.messages.roots(channel), *(it for it in whispers if not it.get("thread_ts"))]
    shown.sort(key=lambda message: message["ts"])
    members = pg.workspace.members(channel)
    return web.json_response({"ok": True, "messages": shown, "members": members})


async def log(request: web.Request) -> web.Response:
    """`GET /control/log`: what went between the bot and the playground."""
    pg = request.app[PLAYGROUND]
    after = request.query.get("after", "0")
    if not after.isdigit():
        raise ControlError(400, "bad_request", "after is a number")
    entries = pg.log.after(int(after))
    return web.json_response({"ok": True, "entries": entries, "last": pg.log.last})


async def file(request: web.Request) -> web.Response:
    """`GET /control/file`: the content of a file that this person can see, to be saved."""
    found = request.app[PLAYGROUND].files.seen_by(_person(request), _query(request, "id"))
    if found is None:
        raise ControlError(404, "file_not_found", "there is no such file here")
    name, content = found
    return web.Response(
        body=content,
        content_type="image/png" if name.endswith(".png") else "application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


async def feed(request: web.Request) -> web.WebSocketResponse:
    """`GET /control/feed`: a WebSocket with every change that this person can see."""
    pg = request.app[PLAYGROUND]
    person = _person(request)
    socket = web.WebSocketResponse(heartbeat=30)
    # Listen first: whoever is connected must not miss what happens meanwhile.
    reader = pg.feed.open(person)
    await socket.prepare(request)
    writing = asyncio.create_task(_write(socket, reader))
    try:
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
    finally:
        pg.feed.leave(reader)
        writing.cancel()
    return socket


async def _write(socket: web.WebSocketResponse, reader: Reader) -> None:
    while (item := await reader.waiting.get()) is not None:
        await socket.send_str(json.dumps(item))
    await socket.close()
