"""A launch check: planned, opened, answered by whoever is asked, refused while a must-have fails, decided."""

from typing import Any

from models.checklists import packaged
from models.domain.checklist import Item, ItemKind
from models.domain.review import ReviewKind
from tests.stories import team
from tests.stories.people import Form, Person, Said
from tests.stories.steps import a_project
from tests.stories.world import World

ITEMS = packaged(ReviewKind.DEPLOYMENT).items


async def card(world: World, reader: str = "jonas") -> Said:
    """The review's card in the channel."""
    await world.settled()
    said = await world.person(reader).reads(team.CHANNEL)
    return next(one for one in reversed(said) if "Launch check" in one.text)


def yes(item: Item) -> dict[str, Any]:
    """A plain yes to it, or an answer that is settled."""
    note = {f"note_{item.key}": "Written down"} if item.kind is ItemKind.STATEMENT else {}
    return {f"answer_{item.key}": "yes", **note}


async def press(person: Person, label: str, on: Said) -> Form:
    """Press a button of the card, for its form."""
    await person.click(label, on=on)
    return await person.form()


async def planned(world: World) -> None:
    jonas = world.person("jonas")
    reviews = await jonas.opens("/lab review")
    assert "No review is planned" in reviews.text
    await reviews.click("Plan a review")
    form = await jonas.form()
    outcome = await form.submit(kind="deployment", due="2026-02-16", chair=team.user("jonas"))
    assert "Launch check of Card fraud alerts: by Monday, 16 February" in outcome.note
    assert outcome.form is not None
    await outcome.form.close()
    await reviews.close()


async def opened(world: World) -> Said:
    """The launch check is open; its card."""
    await planned(world)
    jonas = world.person("jonas")
    reviews = await jonas.opens("/lab review")
    assert "planned, due 16 February" in reviews.text
    await reviews.click("See it")
    whole = await jonas.form()
    await whole.click("Open it now")
    assert "Close it" in (await whole.again("open")).buttons
    await whole.close()
    await reviews.close()
    return await card(world)


async def test_a_go_needs_what_its_checklist_asks_for(either: World) -> None:
    world = either
    await a_project(world)
    said = await opened(world)
    assert "1 of 23 answered" in said.shown, "the numbers have answered one"
    await only_with_a_word_it_is_less_than_a_yes(world)
    said = await card(world)
    assert "Privacy review done no: ticket text, see (jonas)" in said.shown
    jonas = world.person("jonas")
    form = await press(jonas, "Close it", said)
    assert "no go. Not met: Privacy review done and Good enough, confirmed." in form.text
    refused = await form.submit(decision="go", reason="We want it")
    assert "Must-have not met: Privacy review done (jonas)." in refused.errors["decision"]
    decided = await form.submit(decision="no_go", reason="Privacy is open")
    assert "Card fraud alerts: no go." in decided.note
    said = await card(world)
    for words in ("No go", "Privacy is open", "jonas, 2 February"):
        assert words in said.shown


async def only_with_a_word_it_is_less_than_a_yes(world: World) -> None:
    jonas = world.person("jonas")
    form = await press(jonas, "Answer", await card(world))
    everything = [item for item in ITEMS if item.key != "acceptance_met"]
    given = {key: value for item in everything for key, value in yes(item).items()}
    given |= {"answer_privacy_review": "no", "answer_sla": "partly", "note_sla": "nights are open"}
    refused = await form.submit(**given)
    assert refused.errors == {"note_privacy_review": "What is missing? A few words, please."}
    given["note_privacy_review"] = "ticket text, see https://wiki.example/pia"
    outcome = await form.submit(**given)
    assert outcome.note.startswith("Thank you")
    assert outcome.form is not None
    await outcome.form.close()
