"""A standup from its setting-up to its end, lived by people who try again until they see it accepted."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.fire.place import A_MOMENT
from tests.fire.scene import Scene
from tests.stories import team
from tests.stories.people import Form, Outcome, Person

JSON = dict[str, Any]
FORM_COMES_WITHIN = 5.0
NOTE = "note"
AN_HOUR = timedelta(hours=1)
AT_ONCE = (
    "2026-02-02T12:01:00Z",
    "2026-02-02T17:00:00Z",
    "2026-02-02T18:00:00Z",
    "2026-02-03T13:00:00Z",
)
ON_TUESDAY = (
    team.ASKED_AT["sofia"],
    "2026-02-03T15:00:00Z",
    "2026-02-03T18:00:00Z",
    "2026-02-04T15:00:00Z",
)
"""When everybody has been asked, the summary stands there, the last one answers, and the run is closed."""


Weather = Callable[[], Awaitable[None]]


async def calm() -> None:
    """Nothing happens."""


@dataclass
class Answers:
    """What people saw accepted, by person: their own words, or that there was no change.

    `offered` is all that they sent: an answer whose ack was lost may have been stored.
    """

    scene: Scene
    accepted: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def words(self, handle: str) -> str:
        """Words that this person has not used before."""
        tries = self.offered.setdefault(handle, [])
        tries.append(f"{handle} learned this at attempt {len(tries) + 1}")
        return tries[-1]

    async def three(self) -> None:
        """Three answer at the same time; sofia does when the summary is there."""
        await asyncio.gather(self.has_nothing_new("kai"), self.updates("mira"), self.ends("jonas"))

    async def has_nothing_new(self, handle: str) -> None:
        """“No change”, one click."""
        person = self.scene.person(handle)

        async def click() -> bool | None:
            if any("Noted: still running" in said.shown for said in await person.dms()):
                return True  # the ack was lost, the answer wasn't
            before = await whispers(person)
            ack = await clicks("No change, still running")(person)
            is_told_otherwise = await whispers(person) != before
            return (ack["status"] == "ok" and not is_told_otherwise) or None

        await self.scene.insist(click, f"no change from {handle}")
        self.accepted[handle] = "no change"

    async def updates(self, handle: str) -> None:
        """The form, filled in."""
        form = await opened(self.scene, self.scene.person(handle), clicks("Update"))

        async def submit() -> str | None:
            said = self.words(handle)
            return said if (await form.submit(learned=said)).kind == "closed" else None

        self.accepted[handle] = await self.scene.insist(submit, f"an update from {handle}")

    async def ends(self, handle: str) -> None:
        """“It's concluded”, both views."""
        form = await opened(self.scene, self.scene.person(handle), clicks("It's concluded"))

        async def submit() -> Outcome | None:
            said = self.words(handle)
            outcome = await form.submit(learned=said, status="refuted", value="46")
            if outcome.kind != "updated":
                return None
            self.accepted[handle] = said
            return outcome

        outcome = await self.scene.insist(submit, f"a conclusion from {handle}")
        second = outcome.form
        assert second is not None

        async def remember() -> bool | None:
            outcome = await second.submit(learning=f"{handle} remembers", adopted="no")
            is_stored = any("concluded" in error for error in outcome.errors.values())
            return outcome.kind == "closed" or is_stored or None

        await self.scene.insist(remember, f"the second view from {handle}")


async def set_up(scene: Scene, *, now: bool) -> None:
    """Jonas sets the standup up: it asks at once, or on Tuesday at half past nine."""
    form = await opened(scene, scene.person("jonas"), types("/lab standup"))
    filled = team.EVERYONE_TWICE_A_WEEK | {"days": ["thu"] if now else ["tue"]}

    async def submit() -> Outcome | None:
        outcome = await form.submit(**filled, **({"start": "now"} if now else {}))
        return outcome if outcome.kind == "updated" else None

    outcome = await scene.insist(submit, "a standup that is set up")
    assert outcome.form is not None
    await outcome.form.close()
    await scene.settled()


async def lived(
    scene: Scene, *, now: bool, weather: Weather = calm, by: timedelta = A_MOMENT
) -> Answers:
    """The whole of it, until the run is closed and everything has been said.

    `weather` is what happens before each part; after `by` all that was caused is said.
    """
    answers = Answers(scene)
    asked, summary, late, closed = AT_ONCE if now else ON_TUESDAY
    await weather()
    await set_up(scene, now=now)
    await weather()
    await scene.to(moment(asked))
    await scene.settled(by)
    await weather()
    await answers.three()
    await scene.settled(by)
    await weather()
    await scene.to(moment(summary))
    await scene.settled(by)
    await scene.to(moment(late))
    await weather()
    await answers.updates("sofia")
    await scene.settled(by)
    await scene.to(moment(closed))
    await scene.settled(AN_HOUR)
    return answers


Opens = Callable[[Person], Awaitable[JSON]]


def clicks(label: str) -> Opens:
    """Click this button of the last DM that has it."""

    async def click(person: Person) -> JSON:
        said = [one for one in await person.dms() if label in one.buttons]
        return await person.click(label, on=said[-1] if said else None)

    return click


def types(text: str) -> Opens:
    """Type this command."""

    async def type_it(person: Person) -> JSON:
        typed = {"as": person.id, "channel": person.channel, "text": text}
        ack: JSON = (await person.hands.do("command", **typed))["ack"]
        return ack

    return type_it


async def opened(scene: Scene, person: Person, opens: Opens) -> Form:
    """The form that somebody has before them in the end, though it may need several clicks.

    Instead of the form a note may come: that it did not work.
    """

    async def attempt() -> Form | None:
        if not await _has_form(person) and (await opens(person))["status"] != "ok":
            return None
        try:
            async with asyncio.timeout(FORM_COMES_WITHIN):
                form = await person.form()
        except TimeoutError:
            return None
        if form.view["callback_id"] == NOTE:
            await form.close()
            return None
        return form

    return await scene.insist(attempt, f"a form for {person.id}")


async def whispers(person: Person) -> list[str]:
    """What only this person sees beside the bot's messages: that something did not work."""
    dms = (await person.hands.see("state", **{"as": person.id}))["dms"]
    return [one.text for one in await person.reads(dms[0]["id"]) if one.raw.get("ephemeral")]


async def _has_form(person: Person) -> bool:
    return bool((await person.hands.see("state", **{"as": person.id}))["modals"])


def moment(iso: str) -> datetime:
    """A moment as it is written in the stories."""
    return datetime.fromisoformat(iso)
