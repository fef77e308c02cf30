"""users.*, team.info and bots.info: who is there."""

from typing import Any

from bot.playground import shapes
from bot.playground.api.method import Args, Method
from bot.playground.api.paging import page
from bot.playground.errors import SlackError
from bot.playground.playground import Playground

JSON = dict[str, Any]


class _Info(Args):
    user: str
    include_locale: bool = False


async def info(pg: Playground, args: _Info) -> JSON:
    """One user: a person, also from another workspace, the bot itself, or Slackbot."""
    workspace = pg.workspace
    if args.user == workspace.app.bot_user_id:
        return {"user": shapes.bot_user(workspace)}
    if args.user == shapes.SLACKBOT:
        return {"user": shapes.slackbot(workspace)}
    person = workspace.people.get(args.user)
    if person is None:
        raise SlackError("user_not_found")
    shown = shapes.user(workspace, person, pg.now(), pg.manifest.scopes)
    if args.include_locale and not person.stranger:
        shown["locale"] = "en-US"
    return {"user": shown}


class _List(Args):
    limit: int = 0
    cursor: str = ""


async def list_all(pg: Playground, args: _List) -> JSON:
    """Everybody of this workspace: bots, Slackbot and the deactivated too, strangers not."""
    workspace = pg.workspace
    users = [
        shapes.user(workspace, person, pg.now(), pg.manifest.scopes)
        for person in workspace.people.values()
        if not person.stranger
    ]
    users += [shapes.bot_user(workspace), shapes.slackbot(workspace)]
    if not args.limit and len(users) >= 1000:
        raise SlackError("limit_required")
    chosen, following = page(users, args.limit or 999, args.cursor)
    return {"members": chosen, "cache_ts": workspace.seconds(), "response_metadata": following}


class _Nothing(Args):
    pass


async def team(pg: Playground, _args: _Nothing) -> JSON:
    """The workspace."""
    it = pg.workspace.team
    return {
        "team": {
            "id": it.id,
            "name": it.name,
            "domain": it.domain,
            "email_domain": "",
            "url": f"{pg.url}/",
            "icon": {"image_default": True},
        }
    }


class _Bot(Args):
    bot: str = ""


async def bots_info(pg: Playground, args: _Bot) -> JSON:
    """The bot behind a message; there is only one."""
    app = pg.workspace.app
    if args.bot and args.bot != app.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": app.name}
    return {"bot": bot | {"deleted": False, "updated": 0, "icons": {}}}


METHODS = {
    "users.info": Method(_Info, info, ("users:read",), 4),
    "users.list": Method(_List, list_all, ("users:read",), 2),
    "team.info": Method(_Nothing, team, ("team:read",), 3),
    "bots.info": Method(_Bot, bots_info, ("users:read",), 3),
}
