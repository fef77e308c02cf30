"""Views that the outbox shows: read when they are sent, for whom they are; nobody's once they are closed."""

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from handlers import behind
from handlers.blocks.lab import note
from handlers.deps import AT_HOME, Ask
from handlers.view_sender import Seen, send_view
from models.domain.errands import HomePage, ModalPage
from models.domain.errors import Unknown
from models.domain.sending import SlackRefused
from tests.clock import MORNING
from tests.handlers.conftest import Bot, Json, RecordedSlack
from tests.handlers.payloads import knows_her

PAGE = ModalPage(slack_id="U1", view_id="V1", page="x.page", value="7", metadata="8", at_home="20")


async def says_what_it_knows(ask: Ask, _session: AsyncSession) -> Json:
    return note("After", [f"{ask.user} {ask.value} {ask.metadata} {ask.at_home}"])


async def gone(_ask: Ask, _session: AsyncSession) -> Json:
    raise Unknown


async def send(bot: Bot, message: HomePage | ModalPage) -> None:
    seen = Seen(bot.home, MORNING, "/lab")
    await send_view(bot.deps.interactive, bot.deps.db, message, seen)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The pages that there are."""
    pages: dict[str, object] = {"x.page": says_what_it_knows}
    monkeypatch.setattr("handlers.view_sender.pages", lambda: pages)
    return pages


async def test_a_page_is_shown_with_what_was_done(
    bot: Bot, slack: RecordedSlack, shown: dict[str, object]
) -> None:
    assert shown
    await send(bot, PAGE)
    method, given = await slack.call()
    assert (method, given["view_id"]) == ("views.update", "V1")
    assert "U1 7 8 20" in str(given["view"])
    assert given["view"]["private_metadata"] == f"{AT_HOME}20|"


async def test_a_page_says_that_its_thing_is_gone(
    bot: Bot, slack: RecordedSlack, shown: dict[str, object]
) -> None:
    shown["x.page"] = gone
    await send(bot, PAGE)
    method, given = await slack.call()
    assert (method, Unknown().sentence in str(given["view"])) == ("views.update", True)


async def test_a_page_that_was_closed_is_nobodys(
    bot: Bot, slack: RecordedSlack, shown: dict[str, object]
) -> None:
    assert shown
    slack.answers["views.update"] = [
        {"ok": False, "error": "not_found"},
        {"ok": False, "error": "fatal_error"},
    ]
    await send(bot, PAGE)
    with pytest.raises(SlackApiError, match="fatal_error"):
        await send(bot, PAGE)


async def test_a_page_of_another_version_is_refused(bot: Bot, shown: dict[str, object]) -> None:
    assert shown
    with pytest.raises(SlackRefused, match="another version"):
        await send(bot, PAGE.model_copy(update={"page": "y.page"}))


def test_every_page_behind_something_has_a_name_of_its_own() -> None:
    pages = behind.pages()
    assert len(set(pages.values())) == len(pages) > 20
    assert pages["project_parts.back"].__module__ == "handlers.project_parts"


async def test_a_home_is_published_for_whom_it_is(bot: Bot, slack: RecordedSlack) -> None:
    await knows_her(bot)
    await send(bot, HomePage(slack_id="U1", at="0"))
    method, given = await slack.call()
    assert (method, given["user_id"]) == ("views.publish", "U1")
    assert "Nothing waits for you." in str(given["view"])


async def test_somebody_new_is_asked_for_before_their_home_is_shown(
    bot: Bot, slack: RecordedSlack
) -> None:
    user = {"id": "U1", "name": "ana", "tz": "Europe/Berlin"}
    slack.answers["users.info"] = [{"ok": True, "user": user}]
    await send(bot, HomePage(slack_id="U1"))
    assert [(await slack.call())[0] for _ in range(2)] == ["users.info", "views.publish"]


async def test_a_home_of_somebody_whom_slack_does_not_describe_says_so(
    bot: Bot, slack: RecordedSlack
) -> None:
    slack.answers["users.info"] = [{"ok": False, "error": "user_not_found"}]
    await send(bot, HomePage(slack_id="U1"))
    assert (await slack.call())[0] == "users.info"
    method, given = await slack.call()
    assert (method, "That did not work." in str(given["view"])) == ("views.publish", True)
