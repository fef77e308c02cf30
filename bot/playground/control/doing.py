"""What a person does: typing commands and messages, shortcuts, opening the Home, reading."""

from typing import Any

from bot.playground import answers, payloads
from bot.playground.control.call import Acting, message_at, seen, to_bot, unusable, who
from bot.playground.errors import ControlError, SlackError
from bot.playground.playground import Playground
from bot.playground.response_urls import ResponseUrl
from bot.playground.transport import Ack
from bot.playground.typed import escaped

JSON = dict[str, Any]


class Command(Acting):
    """A slash command typed into a channel."""

    channel: str
    text: str
    thread_ts: str | None = None


async def command(pg: Playground, body: Command) -> JSON:
    """Send a slash command, and say the answer that comes with the ack."""
    person = who(pg, body.person).id
    channel = seen(pg, person, body.channel)
    name, _, text = body.text.strip().partition(" ")
    known = next((it for it in pg.manifest.commands if it.command == name), None)
    if known is None:
        pg.feed.notice(person, f"{name} is not a valid command.")
        raise ControlError(404, "no_such_command", f"{name} is not a valid command")
    if body.thread_ts:
        text = f"{name} is not supported in threads. Sorry!"
        pg.feed.notice(person, text)
        raise ControlError(409, "not_in_threads", text)
    text = text.strip()
    if known.should_escape:
        text = escaped(pg.workspace, text, labels=True)
    envelope = payloads.command(pg, person, channel, name, text)
    ack = await to_bot(pg, envelope)
    _report_command(pg, person, name, ack)
    if ack.status == "ok" and isinstance(ack.body, dict) and set(ack.body) - {"response_type"}:
        to = ResponseUrl(person, channel, pg.now())
        try:
            answers.give(pg, to, ack.body)
        except SlackError as refused:
            unusable(pg, envelope, refused, ack.body)
            pg.feed.notice(person, f"{name} failed with the error “{refused.error}”")
            return {"ack": ack.shown() | {"status": "failed", "detail": refused.error}}
    return {"ack": ack.shown()}


def _report_command(pg: Playground, person: str, name: str, ack: Ack) -> None:
    if ack.status == "timeout":
        pg.feed.notice(person, f"{name} failed with the error “operation_timeout”")
    elif ack.status == "failed":
        pg.feed.notice(person, f"{name} failed with the error “dispatch_failed”")


class Message(Acting):
    """A message typed into a channel or thread."""

    channel: str
    text: str
    thread_ts: str | None = None


async def message(pg: Playground, body: Message) -> JSON:
    """Say something as a person."""
    person = who(pg, body.person).id
    channel = seen(pg, person, body.channel)
    place = pg.workspace.channels.get(channel)
    if place and (place.archived or person not in place.members):
        raise ControlError(409, "not_in_channel", f"{person} cannot write in {channel}")
    if body.thread_ts:
        message_at(pg, person, channel, body.thread_ts)
    fields = {
        "user": person,
        "text": escaped(pg.workspace, body.text, labels=False),
        "team": pg.workspace.team.id,
    }
    if body.thread_ts:
        fields["thread_ts"] = body.thread_ts
    said = pg.messages.post(channel, fields)
    pg.workspace.read(person, channel, said["ts"])
    ack = None
    for name, event in pg.events.of_message(said):
        ack = await pg.events.send(name, event) or ack
    return {"message": said, "ack": ack.shown() if ack else None}


class Shortcut(Acting):
    """A global shortcut, or one on a message."""

    callback_id: str
    channel: str | None = None
    ts: str | None = None


async def shortcut(pg: Playground, body: Shortcut) -> JSON:
    """Use a shortcut."""
    person = who(pg, body.person).id
    kind = "message" if body.ts else "global"
    known = [it for it in pg.manifest.shortcuts if it.type == kind]
    if body.callback_id not in [it.callback_id for it in known]:
        raise ControlError(404, "no_such_shortcut", f"no {kind} shortcut {body.callback_id!r}")
    if body.ts:
        at = message_at(pg, person, body.channel or "", body.ts)
        envelope = payloads.message_shortcut(pg, person, body.callback_id, at)
    else:
        envelope = payloads.shortcut(pg, person, body.callback_id)
    ack = await to_bot(pg, envelope)
    if ack.status != "ok":
        pg.feed.notice(person, "That shortcut didn’t work. Try again?")
    return {"ack": ack.shown()}


async def home(pg: Playground, body: Acting) -> JSON:
    """Open the App Home."""
    person = who(pg, body.person).id
    if not pg.manifest.home_tab:
        raise ControlError(409, "not_enabled", "the manifest has the Home tab switched off")
    shown = pg.views.home(person)
    ack = await pg.events.home_opened(person, shown.shown() if shown else None)
    shown = pg.views.home(person)
    return {"view": shown.shown() if shown else None, "ack": ack.shown() if ack else None}


class Read(Acting):
    """A conversation that somebody has read."""

    channel: str


async def read(pg: Playground, body: Read) -> JSON:
    """Mark a conversation read."""
    person = who(pg, body.person).id
    channel = seen(pg, person, body.channel)
    last = max((said["ts"] for said in pg.messages.all(channel)), default="0")
    pg.workspace.read(person, channel, last)
    return {}
