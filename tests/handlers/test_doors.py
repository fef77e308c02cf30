"""Whatever happens behind a door, the person gets an answer, and nothing is half stored."""

import asyncio
import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from handlers import calls
from handlers.blocks.document import Rendered
from handlers.blocks.lab import note, sentence
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm
from models.domain.errors import NoProject, RunClosed
from models.people import meet
from models.tables import Member
from tests.handlers.conftest import Bot, Json, RecordedSlack, body_of
from tests.handlers.payloads import SUBMISSION, click, command, knows_her


async def breaks(_ask: Ask, session: AsyncSession) -> Any:
    await meet(session, "U9", "Half", _ask.now)
    raise RuntimeError("secret detail of the inside")


async def refuses(_ask: Ask, _session: AsyncSession) -> Any:
    raise RunClosed


async def stores(ask: Ask, session: AsyncSession) -> Reply | None:
    await meet(session, ask.user, ask.user_name, ask.now)
    return None


async def people(bot: Bot) -> list[str]:
    async with bot.deps.db.reading(bot.home.workspace_id) as session:
        return list(await session.scalars(select(Member.slack_id)))


def with_reference(words: str, logs: Any) -> None:
    """An unexpected error is told by a reference, and logged under it; of its inside nothing is told."""
    (reference,) = re.findall(r"this reference: ([0-9a-f]{8})\.", words)
    (line,) = [line for line in logs if line["log_level"] == "error"]
    assert line["reference"] == reference
    assert "secret detail" in str(line["exc_info"])
    assert "secret" not in words
    assert "Traceback" not in words


async def test_a_command_that_breaks_is_answered_to_its_reader_only(bot: Bot) -> None:
    bot.doors.verb("boom", says=breaks)
    with capture_logs() as logs:
        answer = body_of(await bot.receives(command("boom")))
    assert answer["response_type"] == "ephemeral"
    with_reference(answer["text"], logs)


async def test_a_form_that_breaks_keeps_its_words_and_stores_nothing(bot: Bot) -> None:
    bot.doors.submit("form", stores=breaks)
    with capture_logs() as logs:
        answer = body_of(await bot.receives(SUBMISSION))
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["learned"]
    with_reference(answer["errors"]["learned"], logs)
    assert await people(bot) == []
    assert bot.woken == []


async def test_a_click_that_breaks_is_answered_beside_it(bot: Bot, slack: RecordedSlack) -> None:
    bot.doors.click("press", stores=breaks)
    with capture_logs() as logs:
        response = await bot.receives(click(slack.url))
    assert response.status == 200
    method, answer = await slack.call()
    assert (method, answer["response_type"], answer["replace_original"]) == (
        "reply",
        "ephemeral",
        False,
    )
    with_reference(answer["text"], logs)


async def test_a_view_that_breaks_while_it_is_read_says_so(bot: Bot, slack: RecordedSlack) -> None:
    await knows_her(bot)
    bot.doors.verb("open", opens=breaks)
    with capture_logs() as logs:
        assert (await bot.receives(command("open"))).status == 200
        method, given = await slack.call()
    assert method == "views.open"
    assert "That did not work" in str(given["view"])
    with_reference(str(given["view"]), logs)


async def test_an_event_that_breaks_is_brought_again(bot: Bot) -> None:
    async def hears(_event: Json, session: AsyncSession, ask: Ask) -> None:
        await breaks(ask, session)

    bot.doors.event("user_change", hears=hears)
    event = {
        "type": "event_callback",
        "event_id": "Ev1",
        "event": {"type": "user_change", "user": {"id": "U1"}},
    }
    with capture_logs() as logs:
        assert (await bot.receives(event)).status == 500
    assert [line["log_level"] for line in logs].count("error") == 1
    assert await people(bot) == []


async def test_an_event_that_comes_twice_is_heard_once(bot: Bot) -> None:
    heard: list[str] = []

    async def hears(event: Json, _session: AsyncSession, _ask: Ask) -> None:
        heard.append(event["user"]["id"])

    bot.doors.event("user_change", hears=hears)
    event = {"type": "user_change", "user": {"id": "U1"}}
    for event_id in ("Ev1", "Ev1", "Ev2"):
        body = {"type": "event_callback", "event_id": event_id, "event": event}
        assert (await bot.receives(body)).status == 200
    assert heard == ["U1", "U1"]


async def test_what_the_person_did_wrong_is_said_in_its_own_words(bot: Bot) -> None:
    bot.doors.verb("late", says=refuses)
    bot.doors.submit("form", stores=refuses)
    with capture_logs() as logs:
        said = body_of(await bot.receives(command("late")))["text"]
        beside = body_of(await bot.receives(SUBMISSION))["errors"]
    assert said == beside["learned"] == RunClosed().sentence
    assert {line["log_level"] for line in logs} == {"info"}


async def test_a_field_that_can_not_be_taken_is_marked_itself(bot: Bot) -> None:
    async def marks(_ask: Ask, _session: AsyncSession) -> Reply | None:
        raise InvalidForm({"status": "Please choose one."})

    bot.doors.submit("form", stores=marks)
    answer = body_of(await bot.receives(SUBMISSION))
    assert answer == {"response_action": "errors", "errors": {"status": "Please choose one."}}


async def test_what_takes_too_long_is_answered_in_time(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sleeps(ask: Ask, session: AsyncSession) -> Reply | None:
        await stores(ask, session)
        await asyncio.sleep(60)
        return None

    monkeypatch.setattr(calls, "TIME_LIMIT", 0.05)
    bot.doors.submit("form", stores=sleeps)
    answer = body_of(await bot.receives(SUBMISSION))
    assert "nothing was changed" in answer["errors"]["learned"]
    assert await people(bot) == []


async def test_what_is_acknowledged_is_stored(bot: Bot) -> None:
    bot.doors.submit("form", stores=stores)
    assert body_of(await bot.receives(SUBMISSION)) == {}
    assert await people(bot) == ["U1"]
    assert bot.woken == [True]


async def test_a_form_may_go_on_to_a_second_view(bot: Bot) -> None:
    async def goes_on(_ask: Ask, _session: AsyncSession) -> Reply | None:
        return Reply(note("Done", ["x"]))

    bot.doors.submit("form", stores=goes_on)
    answer = body_of(await bot.receives(SUBMISSION))
    assert (answer["response_action"], answer["view"]["title"]["text"]) == ("update", "Done")


async def test_a_message_that_slack_would_refuse_is_never_sent(bot: Bot) -> None:
    async def says(_ask: Ask, _session: AsyncSession) -> Rendered:
        return Rendered("x" * 5_000, [])

    bot.doors.verb("long", says=says)
    assert "this reference" in body_of(await bot.receives(command("long")))["text"]


async def test_a_click_that_says_something_says_it_beside(bot: Bot, slack: RecordedSlack) -> None:
    async def says(_ask: Ask, _session: AsyncSession) -> Rendered:
        return sentence("Hello <!here>")

    bot.doors.click("press", says=says)
    assert (await bot.receives(click(slack.url))).status == 200
    _, answer = await slack.call()
    assert answer["text"] == "Hello &lt;!here&gt;"


async def test_the_verb_decides_and_anything_else_comes_last(bot: Bot) -> None:
    async def menu(_ask: Ask, _session: AsyncSession) -> Rendered:
        return sentence("menu")

    async def other(ask: Ask, _session: AsyncSession) -> Rendered:
        return sentence(f"other: {ask.text}")

    async def nothing(_ask: Ask, _session: AsyncSession) -> Rendered:
        raise NoProject

    bot.doors.verb("", says=menu)
    bot.doors.verb("list", says=nothing)
    bot.doors.any_other_verb(says=other)
    texts = ["", "  ", "LIST FRAUD", "liszt"]
    said = [body_of(await bot.receives(command(text)))["text"] for text in texts]
    assert said == ["menu", "menu", NoProject().sentence, "other: liszt"]
    empty = body_of(await bot.receives(command("list")))
    assert empty["blocks"][-1]["elements"][0]["action_id"] == "project_new"


async def test_a_form_that_is_sent_twice_starts_one_thing(bot: Bot) -> None:
    started: list[str] = []

    async def starts(ask: Ask, _session: AsyncSession) -> Reply | None:
        started.append(ask.user)
        return None

    bot.doors.submit("form", stores=starts, once=True)
    assert body_of(await bot.receives(SUBMISSION)) == {}
    assert "Stored already" in str(body_of(await bot.receives(SUBMISSION)))
    assert started == ["U1"]


async def test_the_word_behind_a_verb_comes_before_the_verb(bot: Bot) -> None:
    async def speaks(_ask: Ask, _session: AsyncSession) -> Rendered:
        return sentence("With the word")

    bot.doors.verb("digest", says=refuses)
    bot.doors.verb("digest", with_word="now", says=speaks)
    answer = body_of(await bot.receives(command("Digest leadership NOW")))
    assert answer["text"] == "With the word"


async def test_what_is_bound_twice_or_to_nothing_does_no_harm(bot: Bot) -> None:
    bot.doors.click("once", stores=stores)
    with pytest.raises(ValueError, match="once is bound twice"):
        bot.doors.click("once", opens=breaks)
    assert (await bot.receives(click("never"))).status == 404
    assert await people(bot) == []
