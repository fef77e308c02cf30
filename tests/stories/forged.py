"""What Slack's own client would not send: old buttons, other people's, forms it would not let through."""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from bot.playground import payloads
from bot.playground.control.modals import outcome
from bot.playground.transport import Envelope
from bot.playground.views import OpenView
from tests.stories import team
from tests.stories.people import Form, Outcome, Said, only
from tests.stories.world import World

JSON = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """A submission that is on its way: what happens meanwhile, it doesn't know."""

    world: World
    form: Form
    view: OpenView
    envelope: Envelope

    async def send(self) -> Outcome:
        """Have it arrive."""
        playground = self.world.playground
        ack = await playground.delivery.send(self.envelope)
        became = outcome(playground, self.view, self.envelope, ack)
        return self.form.outcome(became | {"ack": ack.shown()})


def held(world: World, form: Form, **values: Any) -> Held:
    """A submission of a form with these texts, whatever its fields allow."""
    stack = world.playground.views.stack(form.person.id)
    (it,) = [one for one in stack if one.view["id"] == form.view["id"]]
    envelope = payloads.submission(world.playground, it)
    view = deepcopy(envelope.payload["view"])
    for name, value in values.items():
        if name == "private_metadata":
            view[name] = value
            continue
        (field,) = view["state"]["values"][name].values()
        field["value"] = value
    envelope.payload["view"] = view
    return Held(world, form, replace(it, view=dict(it.view)), envelope)


async def submission(world: World, form: Form, **values: Any) -> Outcome:
    """Submit a form with these texts, whatever its fields allow."""
    return await held(world, form, **values).send()


async def click(
    world: World,
    by: str,
    on: Said,
    label: str,
    *,
    value: str | None = None,
    near: str = "",
    action: str | None = None,
) -> JSON:
    """Press a button of a message that is somebody else's or not there any more, with any value or id."""
    playground = world.playground
    one = only(on.raw["blocks"], label, near)
    changed = {"value": value, "action_id": action}
    element = {**one.what, **{name: given for name, given in changed.items() if given is not None}}
    pressed = payloads.action(playground, {"block_id": one.block_id}, element, {})
    envelope = payloads.message_action(playground, team.user(by), on.raw, pressed, {})
    ack = await playground.delivery.send(envelope)
    return ack.shown()
