"""What the control calls share: who acts, where, and how acks are reported."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.playground.clock import stamp
from bot.playground.errors import ControlError, SlackError
from bot.playground.playground import Playground
from bot.playground.transport import Ack, Envelope
from bot.playground.world import Person

JSON = dict[str, Any]
PLAYGROUND: web.AppKey[Playground] = web.AppKey("playground", Playground)


class Body(BaseModel):
    """The body of a control call; an unknown key is a typing mistake."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Acting(Body):
    """A call in somebody's name."""

    person: str = Field(alias="as")


def who(pg: Playground, ident: str) -> Person:
    """The person who acts.

    Raises:
        ControlError: no such person.
    """
    person = pg.workspace.people.get(ident)
    if person is None:
        raise ControlError(404, "no_such_person", f"there is no person {ident!r}")
    return person


def seen(pg: Playground, person: str, channel: str) -> str:
    """A conversation that this person can see.

    Raises:
        ControlError: there is none, or it is not theirs to see.
    """
    if not pg.workspace.sees(person, channel):
        raise ControlError(404, "channel_not_found", f"{person} sees no channel {channel!r}")
    return channel


def message_at(pg: Playground, person: str, channel: str, ts: str) -> JSON:
    """A message that this person can see.

    Raises:
        ControlError: there is none.
    """
    seen(pg, person, channel)
    message = pg.messages.whispered(person, channel, ts) or pg.messages.get(channel, ts)
    if message is None:
        raise ControlError(404, "message_not_found", f"no message {ts} in {channel}")
    return message


async def to_bot(pg: Playground, envelope: Envelope) -> Ack:
    """Send a command or something interactive; it is never sent again.

    Raises:
        ControlError: the app is uninstalled, or its manifest has interactivity off.
    """
    if pg.workspace.revoked:
        raise ControlError(409, "app_uninstalled", "the app is no longer installed")
    if envelope.kind == "interactive" and not pg.manifest.interactive:
        raise ControlError(409, "interactivity_off", "the manifest has interactivity switched off")
    return await pg.delivery.send(envelope)


def unusable(pg: Playground, envelope: Envelope, refused: SlackError, given: Any) -> None:
    """Note in the log that the answer that came with an ack was refused."""
    pg.log.refusal(stamp(pg.now()), envelope.name, refused, given)


Call = Callable[[Playground, Any], Awaitable[JSON]]


def posted(shape: type[Body], do: Call) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A POST handler that parses the body into `shape` and answers with what `do` returns."""

    async def handler(request: web.Request) -> web.Response:
        raw = await request.text()
        try:
            body = shape.model_validate_json(raw or "{}")
        except ValidationError as wrong:
            problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
            raise ControlError(400, "bad_request", "; ".join(problems)) from wrong
        answer = await do(request.app[PLAYGROUND], body)
        return web.json_response({"ok": True} | answer)

    return handler
