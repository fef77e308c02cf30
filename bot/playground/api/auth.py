"""auth.test, api.test and apps.connections.open."""

from typing import Any

from bot.playground.api.method import Args, Method
from bot.playground.errors import SlackError
from bot.playground.playground import Playground

JSON = dict[str, Any]


class _Nothing(Args):
    pass


async def auth_test(pg: Playground, _args: _Nothing) -> JSON:
    """Whose token this is."""
    workspace = pg.workspace
    return {
        "url": f"{pg.url}/",
        "team": workspace.team.name,
        "user": workspace.app.name.lower(),
        "team_id": workspace.team.id,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


class _Test(Args):
    error: str = ""


async def api_test(_pg: Playground, args: _Test) -> JSON:
    """Whether the API answers; fails when asked to."""
    if args.error:
        raise SlackError(args.error, args={"error": args.error})
    return {"args": {}}


async def connections_open(pg: Playground, _args: _Nothing) -> JSON:
    """The address of a new WebSocket, good for one connection."""
    return {"url": f"{pg.url.replace('http', 'ws', 1)}/socket/{pg.socket_mode.ticket()}"}


METHODS = {
    "auth.test": Method(_Nothing, auth_test),
    "api.test": Method(_Test, api_test, tier=4, caller="anyone"),
    "apps.connections.open": Method(_Nothing, connections_open, tier=3, caller="app"),
}
