"""A file for one person: drawn up when it is sent, and uploaded as Slack wants it now.

Slack keeps no metadata beside a file, so its name carries the id of the delivery: an attempt that may have
arrived is looked for by it.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import export as words
from handlers.blocks.review_planned import beside_calendar
from handlers.blocks.text import shortened
from handlers.calendar_file import calendar_file
from models import own_words
from models.db import Database
from models.domain.errors import Unknown
from models.domain.exported import Exported, Format, header, line
from models.domain.logbook import FIELDS
from models.domain.messages import Export
from models.domain.messages_reviews import ReviewCalendar
from models.domain.sending import Parcel, SlackBusy, SlackRefused
from models.exporting import export
from models.review_calendar import appointment

OK = 200


async def drawn_up(db: Database, parcel: Parcel, message: Export, to: IO[bytes]) -> int:
    """Write the file, a row at a time; returns how many rows it has."""
    columns: Sequence[str] = own_words.FIELDS if message.what is Exported.OWN else FIELDS
    count = 0
    async with db.reading(parcel.workspace_id) as session:
        to.write(header(columns, message.form).encode())
        async for row in _rows(session, message):
            to.write(line(row, columns, message.form).encode())
            count += 1
    return count


async def _rows(session: AsyncSession, message: Export) -> AsyncIterator[Mapping[str, Any]]:
    if message.what is Exported.OWN:
        async for words_ in own_words.own_words(session, message.member_id):
            yield words_
        return
    async for entry in export(session):
        yield entry.model_dump(mode="json", exclude_none=message.form is Format.JSONL)


class _Called(NamedTuple):
    """How a file is called, and the words beside it."""

    name: str
    title: str
    beside: str


async def send_file(
    client: AsyncWebClient,
    db: Database,
    parcel: Parcel,
    message: Export | ReviewCalendar,
    now: datetime,
) -> bool:
    """Draw the file up and share it in the person's DM; False where there is nothing to put in it.

    Raises:
        SlackBusy: the upload did not go through; nothing was shared.
        SlackApiError, aiohttp.ClientError, TimeoutError: as the client raises them.
    """
    with TemporaryFile() as file:
        called = await _drawn_up(db, parcel, message, file, now)
        if called is None:
            return False
        dm = (await client.conversations_open(users=parcel.destination))["channel"]["id"]
        announced = await client.files_getUploadURLExternal(
            filename=called.name,
            length=file.tell(),
        )
        file.seek(0)
        await upload(client, announced["upload_url"], file)
    await client.files_completeUploadExternal(
        files=[{"id": announced["file_id"], "title": called.title}],
        channel_id=dm,
        initial_comment=called.beside,
    )
    return True


async def _drawn_up(
    db: Database, parcel: Parcel, message: Export | ReviewCalendar, to: IO[bytes], now: datetime
) -> _Called | None:
    """Write the file; None where there is nothing to put in it."""
    if isinstance(message, Export):
        if not await drawn_up(db, parcel, message, to):
            return None
        name = f"labmate-{message.what}-{parcel.metadata_id}.{message.form}"
        return _Called(name, words.TITLES[message.what], words.beside(message.what).text)
    try:
        async with db.reading(parcel.workspace_id) as session:
            facts = await appointment(session, message.review_id)
    except Unknown as gone:
        raise SlackRefused("what it was about is gone") from gone
    to.write(calendar_file(facts, now))
    name = f"labmate-review-{parcel.metadata_id}.ics"
    title = f"{facts.name}, {shortened(facts.project_name, 80)}"
    return _Called(name, title, beside_calendar(facts).text)


async def upload(client: AsyncWebClient, url: str, file: IO[bytes]) -> None:
    """Send the bytes to the address that Slack gave.

    Raises:
        SlackBusy: they did not arrive.
    """
    if client.session is None:
        raise TypeError("the sender's client has a session of its own")
    ssl = True if client.ssl is None else client.ssl
    async with client.session.post(url, data=file, ssl=ssl, proxy=client.proxy) as answer:
        if answer.status != OK:
            raise SlackBusy(f"upload: HTTP {answer.status}", unsure=False)


def is_it(said: Mapping[str, Any], metadata_id: str) -> bool:
    """Whether a message of Slack's shares the file of this delivery."""
    return any(f"-{metadata_id}." in str(file.get("name")) for file in said.get("files") or ())
