"""What tests and the developer drawer steer: clock, faults, sockets, the workspace itself."""

from datetime import timedelta
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from bot.playground.control.call import Body
from bot.playground.errors import ControlError
from bot.playground.faults import Fault
from bot.playground.playground import Playground
from bot.playground.steps import NothingDueError
from bot.playground.world import World

JSON = dict[str, Any]


class ClockMove(Body):
    """Stop or start the clock, and move it forward."""

    paused: bool | None = None
    advance_s: float | None = Field(default=None, ge=0)
    to: AwareDatetime | None = None
    next: bool = False
    wait_s: float = Field(default=10, ge=0, le=600)


async def move_clock(pg: Playground, body: ClockMove) -> JSON:
    """Step the clock; `waited_in_vain` names who was not done in time."""
    async with pg.steering:
        if body.paused is not None:
            pg.clock.set(pg.now(), paused=body.paused)
        to = pg.now() + timedelta(seconds=body.advance_s) if body.advance_s else body.to
        in_vain: list[str] = []
        if to is not None:
            if to < pg.now():
                raise ControlError(400, "clock_goes_back", f"it is {pg.now().isoformat()} already")
            in_vain = await pg.steps.move(to, body.wait_s)
        elif body.next:
            try:
                in_vain = await pg.steps.move_to_next(body.wait_s)
            except NothingDueError as nothing:
                raise ControlError(409, "nothing_due", "nobody waits for anything") from nothing
    pg.remember_time()
    return pg.clock.shown() | {"waited_in_vain": in_vain}


class FaultOrder(Fault, Body):
    """What is to go wrong."""


async def faults(pg: Playground, body: FaultOrder) -> JSON:
    """Let the next calls of a method go wrong."""
    pg.faults.add(body)
    return {}


class Outage(Body):
    """Whether Slack is down."""

    down: bool


async def outage(pg: Playground, body: Outage) -> JSON:
    """Every Web API call is 503, and no socket can be opened."""
    pg.faults.down = body.down
    return {}


class Switch(Body):
    """On or off."""

    on: bool


async def rate_limits(pg: Playground, body: Switch) -> JSON:
    """Switch the rate limits."""
    pg.limits.on = body.on
    return {}


class Times(Body):
    """How often."""

    times: int = Field(ge=0)


async def duplicates(pg: Playground, body: Times) -> JSON:
    """Deliver the next payloads twice."""
    pg.faults.duplicates = body.times
    return {}


class Disconnect(Body):
    """Why the sockets are to go."""

    disconnect: Literal["warning", "refresh_requested", "link_disabled"]


async def socket(pg: Playground, body: Disconnect) -> JSON:
    """Ask every open socket to go; closes them at once, after a warning ten seconds later."""
    return {"connections": await pg.socket_mode.disconnect(body.disconnect)}


class Nothing(Body):
    """No arguments."""


async def revoke(pg: Playground, _body: Nothing) -> JSON:
    """Uninstall the app."""
    ack = await pg.events.uninstalled()
    pg.workspace.revoke()
    return {"ack": ack.shown() if ack else None}


class Reset(Body):
    """The new workspace."""

    world: World


async def reset(pg: Playground, body: Reset) -> JSON:
    """Begin anew with another world."""
    await pg.reset(body.world)
    return {}
