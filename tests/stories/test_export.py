"""`/lab export`: one's own words for everybody, the whole record for an admin; once, whatever goes wrong."""

import json
from pathlib import Path
from typing import Any

from models.domain.exported import Format
from tests.command import labmate
from tests.stories.people import Form, Person, Said
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World

OF_KAI = "balancing the classes"


async def words(world: World) -> None:
    """A project with a hypothesis of two people."""
    await a_project(world)
    await a_hypothesis(world, "jonas", "training on 18 months of history")
    await a_hypothesis(world, "kai", OF_KAI)


async def files(world: World, handle: str) -> list[Said]:
    """Messages with a file in the person's DM."""
    person = world.person(handle)
    return [one for one in await in_dm(world, person) if one.raw.get("files")]


async def in_dm(world: World, person: Person) -> list[Said]:
    state = await world.see("state", **{"as": person.id})
    return [one for dm in state["dms"] for one in await person.reads(dm["id"])]


async def content(world: World, handle: str, said: Said) -> bytes:
    (file,) = said.raw["files"]
    found = world.playground.files.seen_by(world.person(handle).id, file["id"])
    assert found is not None
    return found[1]


async def asked(world: World, handle: str, label: str, channel: str = "") -> Form:
    """`/lab export`, and a click in it."""
    form = await world.person(handle).opens("/lab export", *([channel] if channel else []))
    await form.click(label)
    return await form.again("on its way")


async def own(world: World, handle: str, channel: str = "") -> list[dict[str, Any]]:
    await asked(world, handle, "Send me what I wrote", channel)
    await world.settled()
    said = (await files(world, handle))[-1]
    assert said.text == "Here is what you wrote, one text a line."
    lines = (await content(world, handle, said)).decode().splitlines()
    return [json.loads(line) for line in lines]


async def test_a_member_gets_their_own_words_an_admin_the_record(
    either: World, tmp_path: Path
) -> None:
    await words(either)
    form = await either.person("kai").opens("/lab export")
    assert form.buttons == ["Send me what I wrote"]
    await form.close()
    rows = await own(either, "kai")
    assert OF_KAI in {row["text"] for row in rows}
    assert not any("18 months" in row["text"] for row in rows)
    assert {row["about"] for row in rows} == {"FRAUD-2"}
    assert await files(either, "jonas") == []
    for n, (label, kind) in enumerate((("CSV", Format.CSV), ("JSON Lines", Format.JSONL))):
        await asked(either, "jonas", label)
        await either.settled()
        said = (await files(either, "jonas"))[n]
        whole = await content(either, "jonas", said)
        assert "18 months" in whole.decode()
        assert OF_KAI in whole.decode()
        again = tmp_path / f"record.{kind}"
        again.write_bytes(whole)
        await _imports(again, tmp_path)


async def _imports(file: Path, folder: Path) -> None:
    """`labmate import --dry-run` takes it, on a database of its own."""
    words = ("import", str(file), "--project", "FRAUD")
    done = await labmate(folder, *words, "--dry-run", DATABASE_URL=f"sqlite:///{folder}/other.db")
    assert done.code == 0, done.err
    assert "2 experiments, 2 new" in done.out


async def test_a_guest_gets_their_own_words_only(either: World) -> None:
    gus = either.person("gus")
    await words(either)
    await a_standup(either, channel="C0GUESTS", people=[gus.id], project="1", now=True)
    form = await gus.opens("/lab export", "C0GUESTS")
    assert form.buttons == ["Send me what I wrote"]
    await form.click("Send me what I wrote")
    await form.again("on its way")
    await either.settled()
    said = (await in_dm(either, gus))[-1]
    assert "You have written nothing here so far" in said.text
    assert await files(either, "gus") == []
    await either.do("people", id=either.person("kai").id, guest=True)
    rows = await own(either, "kai")
    assert OF_KAI in {row["text"] for row in rows}, "what they wrote before they were a guest"
    assert not any("18 months" in row["text"] for row in rows)


async def test_only_an_admin_gets_the_record_whatever_was_shown(plain: World) -> None:
    await words(plain)
    form = await plain.person("jonas").opens("/lab export")
    assert form.buttons == ["Send me what I wrote", "CSV", "JSON Lines"]
    await plain.do("people", id=plain.person("kai").id, admin=True)
    await plain.do("people", id=plain.person("jonas").id, admin=False)
    await plain.settled()
    await form.click("CSV")
    await plain.settled()
    assert await files(plain, "jonas") == []


async def test_it_waits_for_slack_and_comes_once(plain: World) -> None:
    """The upload fails, then the answer to the sharing is lost: it is found again by its name."""
    plain.allowed = {"HTTP 503", "cut after"}
    await words(plain)
    await plain.do("faults", method="upload", status=503)
    await asked(plain, "kai", "Send me what I wrote")
    await plain.settled()
    assert len(await files(plain, "kai")) == 1
    await plain.do("faults", method="files.completeUploadExternal", cut="after")
    await asked(plain, "kai", "Send me what I wrote")
    await plain.settled()
    assert len(await files(plain, "kai")) == 2


async def test_who_asked_is_told_that_files_are_switched_off(plain: World) -> None:
    plain.allowed = {"file_uploads_disabled"}
    await words(plain)
    error = {"error": "file_uploads_disabled"}
    await plain.do("faults", method="files.getUploadURLExternal", **error)
    await asked(plain, "kai", "Send me what I wrote")
    await plain.settled()
    said = (await in_dm(plain, plain.person("kai")))[-1]
    assert said.text.startswith("I could not send you the file.")
    assert "an admin of Slack can allow them" in said.text


async def test_from_the_settings_too(plain: World) -> None:
    await words(plain)
    kai = plain.person("kai")
    settings = await kai.opens("/lab settings")
    await settings.click("Export what I wrote")
    form = await kai.form()
    await form.click("Send me what I wrote")
    await form.again("on its way")
    await plain.settled()
    assert len(await files(plain, "kai")) == 1
