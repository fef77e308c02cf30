"""`/clock`: how the bot follows the playground's time."""

from aiohttp import web
from pydantic import AwareDatetime, Field

from bot.playground.clock import stamp
from bot.playground.control.call import PLAYGROUND, Body
from bot.playground.errors import ControlError
from bot.playground.playground import Playground

LONGEST_WAIT_S = 25.0


async def read(request: web.Request) -> web.Response:
    """`GET /clock`: the time; with `after` once the version is newer, or after 25 s."""
    pg = request.app[PLAYGROUND]
    name = request.query.get("follower")
    after = request.query.get("after", "0")
    if not name or not after.isdigit():
        raise ControlError(400, "bad_request", "follower is a name, after a number")
    pg.clock.heard(name)
    await pg.clock.newer(int(after), LONGEST_WAIT_S)
    if name in pg.clock.followers():  # it may have left meanwhile
        pg.clock.heard(name)
    return web.json_response(
        {
            "now": stamp(pg.clock.now()),
            "rate": 0 if pg.clock.standing else 1,
            "version": pg.clock.version,
        }
    )


class Report(Body):
    """What a follower has seen and done."""

    follower: str = Field(min_length=1)
    seen: int
    idle: bool
    next_due: AwareDatetime | None = None


async def report(pg: Playground, body: Report) -> dict[str, object]:
    """`POST /clock`: a follower says how far it is."""
    follower = pg.clock.heard(body.follower)
    follower.seen, follower.idle, follower.next_due = body.seen, body.idle, body.next_due
    pg.clock.touch()
    return {}


async def leave(request: web.Request) -> web.Response:
    """`DELETE /clock`: a follower stops, and nobody has to wait for it any more."""
    pg = request.app[PLAYGROUND]
    pg.clock.forget(request.query.get("follower", ""))
    return web.json_response({"ok": True})
