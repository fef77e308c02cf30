"""Guests read what they belong to and change nothing."""

import pytest

from tests.stories import forged, team
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World

pytestmark = pytest.mark.counted

MAY_NOT = "Guests and people from other companies can read here, but not change the record."

NOTHING = "You see the projects that you have a part in, and that is none yet."


async def test_guests_are_told_at_once_that_they_only_read(plain: World) -> None:
    gus = plain.person("gus")
    for verb in ("/lab project new", "/lab new", "/lab standup"):
        form = await gus.opens(verb, "C0GUESTS")
        assert MAY_NOT in form.text
        await form.close()
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    form = await gus.opens("/lab project", "C0GUESTS")
    assert NOTHING in form.text
    await form.close()
    menu = await gus.type("/lab", "C0GUESTS")
    assert "[Find]" in menu[0].text
    assert "[Decide]" not in menu[0].text
    assert NOTHING in (await gus.type("/lab list", "C0GUESTS"))[0].text
    assert (
        "There is no experiment FRAUD-1"
        in (await gus.type("/lab show FRAUD-1", "C0GUESTS"))[0].text
    )
    await a_standup(plain, channel="C0GUESTS", people=[gus.id], project="1", now=True)
    assert "FRAUD-1" in (await gus.type("/lab list", "C0GUESTS"))[0].shown
    assert "We believe" in (await gus.type("/lab show FRAUD-1", "C0GUESTS"))[0].shown


async def test_somebody_who_becomes_a_guest_while_the_form_is_open(plain: World) -> None:
    kai = plain.person("kai")
    form = await kai.opens("/lab project")
    await plain.do("people", id=kai.id, guest=True)
    outcome = await form.submit(**team.PROJECT)
    assert outcome.errors == {"name": MAY_NOT}
    assert NOTHING in (await kai.type("/lab list"))[0].text


async def test_somebody_whom_slack_does_not_describe_changes_nothing(plain: World) -> None:
    plain.allowed = {"HTTP 500"}
    kai = plain.person("kai")
    await plain.do("faults", method="users.info", status=500)
    form = await kai.opens("/lab project")
    assert "Slack has not told me yet who you are" in form.text
    await form.close()
    form = await kai.opens("/lab project")
    outcome = await forged.submission(plain, form, name="x" * 200)
    assert "That is too long" in outcome.errors["name"]
    assert (await form.submit(**team.PROJECT)).kind == "updated"
