"""Modals and the App Home behind the doors: opened, pushed, changed in place, shown again by the outbox."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.document import Rendered
from handlers.blocks.lab import note, sentence
from handlers.calls import Reply, page_name
from handlers.deps import AT_HOME, Ask
from handlers.screens import LATE
from models import homes
from models.domain.delivery import Operation
from models.domain.errands import HomePage, ModalPage
from models.domain.errors import RunClosed
from models.domain.messages import Message, message_of
from models.people import find_member, meet
from models.tables import Delivery, Member
from tests.handlers.conftest import Bot, Json, RecordedSlack, body_of
from tests.handlers.payloads import SUBMISSION, click, command, knows_her

HOME: Json = {"id": "H1", "type": "home", "private_metadata": "20", "blocks": []}
OPENED: Json = {
    "type": "event_callback",
    "event_id": "Ev1",
    "event": {"type": "app_home_opened", "user": "U1", "tab": "home"},
}


async def opens_note(_ask: Ask, _session: AsyncSession) -> Json:
    return note("Hello", ["x"])


VIEW = SUBMISSION["view"]


@pytest.mark.parametrize(
    ("kind", "view", "method"),
    [
        ("opens", None, "views.open"),
        ("opens", VIEW, "views.push"),
        ("updates", VIEW, "views.update"),
    ],
)
async def test_a_click_opens_pushes_or_updates(
    bot: Bot, slack: RecordedSlack, kind: str, view: Json | None, method: str
) -> None:
    await knows_her(bot)
    door = bot.doors.modal if kind == "updates" else bot.doors.click
    door("press", **{kind: opens_note})  # type: ignore[arg-type]  # by its name
    assert (await bot.receives(click(slack.url, view))).status == 200
    called, given = await slack.call()
    assert called == method
    assert given.get("view_id") == ("V1" if method == "views.update" else None)


async def test_a_modal_that_comes_too_late_is_asked_for_once_more(
    bot: Bot, slack: RecordedSlack
) -> None:
    await knows_her(bot)
    slack.answers["views.open"] = [{"ok": False, "error": "expired_trigger_id"}]
    bot.doors.click("press", opens=opens_note)
    await bot.receives(click(slack.url))
    assert (await slack.call())[0] == "views.open"
    method, answer = await slack.call()
    assert (method, answer["text"]) == ("reply", LATE)


async def stores_name(ask: Ask, session: AsyncSession) -> Reply | None:
    await meet(session, "U9", "Nina", ask.now)
    return None


async def refuses(_ask: Ask, _session: AsyncSession) -> Any:
    raise RunClosed


async def shows_metadata(ask: Ask, _session: AsyncSession) -> Json:
    return note("After", [ask.metadata])


async def notes(ask: Ask, session: AsyncSession) -> None:
    await homes.opened(session, ask.user, ask.now)


async def home_page(_ask: Ask, _session: AsyncSession) -> Json:
    raise NotImplementedError("the outbox shows it")


async def to_show(bot: Bot) -> list[Message]:
    """What the outbox is to show, in the order of showing."""
    async with bot.deps.db.reading(bot.home.workspace_id) as session:
        rows = await session.scalars(
            select(Delivery).where(Delivery.operation == Operation.SHOW).order_by(Delivery.id)
        )
        return [message_of(row.payload) for row in rows]


def modal(metadata: str = "", **more: Any) -> Json:
    return {**VIEW, "private_metadata": metadata, **more}


async def test_the_home_is_shown_when_it_is_opened_or_turned(bot: Bot) -> None:
    bot.doors.opens_home(turns="turn", page=home_page, notes=notes)
    assert (await bot.receives(OPENED)).status == 200
    messages = {**OPENED, "event": {**OPENED["event"], "tab": "messages"}}
    assert (await bot.receives(messages)).status == 200
    assert await to_show(bot) == [HomePage(slack_id="U1")]
    await bot.receives({**click(view=HOME), "actions": [{"action_id": "turn", "value": "30"}]})
    assert (await to_show(bot))[1:] == [HomePage(slack_id="U1", at="30")]
    assert bot.woken


async def test_a_click_at_home_shows_the_home_anew(bot: Bot) -> None:
    bot.doors.click("press", stores=stores_name)
    assert (await bot.receives(click(view=HOME))).status == 200
    assert await to_show(bot) == [HomePage(slack_id="U1", at="20")]


async def test_what_goes_wrong_at_home_is_said_in_a_modal(bot: Bot, slack: RecordedSlack) -> None:
    bot.doors.click("press", stores=refuses)
    assert (await bot.receives(click(view=HOME))).status == 200
    method, given = await slack.call()
    assert (method, RunClosed().sentence in str(given["view"])) == ("views.open", True)
    assert await to_show(bot) == [HomePage(slack_id="U1", at="20")]


async def test_what_goes_wrong_in_a_modal_is_said_over_it(bot: Bot, slack: RecordedSlack) -> None:
    bot.doors.click("press", stores=refuses)
    await bot.receives(click(view=VIEW))
    method, given = await slack.call()
    assert (method, RunClosed().sentence in str(given["view"])) == ("views.push", True)


async def test_a_modal_remembers_that_it_began_at_home(bot: Bot, slack: RecordedSlack) -> None:
    await knows_her(bot)
    bot.doors.click("press", opens=opens_note)
    await bot.receives(click(view=HOME))
    method, given = await slack.call()
    assert method == "views.open"
    assert given["view"]["private_metadata"] == f"{AT_HOME}20|"
    bot.doors.submit("form", stores=stores_name)
    await bot.receives({**SUBMISSION, "view": modal(f"{AT_HOME}20|7")})
    assert await to_show(bot) == [HomePage(slack_id="U1", at="20")]


async def test_a_reply_in_place_of_a_form_remembers_it_too(bot: Bot) -> None:
    async def goes_on(ask: Ask, _session: AsyncSession) -> Reply | None:
        return Reply(note("Done", [ask.metadata]))

    bot.doors.submit("form", stores=goes_on)
    answer = body_of(await bot.receives({**SUBMISSION, "view": modal(f"{AT_HOME}20|7")}))
    assert answer["view"]["private_metadata"] == f"{AT_HOME}20|"
    assert "7" in str(answer["view"]["blocks"])
    assert await to_show(bot) == [HomePage(slack_id="U1", at="20")]


@pytest.mark.parametrize("of", ["click", "form"])
async def test_the_modal_that_stays_shows_what_became_of_it(bot: Bot, of: str) -> None:
    bot.doors.click("press", stores=stores_name, then=shows_metadata)
    bot.doors.submit("form", stores=stores_name, then=shows_metadata)
    view = modal(f"{AT_HOME}20|12", previous_view_id="V0")
    await bot.receives(click(view=view) if of == "click" else {**SUBMISSION, "view": view})
    (page, home) = await to_show(bot)
    assert isinstance(page, ModalPage)
    assert (page.view_id, page.page) == ("V1" if of == "click" else "V0", page_name(shows_metadata))
    assert (page.slack_id, page.metadata, page.at_home) == ("U1", "12", "20")
    assert home == HomePage(slack_id="U1", at="20")


async def test_a_form_with_nothing_below_it_shows_nothing(bot: Bot) -> None:
    bot.doors.submit("form", stores=stores_name, then=shows_metadata)
    assert (await bot.receives(SUBMISSION)).status == 200
    assert await to_show(bot) == []


async def test_a_list_asked_for_at_home_is_a_modal(bot: Bot, slack: RecordedSlack) -> None:
    async def says(_ask: Ask, _session: AsyncSession) -> Rendered:
        return sentence("Here you are")

    bot.doors.click("press", says=says)
    await bot.receives(click(view=HOME))
    method, given = await slack.call()
    assert (method, "Here you are" in str(given["view"])) == ("views.open", True)


async def test_what_a_modal_prepares_is_stored(bot: Bot, slack: RecordedSlack) -> None:
    async def prepares(ask: Ask, session: AsyncSession) -> Json:
        await meet(session, "U9", "Nina", ask.now)
        return note("Ready", ["x"])

    await knows_her(bot)
    bot.doors.verb("ready", prepares=prepares)
    await bot.receives(command("ready"))
    assert (await slack.call())[0] == "views.open"
    async with bot.deps.db.reading(bot.home.workspace_id) as session:
        assert isinstance(await find_member(session, "U9"), Member)
