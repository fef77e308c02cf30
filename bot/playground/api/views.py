"""views.*: opening, stacking, changing modals, and publishing the App Home."""

from typing import Any

from bot.playground.api.method import Args, Method, View
from bot.playground.errors import SlackError
from bot.playground.playground import Playground

JSON = dict[str, Any]


class _Open(Args):
    view: View
    trigger_id: str = ""
    interactivity_pointer: str = ""


def _trigger(args: _Open) -> str:
    if not (args.trigger_id or args.interactivity_pointer):
        raise SlackError.listing(
            "invalid_arguments", ["[ERROR] missing required field: trigger_id"]
        )
    return args.trigger_id or args.interactivity_pointer


async def open_modal(pg: Playground, args: _Open) -> JSON:
    """Open a modal for whoever the trigger belongs to."""
    trigger = pg.triggers.peek(_trigger(args))
    opened = pg.views.push(trigger.person, args.view, trigger.channel)
    trigger.used = True
    return {"view": opened.shown()}


async def push(pg: Playground, args: _Open) -> JSON:
    """Open a modal on top of the one that is open."""
    trigger = pg.triggers.peek(_trigger(args))
    if not pg.views.stack(trigger.person):
        raise SlackError("not_found")
    return await open_modal(pg, args)


class _Update(Args):
    view: View
    view_id: str = ""
    external_id: str = ""
    hash: str = ""


async def update(pg: Playground, args: _Update) -> JSON:
    """Change a view that is open."""
    if not (args.view_id or args.external_id):
        problem = "[ERROR] missing required field: view_id or external_id"
        raise SlackError.listing("invalid_arguments", [problem])
    there = pg.views.find(view_id=args.view_id, external_id=args.external_id)
    return {"view": pg.views.update(there, args.view, args.hash).shown()}


class _Publish(Args):
    view: View
    user_id: str
    hash: str = ""


async def publish(pg: Playground, args: _Publish) -> JSON:
    """Put a view on a person's App Home."""
    if not pg.manifest.home_tab:
        raise SlackError("not_enabled")
    person = pg.workspace.people.get(args.user_id)
    if person is None or person.deleted:
        problem = "[ERROR] no such user [json-pointer:/user_id]"
        raise SlackError.listing("invalid_arguments", [problem])
    return {"view": pg.views.publish(args.user_id, args.view, args.hash).shown()}


METHODS = {
    "views.open": Method(_Open, open_modal, tier=4),
    "views.push": Method(_Open, push, tier=4),
    "views.update": Method(_Update, update, tier=4),
    "views.publish": Method(_Publish, publish, tier=4),
}
