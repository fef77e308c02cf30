"""People at their Slack: they type, click, fill in forms and read. Everything goes over the control API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.stories.reading import Element, elements, shown

JSON = dict[str, Any]
BUTTON_VALUES = {"static_select", "radio_buttons"}


class Hands(Protocol):
    """What a person's client can do: control calls, what is on the screen, and waiting for it."""

    async def do(self, name: str, status: int = 200, /, **body: Any) -> JSON:
        """A control call."""
        ...

    async def see(self, name: str, **query: str) -> JSON:
        """A control GET."""
        ...

    async def until(self, found: Callable[[], Awaitable[Any]], what: str) -> Any:
        """Wait until `found` finds something."""
        ...


@dataclass(frozen=True)
class Said:
    """A message as somebody sees it."""

    raw: JSON

    @property
    def text(self) -> str:
        """What a notification and a screen reader read."""
        return str(self.raw["text"])

    @property
    def shown(self) -> str:
        """What its blocks show."""
        return shown(self.raw.get("blocks") or [])

    @property
    def ts(self) -> str:
        """Its id within the conversation."""
        return str(self.raw["ts"])

    @property
    def buttons(self) -> list[str]:
        """What can be clicked."""
        return [one.label for one in elements(self.raw.get("blocks") or [])]


@dataclass
class Outcome:
    """What became of a submission."""

    kind: str
    errors: dict[str, str]
    form: "Form | None"
    ms: float | None

    @property
    def note(self) -> str:
        """What the view that replaced the form says."""
        return self.form.text if self.form else ""


@dataclass
class Form:
    """A modal in front of somebody."""

    person: "Person"
    view: JSON

    @property
    def title(self) -> str:
        """What stands above it."""
        return str(self.view["title"]["text"])

    @property
    def text(self) -> str:
        """What it says, labels and hints included."""
        return shown(self.view["blocks"])

    def value(self, name: str) -> Any:
        """What stands in a field."""
        (held,) = self.view["state"]["values"][name].values()
        return next((one for key, one in held.items() if key not in {"type", "timezone"}), None)

    async def submit(self, **values: Any) -> Outcome:
        """Fill in and press the button, as far as Slack's own client lets it through."""
        answer = await self.person.hands.do(
            "submit", **{"as": self.person.id}, view_id=self.view["id"], values=values
        )
        return self.outcome(answer)

    def outcome(self, answer: JSON) -> Outcome:
        """What became of it."""
        view = answer.get("view")
        form = Form(self.person, view) if view else None
        return Outcome(
            answer["outcome"], answer.get("errors", {}), form, (answer["ack"] or {}).get("ms")
        )

    async def click(self, label: str, *, near: str = "") -> None:
        """Press a button in it."""
        one = only(self.view["blocks"], label, near)
        await self.person.press(one, {"view_id": self.view["id"]})

    async def pick(self, menu: str, option: str) -> None:
        """Choose something in a menu among its buttons."""
        one = only(self.view["blocks"], menu, "")
        await self.person.press(one, {"view_id": self.view["id"]}, option)

    @property
    def buttons(self) -> list[str]:
        """What can be clicked."""
        return [one.label for one in elements(self.view["blocks"])]

    async def again(self, words: str = "") -> "Form":
        """This very view, when it shows something else than before, with these words in it."""

        async def newer() -> "Form | None":
            modals = (await self.person.hands.see("state", **{"as": self.person.id}))["modals"]
            (view,) = [one for one in modals if one["id"] == self.view["id"]]
            it = Form(self.person, view)
            return it if view["hash"] != self.view["hash"] and words in it.text else None

        again: Form = await self.person.hands.until(newer, f"a view that says “{words}”")
        return again

    async def choose(self, name: str, value: Any) -> JSON:
        """Choose something in a field that tells the bot at once."""
        (action_id,) = self.view["state"]["values"][name]
        answer = await self.person.hands.do(
            "input",
            **{"as": self.person.id},
            view_id=self.view["id"],
            block_id=name,
            action_id=action_id,
            value=value,
        )
        ack: JSON = answer["ack"]
        return ack

    async def close(self) -> None:
        """Press the ✕."""
        await self.person.hands.do("close", **{"as": self.person.id}, view_id=self.view["id"])


@dataclass
class Person:
    """Somebody of the team."""

    hands: Hands
    id: str
    channel: str
    _seen: set[str] = field(default_factory=set)

    async def type(self, text: str, channel: str | None = None) -> list[Said]:
        """Type a command; what is whispered back with the ack."""
        place = channel or self.channel
        before = {said.ts for said in await self.reads(place)}
        await self.hands.do("command", **{"as": self.id}, channel=place, text=text)
        now = await self.reads(place)
        return [said for said in now if said.ts not in before and said.raw.get("ephemeral")]

    async def opens(self, text: str, channel: str | None = None) -> Form:
        """Type a command that opens a form."""
        await self.type(text, channel)
        return await self.form()

    async def form(self) -> Form:
        """The form that opens now: one that this person has not had before."""

        async def newest() -> JSON | None:
            modals = (await self.hands.see("state", **{"as": self.id}))["modals"]
            return modals[-1] if modals and modals[-1]["id"] not in self._seen else None

        view = await self.hands.until(newest, f"a form in front of {self.id}")
        self._seen.add(view["id"])
        return Form(self, view)

    async def look(self) -> Form:
        """The form on top, as it is now."""
        modals = (await self.hands.see("state", **{"as": self.id}))["modals"]
        return Form(self, modals[-1])

    async def home(self) -> Form:
        """The App Home, opened."""
        before = await self._at_home()
        await self.hands.do("home", **{"as": self.id})
        return await self.home_after(Form(self, before))

    async def home_after(self, before: Form) -> Form:
        """The App Home when it has been shown anew."""

        async def newer() -> JSON | None:
            view = await self._at_home()
            return view if view.get("hash") != before.view.get("hash") else None

        return Form(self, await self.hands.until(newer, f"a new Home of {self.id}"))

    async def _at_home(self) -> JSON:
        return (await self.hands.see("state", **{"as": self.id}))["home"]["view"] or {}

    async def reads(self, channel: str, thread: str | None = None) -> list[Said]:
        """A conversation, or one thread of it."""
        query = {"as": self.id, "channel": channel}
        if thread:
            query["thread_ts"] = thread
        return [Said(one) for one in (await self.hands.see("messages", **query))["messages"]]

    async def dms(self) -> list[Said]:
        """What the bot has written to this person, oldest first."""
        dms = (await self.hands.see("state", **{"as": self.id}))["dms"]
        said = await self.reads(dms[0]["id"]) if dms else []
        return [one for one in said if not one.raw.get("ephemeral")]

    async def dm(self) -> Said:
        """The bot's last direct message."""
        return (await self.dms())[-1]

    async def whispered(self, channel: str, words: str) -> Said:
        """A message that only this person sees, as soon as it is there."""

        async def found() -> Said | None:
            said = await self.reads(channel)
            return next(
                (one for one in said if one.raw.get("ephemeral") and words in one.text), None
            )

        whisper: Said = await self.hands.until(found, f"“{words}” for {self.id}")
        return whisper

    async def click(
        self, label: str, *, near: str = "", on: Said | None = None, value: str | None = None
    ) -> JSON:
        """Press a button (or choose in a menu) of the last DM, or of the message `on`; the ack."""
        said = on or await self.dm()
        one = only(said.raw["blocks"], label, near)
        place = {"channel": said.raw["channel"], "ts": said.ts}
        return await self.press(one, place, value)

    async def press(self, one: Element, place: JSON, value: str | None = None) -> JSON:
        """Press an element; in a menu, choose the option that reads `value`."""
        body: JSON = {"block_id": one.block_id, "action_id": one.what["action_id"], **place}
        if one.what["type"] in BUTTON_VALUES:
            body["value"] = next(
                option["value"] for option in one.what["options"] if option["text"]["text"] == value
            )
        answer = await self.hands.do("click", **{"as": self.id}, **body)
        ack: JSON = answer["ack"]
        return ack


def only(blocks: list[JSON], label: str, near: str) -> Element:
    """The first element called `label` under words that hold `near`."""
    found = [one for one in elements(blocks) if one.label == label and near in one.above]
    assert found, f"no “{label}” near “{near}” in:\n{shown(blocks)}"
    return found[0]
