"""What Slack's own client would not send: old buttons, other people's, forms it would not let through."""

from copy import deepcopy
from typing import Any

from bot.playground import payloads
from bot.playground.control.modals import outcome
from tests.stories import team
from tests.stories.people import Form, Outcome, Said, only
from tests.stories.world import World

JSON = dict[str, Any]


async def submission(world: World, form: Form, **values: Any) -> Outcome:
    """Submit a form with these texts, whatever its fields allow."""
    playground = world.playground
    stack = playground.views.stack(form.person.id)
    it = next(one for one in stack if one.view["id"] == form.view["id"])
    envelope = payloads.submission(playground, it)
    view = deepcopy(envelope.payload["view"])
    for name, value in values.items():
        if name == "private_metadata":
            view[name] = value
            continue
        (held,) = view["state"]["values"][name].values()
        held["value"] = value
    envelope.payload["view"] = view
    ack = await playground.delivery.send(envelope)
    return form.outcome(outcome(playground, it, envelope, ack) | {"ack": ack.shown()})


async def click(
    world: World, by: str, on: Said, label: str, *, value: str | None = None, near: str = ""
) -> JSON:
    """Press a button of a message that is somebody else's or not there any more, with any value."""
    playground = world.playground
    one = only(on.raw["blocks"], label, near)
    element = one.what if value is None else {**one.what, "value": value}
    action = payloads.action(playground, {"block_id": one.block_id}, element, {})
    envelope = payloads.message_action(playground, team.user(by), on.raw, action, {})
    ack = await playground.delivery.send(envelope)
    return ack.shown()
