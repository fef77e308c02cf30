"""Clicking and filling in: buttons, selects and inputs in messages, modals and the Home."""

from dataclasses import dataclass
from typing import Any

from bot.playground import inputs, payloads, view_state
from bot.playground.blocks import find
from bot.playground.control.call import Acting, message_at, to_bot, unusable, who
from bot.playground.errors import ControlError, SlackError
from bot.playground.playground import Playground
from bot.playground.transport import Ack, Envelope
from bot.playground.views import OpenView

JSON = dict[str, Any]


class Pointing(Acting):
    """An element in a view or a message."""

    view_id: str | None = None
    channel: str | None = None
    ts: str | None = None
    block_id: str
    action_id: str


class Click(Pointing):
    """What a person does with an element; buttons take no value."""

    value: Any = None


class Query(Pointing):
    """What a person types into an external select."""

    query: str = ""


@dataclass
class _Spot:
    """The element that was pointed at, and what stands around it."""

    person: str
    where: OpenView | JSON
    block: JSON
    element: JSON
    state: view_state.State
    suggested: dict[str, list[JSON]]


def view_of(pg: Playground, person: str, view_id: str) -> OpenView:
    """A modal that this person has open, or their Home.

    Raises:
        ControlError: it is not there (any more).
    """
    mine = [*pg.views.stack(person), pg.views.home(person)]
    for it in mine:
        if it and it.view["id"] == view_id:
            return it
    raise ControlError(404, "view_not_found", f"{person} has no view {view_id!r} open")


def _spot(pg: Playground, body: Pointing) -> _Spot:
    person = who(pg, body.person).id
    where: OpenView | JSON
    memory: inputs.Fillable
    if body.view_id:
        where = memory = view_of(pg, person, body.view_id)
        blocks = where.view["blocks"]
    else:
        where = message_at(pg, person, body.channel or "", body.ts or "")
        blocks = where.get("blocks", [])
        memory = pg.filled_in.of(person, where)
    found = find(blocks, body.block_id, body.action_id)
    if found is None:
        raise ControlError(404, "no_such_element", f"no {body.block_id}/{body.action_id} there")
    return _Spot(person, where, *found, memory.state, memory.suggested)


async def click(pg: Playground, body: Click) -> JSON:
    """Press a button or choose something: `block_actions`."""
    spot = _spot(pg, body)
    element = spot.element
    held = _choose(pg, spot, body.value)
    if spot.block["type"] == "input" and not spot.block.get("dispatch_action"):
        return {"ack": None}
    action = payloads.action(pg, spot.block, element, held)
    ack = await to_bot(pg, _envelope(pg, spot, action))
    _report(pg, spot.person, ack)
    return {"ack": ack.shown()}


def _choose(pg: Playground, spot: _Spot, value: Any) -> JSON:
    """Keep what was chosen; what goes into `actions` of it."""
    kind = spot.element["type"]
    if kind == "overflow":
        chosen = inputs.entered(spot.element, value, [], pg.workspace)
        return {"selected_option": chosen}
    if kind not in view_state.HOLDERS:
        return {}
    held = inputs.fill(spot, (spot.block, spot.element), value, pg.workspace)
    if isinstance(spot.where, OpenView):
        pg.views.tell(spot.person, spot.where.view["type"])
    return {k: v for k, v in held.items() if k != "type"}


def _envelope(pg: Playground, spot: _Spot, action: JSON) -> Envelope:
    if isinstance(spot.where, OpenView):
        return payloads.view_action(pg, spot.where, action)
    return payloads.message_action(pg, spot.person, spot.where, action, spot.state)


def _report(pg: Playground, person: str, ack: Ack) -> None:
    if ack.status == "timeout":
        pg.feed.notice(person, "This app took too long to respond (operation_timeout).")
    elif ack.status == "failed":
        pg.feed.notice(person, "This app responded with an error. Try again?")


async def suggest(pg: Playground, body: Query) -> JSON:
    """Ask the bot for the options of an external select."""
    spot = _spot(pg, body)
    if "external_select" not in spot.element["type"]:
        raise ControlError(400, "not_external", f"{spot.element['type']} has its own options")
    if len(body.query) < spot.element.get("min_query_length", 3):
        return {"ack": None, "options": []}
    place = payloads.suggestion_place(pg, spot.where)
    ids = {"action_id": spot.element["action_id"], "block_id": spot.block["block_id"]}
    envelope = payloads.suggestion(pg, spot.person, place, ids, body.query)
    ack = await to_bot(pg, envelope)
    answer = ack.body if isinstance(ack.body, dict) else {}
    try:
        shown = _options(answer) if ack.status == "ok" else {"options": []}
    except SlackError as refused:
        unusable(pg, envelope, refused, answer)
        pg.feed.notice(spot.person, f"The options could not be loaded ({refused.error}).")
        shown = {"options": []}
    spot.suggested[inputs.key(spot.block, spot.element)] = inputs.options_of(shown)
    return {"ack": ack.shown()} | shown


def _options(answer: JSON) -> JSON:
    """What the bot offers: at most a hundred options, or a hundred groups."""
    for key in ("options", "option_groups"):
        offered = answer.get(key)
        if isinstance(offered, list):
            if len(offered) > 100 or not all(isinstance(one, dict) for one in offered):
                raise SlackError("invalid_options")
            return {key: offered}
    raise SlackError("no_options")
