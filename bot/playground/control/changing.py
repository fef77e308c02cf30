"""Changing the workspace: people who come and change, channels that come, change and go."""

from typing import Any

from pydantic import Field

from bot.playground import shapes
from bot.playground.control.call import Body, who
from bot.playground.errors import ControlError
from bot.playground.ids import fresh
from bot.playground.playground import Playground
from bot.playground.transport import Ack
from bot.playground.world import Channel, Person

JSON = dict[str, Any]


class PersonChange(Body):
    """Somebody new, or what changes about somebody."""

    id: str | None = None
    handle: str | None = None
    name: str | None = None
    title: str | None = None
    email: str | None = None
    tz: str | None = None
    admin: bool | None = None
    guest: bool | None = None
    deleted: bool | None = None
    stranger: bool | None = None


async def people(pg: Playground, body: PersonChange) -> JSON:
    """Add or change a person: `team_join` or `user_change`."""
    given = body.model_dump(exclude_none=True)
    there = pg.workspace.people.get(body.id or "")
    if there:
        person = there.model_copy(update=given)
    else:
        if not (body.handle and body.name):
            raise ControlError(400, "bad_request", "a new person needs handle and name")
        person = Person.model_validate({"id": fresh("U")} | given)
    pg.workspace.save_person(person)
    shown = shapes.user(pg.workspace, person, pg.now(), pg.manifest.scopes)
    ack = await pg.events.person("user_change" if there else "team_join", person, shown)
    return {"person": person.model_dump(), "ack": ack.shown() if ack else None}


class ChannelChange(Body):
    """A new channel, or what changes about one; `by` is who does it."""

    id: str | None = None
    name: str | None = None
    topic: str | None = None
    private: bool = False
    members: list[str] = Field(default_factory=list)
    rename: str | None = None
    archived: bool | None = None
    add: list[str] = Field(default_factory=list)
    remove: list[str] = Field(default_factory=list)
    by: str | None = None


async def channels(pg: Playground, body: ChannelChange) -> JSON:
    """Add or change a channel, with the events that this makes."""
    for ident in [*body.members, *body.add, *body.remove]:
        if ident != pg.workspace.app.bot_user_id:
            who(pg, ident)
    by = body.by or next(iter(pg.workspace.people))
    channel = pg.workspace.channels.get(body.id or "")
    acks = await _changed(pg, channel, body, by) if channel else []
    if channel is None:
        channel, acks = await _added(pg, body, by)
    last = next((ack for ack in reversed(acks) if ack), None)
    return {"channel": channel.model_dump(), "ack": last.shown() if last else None}


async def _added(pg: Playground, body: ChannelChange, by: str) -> tuple[Channel, list[Ack | None]]:
    if not body.name:
        raise ControlError(400, "bad_request", "a new channel needs a name")
    channel = Channel(
        id=body.id or fresh("C"),
        name=body.name,
        topic=body.topic or "",
        private=body.private,
        created=pg.workspace.seconds(),
    )
    pg.workspace.save_channel(channel)
    acks = [] if channel.private else [await pg.events.channel("created", channel, by)]
    return channel, [*acks, *await _moved(pg, channel, body.members, [], by)]


async def _changed(
    pg: Playground, channel: Channel, body: ChannelChange, by: str
) -> list[Ack | None]:
    acks: list[Ack | None] = []
    if body.topic is not None:
        channel.topic = body.topic
        pg.workspace.save_channel(channel)
    if body.rename:
        channel.name = body.rename
        pg.workspace.save_channel(channel)
        acks.append(await pg.events.channel("rename", channel, by))
    acks += await _moved(pg, channel, body.add, body.remove, by)
    if body.archived is not None and body.archived != channel.archived:
        channel.archived = body.archived
        pg.workspace.save_channel(channel)
        what = "archive" if body.archived else "unarchive"
        acks.append(await pg.events.channel(what, channel, by))
    return acks


async def _moved(
    pg: Playground, channel: Channel, coming: list[str], going: list[str], by: str
) -> list[Ack | None]:
    acks = []
    for person in coming:
        if person not in channel.members:
            channel.members.append(person)
            pg.workspace.save_channel(channel)
            acks.append(await pg.events.membership(channel, person, joined=True, by=by))
    for person in going:
        if person in channel.members:
            channel.members.remove(person)
            pg.workspace.save_channel(channel)
            acks.append(await pg.events.membership(channel, person, joined=False, by=by))
    return acks
