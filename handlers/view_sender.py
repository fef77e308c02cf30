"""Views that the outbox shows anew: App Homes, and pages behind a form that was stored."""

from datetime import datetime
from typing import Any, NamedTuple

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers import home
from handlers.behind import pages
from handlers.blocks import home as blocks
from handlers.calls import Opens, read_as
from handlers.deps import Ask, Home
from handlers.directory import introduce
from handlers.errors import sentence_for, sorry
from handlers.limits import check_view
from handlers.screens import marked
from models.db import Database
from models.domain.errands import HomePage, ModalPage
from models.domain.errors import BotError, NotMetYet
from models.domain.sending import SlackRefused
from models.tables import Member

CLOSED = "not_found"
"""Slack's word where the modal has been closed."""


class Seen(NamedTuple):
    """Where and when a view is seen, and how the bot's command is called there."""

    home: Home
    now: datetime
    command: str


async def send_view(
    client: AsyncWebClient, db: Database, message: HomePage | ModalPage, seen: Seen
) -> None:
    """Show somebody's view as it should read now.

    Raises:
        SlackRefused: nobody knows this page any more.
        SlackApiError: as Slack answers.
    """
    if isinstance(message, HomePage):
        await _publish(client, db, message, seen)
    else:
        await _update(client, db, message, seen)


async def _publish(client: AsyncWebClient, db: Database, message: HomePage, seen: Seen) -> None:
    """Their Home as it is now, or what went wrong with it; somebody new is asked for at Slack first."""
    ask = Ask(seen.home, message.slack_id, "", seen.now, seen.command, at_home=message.at)
    try:
        try:
            view = await _read(db, home.page, ask)
        except NotMetYet:
            view = await _read(db, home.page, ask, await introduce(db, client, ask))
    except Exception as error:  # noqa: BLE001  (whatever it is, they look at their Home)
        view = blocks.trouble(sentence_for(error, ask.command))
    await client.views_publish(user_id=ask.user, view=view)


async def _update(client: AsyncWebClient, db: Database, message: ModalPage, seen: Seen) -> None:
    """A modal that they have closed is nobody's any more.

    Raises:
        SlackRefused: another version of labmate has written it.
    """
    page = pages().get(message.page)
    if page is None:
        raise SlackRefused("a page of another version of labmate")
    ask = Ask(
        seen.home,
        message.slack_id,
        "",
        seen.now,
        seen.command,
        value=message.value,
        metadata=message.metadata,
        at_home=message.at_home,
    )
    try:
        view = await _read(db, page, ask)
    except BotError as error:
        view = sorry(error, ask.command)
    try:
        await client.views_update(view_id=message.view_id, view=marked(view, ask))
    except SlackApiError as error:
        if error.response["error"] != CLOSED:
            raise


async def _read(db: Database, page: Opens, ask: Ask, met: Member | None = None) -> dict[str, Any]:
    async with db.reading(ask.home.workspace_id) as session:
        view = await read_as(ask, page, session, met)
    check_view(view)
    return view
