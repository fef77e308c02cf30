"""Submitting and closing modals, and what the bot's answer does to them."""

from typing import Any

from pydantic import Field

from bot.playground import inputs, payloads
from bot.playground.blocks import elements, find
from bot.playground.control.acting import view_of
from bot.playground.control.call import Acting, to_bot, unusable, who
from bot.playground.errors import ControlError, SlackError
from bot.playground.playground import Playground
from bot.playground.transport import Ack, Envelope
from bot.playground.views import OpenView

JSON = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"


class Submit(Acting):
    """The submit button; `values` fills in first, by block id or `block_id/action_id`."""

    view_id: str
    values: JSON = Field(default_factory=dict)


async def submit(pg: Playground, body: Submit) -> JSON:
    """Submit the modal on top."""
    person = who(pg, body.person).id
    it = view_of(pg, person, body.view_id)
    _fill(pg, it, body.values)
    stack = pg.views.stack(person)
    if it not in stack or stack[-1] is not it:
        raise ControlError(409, "not_on_top", "another modal lies above this one")
    if it.view["submit"] is None:
        raise ControlError(409, "no_submit", "this modal has no submit button")
    if complaints := inputs.complaints(it.view["blocks"], it.state):
        return {"outcome": "errors", "errors": complaints, "ack": None}
    envelope = payloads.submission(pg, it)
    ack = await to_bot(pg, envelope)
    return outcome(pg, it, envelope, ack) | {"ack": ack.shown()}


def _fill(pg: Playground, it: OpenView, values: JSON) -> None:
    for name, value in values.items():
        block_id, _, action_id = name.partition("/")
        if not action_id:
            action_id = _only_action(it, block_id)
        found = find(it.view["blocks"], block_id, action_id)
        if found is None:
            raise ControlError(404, "no_such_element", f"no {name!r} in this modal")
        inputs.fill(it, found, value, pg.workspace)
    if values:
        pg.views.tell(it.person)


def _only_action(it: OpenView, block_id: str) -> str:
    actions = [e["action_id"] for b, e in elements(it.view["blocks"]) if b["block_id"] == block_id]
    if len(actions) != 1:
        detail = f"{block_id!r} has {len(actions)} elements: name one as block_id/action_id"
        raise ControlError(404, "no_such_element", detail)
    return str(actions[0])


def outcome(pg: Playground, it: OpenView, envelope: Envelope, ack: Ack) -> JSON:
    """What the answer to a submission does; anything unclear leaves the modal as it is."""
    if ack.status != "ok":
        pg.feed.notice(it.person, TROUBLE)
        return {"outcome": "failed", "detail": ack.detail}
    try:
        return _obeyed(pg, it, ack.body)
    except SlackError as refused:
        unusable(pg, envelope, refused, ack.body)
        pg.feed.notice(it.person, TROUBLE)
        metadata = refused.extra.get("response_metadata") or {}
        return {
            "outcome": "failed",
            "detail": refused.error,
            "messages": metadata.get("messages", []),
        }


def _obeyed(pg: Playground, it: OpenView, answer: Any) -> JSON:
    if not answer:
        pg.views.close(it)
        return {"outcome": "closed"}
    if not isinstance(answer, dict):
        raise SlackError("invalid_response")
    kind = answer.get("response_action")
    if kind == "errors":
        return {"outcome": "errors", "errors": _errors(it, answer.get("errors"))}
    if kind == "clear":
        pg.views.clear(it.person)
        return {"outcome": "cleared"}
    view = answer.get("view")
    if kind not in {"update", "push"} or not isinstance(view, dict):
        raise SlackError("invalid_response_action")
    if kind == "push":
        return {"outcome": "pushed", "view": pg.views.push(it.person, view, it.channel).shown()}
    return {"outcome": "updated", "view": pg.views.update(it, view).shown()}


def _errors(it: OpenView, errors: Any) -> dict[str, str]:
    """The texts under the fields; each must belong to an input block."""
    fields = {block["block_id"] for block in it.view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= fields:
        raise SlackError("invalid_errors")
    return {block_id: str(text) for block_id, text in errors.items()}


class Close(Acting):
    """The ✕; `all` closes the whole stack."""

    view_id: str
    all: bool = False


async def close(pg: Playground, body: Close) -> JSON:
    """Close a modal, or all of them; who asked for it is told by `view_closed`."""
    person = who(pg, body.person).id
    it = view_of(pg, person, body.view_id)
    stack = pg.views.stack(person)
    if it not in stack:
        raise ControlError(409, "not_a_modal", "a Home can't be closed")
    cleared = body.all or it.view["clear_on_close"]
    going = stack[::-1] if cleared else [it]
    for view in going:
        pg.views.close(view)
    ack = None
    for view in going:
        if view.view["notify_on_close"]:
            ack = await to_bot(pg, payloads.closed(pg, view, cleared=cleared))
    return {"ack": ack.shown() if ack else None}
