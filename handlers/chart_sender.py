"""Pictures: drawn in a child process when they are sent, and uploaded as Slack wants it now.

A picture that can't be drawn stops no message: what it would have said is said in words.
"""

from io import BytesIO

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import charts as words
from handlers.file_sender import upload
from models import chart_orders, frames, progress_digest, visible
from models.db import Database
from models.domain.charts import Chart
from models.domain.clock import Moment
from models.domain.messages import ChartAsked, ProgressCharts
from models.domain.sending import Parcel

log = structlog.get_logger(__name__)


Pictures = ChartAsked | ProgressCharts


async def charts_of(db: Database, parcel: Parcel, message: Pictures, at: Moment) -> list[Chart]:
    """What is to be drawn: for a person as they may see it, in a channel as its digest tells it.

    Nothing where it is gone: then it is said in words, or not at all.
    """
    async with db.reading(parcel.workspace_id) as session:
        match message:
            case ChartAsked():
                visible.read_as(session, parcel.destination)
                return await chart_orders.pictures(session, message, at)
            case ProgressCharts(digest_id=digest_id):
                return await progress_digest.pictures(session, digest_id)


async def send_charts(
    client: AsyncWebClient, db: Database, parcel: Parcel, message: Pictures, at: Moment
) -> bool:
    """Draw and share the pictures in one message; False where there are none, or none could be drawn.

    Raises:
        SlackBusy: an upload did not go through; nothing was shared.
        SlackApiError, aiohttp.ClientError, TimeoutError: as the client raises them.
    """
    charts = await charts_of(db, parcel, message, at)
    try:
        images = await frames.drawn(charts)
    except frames.NotDrawn as error:
        log.warning("a chart could not be drawn", error=str(error))
        return False
    if not images:
        return False
    files = [
        await _uploaded(client, chart, image, f"labmate-{n}-{parcel.metadata_id}.png")
        for n, (chart, image) in enumerate(zip(charts, images, strict=True), start=1)
    ]
    channel = parcel.thread.channel if parcel.thread else parcel.destination
    if channel.startswith(("U", "W")):
        channel = (await client.conversations_open(users=channel))["channel"]["id"]
    await client.files_completeUploadExternal(
        files=files,
        channel_id=channel,
        thread_ts=parcel.thread.ts if parcel.thread else None,
        initial_comment=words.beside(charts).text,
    )
    return True


async def _uploaded(
    client: AsyncWebClient, chart: Chart, image: bytes, name: str
) -> dict[str, str | None]:
    """A picture that Slack has, and that stands nowhere yet."""
    announced = await client.files_getUploadURLExternal(
        filename=name, length=len(image), alt_txt=words.alt(chart)
    )
    await upload(client, announced["upload_url"], BytesIO(image))
    return {"id": announced["file_id"], "title": words.title(chart)}
