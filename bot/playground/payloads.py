"""What Slack sends to a bot when a person does something."""

import secrets
from typing import Any

from bot.playground.clock import micros
from bot.playground.playground import Playground
from bot.playground.transport import Envelope
from bot.playground.views import OpenView

JSON = dict[str, Any]
TOKEN = "playground-verification-token"  # noqa: S105 -- deprecated as proof of origin, and no secret here


def moment(pg: Playground) -> str:
    """An `action_ts`."""
    now = micros(pg.now())
    return f"{now // 1_000_000}.{now % 1_000_000:06d}"


def channel_name(pg: Playground, ident: str) -> str:
    """The name that payloads give a conversation: private ones and DMs have none of their own."""
    if ident in pg.workspace.dms:
        return "directmessage"
    channel = pg.workspace.channels[ident]
    return "privategroup" if channel.private else channel.name


def response_url(pg: Playground, person: str, channel: str, ts: str | None = None) -> str:
    """A new response_url."""
    return f"{pg.url}/response/{pg.response_urls.give(person, channel, ts)}"


def _base(pg: Playground, person: str, kind: str) -> JSON:
    who = pg.workspace.people[person]
    team = pg.workspace.team
    return {
        "type": kind,
        "user": {"id": who.id, "username": who.handle, "name": who.handle, "team_id": team.id},
        "api_app_id": pg.workspace.app.id,
        "token": TOKEN,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _named(pg: Playground, channel: str) -> JSON:
    return {"id": channel, "name": channel_name(pg, channel)}


def _message(message: JSON) -> JSON:
    return {k: v for k, v in message.items() if k not in {"channel", "ephemeral"}}


def command(pg: Playground, person: str, channel: str, name: str, text: str) -> Envelope:
    """A slash command; all values are strings, as in a form."""
    who = pg.workspace.people[person]
    payload = {
        "token": TOKEN,
        "team_id": pg.workspace.team.id,
        "team_domain": pg.workspace.team.domain,
        "channel_id": channel,
        "channel_name": channel_name(pg, channel),
        "user_id": who.id,
        "user_name": who.handle,
        "command": name,
        "text": text,
        "api_app_id": pg.workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url(pg, person, channel),
        "trigger_id": pg.triggers.give(person, channel),
    }
    return Envelope("slash_commands", "slash_commands", payload, answerable=True)


def message_action(
    pg: Playground, person: str, message: JSON, action: JSON, values: JSON
) -> Envelope:
    """`block_actions` from a message; an ephemeral one is not repeated in the payload."""
    channel, ts = message["channel"], message["ts"]
    hidden = bool(message.get("ephemeral"))
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel,
        "is_ephemeral": hidden,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    payload = _base(pg, person, "block_actions") | {
        "container": container,
        "trigger_id": pg.triggers.give(person, channel),
        "channel": _named(pg, channel),
        "state": {"values": values},
        "response_url": response_url(pg, person, channel, ts),
        "actions": [action],
    }
    if not hidden:
        payload["message"] = _message(message)
    return Envelope("interactive", "block_actions", payload)


def view_action(pg: Playground, it: OpenView, action: JSON) -> Envelope:
    """`block_actions` from a modal or the Home."""
    payload = _base(pg, it.person, "block_actions") | {
        "container": {"type": "view", "view_id": it.view["id"]},
        "trigger_id": pg.triggers.give(it.person, it.channel),
        "view": it.shown(),
        "actions": [action],
    }
    return Envelope("interactive", "block_actions", payload)


def submission(pg: Playground, it: OpenView) -> Envelope:
    """`view_submission`, with response_urls for conversation selects that ask for them."""
    payload = _base(pg, it.person, "view_submission") | {
        "trigger_id": pg.triggers.give(it.person, it.channel),
        "view": it.shown(),
        "response_urls": _response_urls(pg, it),
    }
    return Envelope("interactive", "view_submission", payload, answerable=True)


def _response_urls(pg: Playground, it: OpenView) -> list[JSON]:
    urls = []
    for block in it.view["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        held = it.state[block["block_id"]][element["action_id"]]
        chosen = held.get("selected_conversation") or held.get("selected_channel")
        if chosen:
            urls.append({
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": chosen,
                "response_url": response_url(pg, it.person, chosen),
            })  # fmt: skip
    return urls


def closed(pg: Playground, it: OpenView, *, cleared: bool) -> Envelope:
    """`view_closed`."""
    payload = _base(pg, it.person, "view_closed") | {"view": it.shown(), "is_cleared": cleared}
    return Envelope("interactive", "view_closed", payload)


def suggestion(pg: Playground, person: str, place: JSON, element: JSON, query: str) -> Envelope:
    """`block_suggestion`; `place` is where the select stands: a view, or a message's channel."""
    payload = _base(pg, person, "block_suggestion") | place
    payload |= {"action_id": element["action_id"], "block_id": element["block_id"], "value": query}
    return Envelope("interactive", "block_suggestion", payload, answerable=True)


def suggestion_place(pg: Playground, where: OpenView | JSON) -> JSON:
    """Where a select stands, for `suggestion`."""
    if isinstance(where, OpenView):
        return {"container": {"type": "view", "view_id": where.view["id"]}, "view": where.shown()}
    channel, ts = where["channel"], where["ts"]
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel,
        "is_ephemeral": bool(where.get("ephemeral")),
    }
    place = {"container": container, "channel": _named(pg, channel)}
    return place if where.get("ephemeral") else place | {"message": _message(where)}


def shortcut(pg: Playground, person: str, callback_id: str) -> Envelope:
    """A global shortcut: it knows no channel."""
    payload = _base(pg, person, "shortcut") | {
        "action_ts": moment(pg),
        "callback_id": callback_id,
        "trigger_id": pg.triggers.give(person),
    }
    return Envelope("interactive", "shortcut", payload)


def message_shortcut(pg: Playground, person: str, callback_id: str, message: JSON) -> Envelope:
    """A message shortcut."""
    channel, ts = message["channel"], message["ts"]
    payload = _base(pg, person, "message_action") | {
        "action_ts": moment(pg),
        "message_ts": ts,
        "message": _message(message),
        "channel": _named(pg, channel),
        "callback_id": callback_id,
        "trigger_id": pg.triggers.give(person, channel),
        "response_url": response_url(pg, person, channel, ts),
    }
    return Envelope("interactive", "message_action", payload)


def action(pg: Playground, block: JSON, element: JSON, held: JSON) -> JSON:
    """One entry of `actions`: the element's own fields, and what was chosen."""
    kept = ("text", "value", "style", "url", "placeholder", "accessibility_label")
    shown = {key: element[key] for key in kept if key in element}
    ids = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
    }
    return ids | shown | held | {"action_ts": f"{moment(pg)[:-6]}{secrets.randbelow(10**6):06d}"}
