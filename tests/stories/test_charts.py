"""A project's picture, its worth and its rank, through the front door."""

import pytest

from models import frames
from tests.drawn import PNG
from tests.handlers.samples_charts import CASES
from tests.stories import team
from tests.stories.people import Person, Said
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def in_dm(world: World, person: Person) -> list[Said]:
    """What the bot has written to somebody."""
    state = await world.see("state", **{"as": person.id})
    return [one for dm in state["dms"] for one in await person.reads(dm["id"])]


async def test_a_picture_comes_as_a_message_or_its_words_do(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "jonas", "training on 18 months of history")
    jonas = plain.person("jonas")
    page = await jonas.opens("/lab project FRAUD")
    await page.click("Chart")
    said = await jonas.form()
    assert "on its way" in said.text
    await plain.settled()
    (picture,) = [one for one in await in_dm(plain, jonas) if one.raw.get("files")]
    (file,) = picture.raw["files"]
    assert file["alt_txt"].startswith("Card fraud alerts: best so far. A step line from")
    found = plain.playground.files.seen_by(jonas.id, file["id"])
    assert found is not None
    assert found[1].startswith(PNG)
    assert "41 of 100 today, nothing better yet | needed 60 of 100" in picture.text

    async def fails(charts: object) -> list[bytes]:
        raise frames.NotDrawn(str(charts))

    monkeypatch.setattr(frames, "drawn", fails)
    await said.close()
    await page.click("Chart")
    await plain.settled()
    assert (
        "The picture could not be drawn this time. In words:"
        in (await in_dm(plain, jonas))[-1].text
    )


async def test_worth_is_said_by_the_case_and_shown_as_a_range(plain: World) -> None:
    await a_project(plain)
    page = await plain.person("jonas").opens("/lab project FRAUD")
    await page.click("Worth")
    worth = await page.person.form()
    assert "Nobody has said yet what" in worth.text
    await worth.click("By the case")
    form = await page.person.form()
    errors = (await form.submit(**{**CASES, "tp": "much"})).errors
    assert list(errors) == ["tp"]
    await form.submit(**CASES)
    worth = await worth.again("Good enough")
    assert (
        "Good enough, 60 of 100: roughly €27,000–38,000 a month over today's 41 of 100"
        in worth.text
    )
    assert "60: €27,056–38,122" in worth.text


async def test_nothing_is_ranked_before_it_is_scored(plain: World) -> None:
    await a_project(plain)
    page = await plain.person("jonas").opens("/lab project rank")
    assert "No project is scored yet." in page.text
    assert "is the only bet that is worked on" in page.text


async def test_on_fridays_the_team_reads_its_week_with_pictures_in_the_thread(
    plain: World,
) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "jonas", "training on 18 months of history")
    jonas = plain.person("jonas")
    (whispered,) = await jonas.type("/lab digest progress")
    assert "No experiment was concluded this week; 1 open" in whispered.shown
    await jonas.click("Schedule it", on=whispered)
    form = await jonas.form()
    assert form.title == "Progress digest"
    outcome = await form.submit(time="15:00")
    assert "Posted on Friday at 15:00 (Europe/Berlin)" in outcome.note
    await (await jonas.look()).close()
    await plain.to("2026-02-06T14:00:00Z")
    await plain.settled()
    said = [one for one in await jonas.reads(team.CHANNEL) if not one.raw.get("ephemeral")]
    (posted,) = [one for one in said if "Progress: week to 6 February" in one.text]
    assert "Charts are in the thread." in posted.shown
    (pictures,) = (await jonas.reads(team.CHANNEL, posted.ts))[1:]
    weeks, fraud = pictures.raw["files"]
    assert weeks["alt_txt"].startswith("Experiments concluded, by week. Week of 15 Dec:")
    assert fraud["title"] == "Card fraud alerts: best so far"
