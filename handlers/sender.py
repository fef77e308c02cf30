"""From the outbox to Slack: posts, refreshes and looks things up. One attempt; the delivery row retries."""

from collections.abc import Mapping
from typing import Any, NoReturn

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.chart_sender import send_charts
from handlers.deps import Home
from handlers.directory import Directory
from handlers.file_sender import is_it, send_file
from handlers.limits import check_message
from handlers.render import render
from handlers.view_sender import Seen, send_view
from models import addresses
from models.db import Database
from models.domain.cadence import local_date
from models.domain.clock import Clock, Moment
from models.domain.delivery import Operation
from models.domain.errors import Unknown
from models.domain.messages import VIEWS, ChartAsked, Export, ProgressCharts
from models.domain.messages_reviews import ReviewCalendar
from models.domain.sending import Parcel, SlackBusy, SlackRefused, Spot
from models.people import Profile

EVENT_TYPE = "labmate_delivery"
"""Our metadata carries an id only: any member of the workspace can read it (contract §13)."""
WAITED_OUT = {"ratelimited", "rate_limited", "too_many_requests"}
PASSING = {
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "request_timeout",
    "update_failed",
    "team_added_to_org",
    "external_channel_migrating",
}
"""Errors of a moment; some may have partly succeeded (contract §7)."""
UNREADABLE = "unreadable answer"
NOT_TO_BE_CHANGED = {"message_not_found", "edit_window_closed", "cant_update_message"}
LOOK_BACK = 200
"""Messages that are looked through for one that may have arrived."""


class Sender:
    """Speaks for one workspace's bot. `client` has no retry handlers: the SDK's default can post twice."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        client: AsyncWebClient,
        homes: Mapping[int, Home],
        command: str = "/lab",
    ) -> None:
        self._db = db
        self._clock = clock
        self._client = client
        self._homes = homes
        self._command = command
        self._directory = Directory(db, client)

    async def send(self, parcel: Parcel) -> Spot | None:
        """Post or refresh a message; returns where it stands.

        Raises:
            SlackBusy: Slack could not take it now.
            SlackRefused: Slack will never take it.
        """
        try:
            if isinstance(parcel.message, VIEWS):
                seen = Seen(self._homes[parcel.workspace_id], self._clock.now(), self._command)
                await send_view(self._client, self._db, parcel.message, seen)
                return None
            if parcel.ambiguous and (found := await self._look_up(parcel)):
                return found
            if isinstance(parcel.message, Export | ReviewCalendar) and await send_file(
                self._client, self._db, parcel, parcel.message, self._clock.now()
            ):
                return None
            if isinstance(parcel.message, ChartAsked | ProgressCharts) and await send_charts(
                self._client, self._db, parcel, parcel.message, self._at(parcel)
            ):
                return None
            arguments = await self._written(parcel)
            if parcel.operation is Operation.REFRESH:
                return await self._refresh(parcel, arguments)
            return await self._post(parcel, arguments)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            _translate(error)

    async def read(self, parcel: Parcel) -> list[Profile]:
        """People that Slack is asked about.

        Raises:
            SlackBusy, SlackRefused: as `send`.
        """
        try:
            return await self._directory.read(parcel)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            _translate(error)

    def _at(self, parcel: Parcel) -> Moment:
        now = self._clock.now()
        return Moment(now, local_date(now, self._homes[parcel.workspace_id].zone))

    async def _written(self, parcel: Parcel) -> dict[str, Any]:
        at = self._at(parcel)
        try:
            async with self._db.reading(parcel.workspace_id) as session:
                addresses.known_as(session, self._homes[parcel.workspace_id].url)
                rendered = await render(session, parcel.message, at)
        except Unknown as gone:
            raise SlackRefused("what it was about is gone") from gone
        check_message(rendered.text, rendered.blocks)
        return {
            "text": rendered.text,
            "blocks": rendered.blocks,
            "parse": "none",
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": parcel.metadata_id}},
        }

    async def _post(self, parcel: Parcel, arguments: dict[str, Any]) -> Spot:
        response = await self._client.chat_postMessage(
            # A standup may have moved to another channel since the message it belongs to was posted.
            channel=parcel.thread.channel if parcel.thread else parcel.destination,
            thread_ts=parcel.thread.ts if parcel.thread else None,
            unfurl_links=False,
            unfurl_media=False,
            **arguments,
        )
        return Spot(response["channel"], response["ts"])

    async def _refresh(self, parcel: Parcel, arguments: dict[str, Any]) -> Spot | None:
        """Change the message; where Slack no longer allows that, say it in its thread."""
        if parcel.standing is None:
            raise SlackRefused("nothing stands there to be changed")
        channel, ts = parcel.standing
        try:
            # Without metadata: what stands there keeps the id of its post.
            changed = {name: value for name, value in arguments.items() if name != "metadata"}
            await self._client.chat_update(channel=channel, ts=ts, **changed)
        except SlackApiError as error:
            if _said(error)[1] not in NOT_TO_BE_CHANGED:
                raise
            await self._client.chat_postMessage(channel=channel, thread_ts=ts, **arguments)
        return None

    async def _look_up(self, parcel: Parcel) -> Spot | None:
        """The message of an earlier attempt, by its metadata id; None where it can't be seen."""
        if parcel.operation is not Operation.POST:
            return None
        channel = parcel.thread.channel if parcel.thread else parcel.destination
        if channel.startswith(("U", "W")):
            channel = (await self._client.conversations_open(users=channel))["channel"]["id"]
        oldest = str(parcel.written_at.timestamp() - 1)
        try:
            if parcel.thread:
                found = await self._client.conversations_replies(
                    channel=channel,
                    ts=parcel.thread.ts,
                    oldest=oldest,
                    limit=LOOK_BACK,
                    include_all_metadata=True,
                )
            else:
                found = await self._client.conversations_history(
                    channel=channel, oldest=oldest, limit=LOOK_BACK, include_all_metadata=True
                )
        except SlackApiError as error:
            if _said(error)[1] in {"missing_scope", "not_in_channel"}:
                return None
            raise
        for message in found["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("id") == parcel.metadata_id or is_it(message, parcel.metadata_id):
                return Spot(channel, message["ts"])
        return None


def _translate(error: SlackApiError | aiohttp.ClientError | TimeoutError) -> NoReturn:
    """Slack's answer, or that there was none, as what the delivery row does with it."""
    if not isinstance(error, SlackApiError):
        raise SlackBusy(type(error).__name__) from error
    status, name, after = _said(error)
    if status == 429 or name in WAITED_OUT:
        raise SlackBusy(name, retry_after=after, unsure=False) from error
    if status >= 500 or name in PASSING or name == UNREADABLE:
        raise SlackBusy(name) from error
    raise SlackRefused(name) from error


def _said(error: SlackApiError) -> tuple[int, str, float | None]:
    """Status, Slack's word for what is wrong, seconds to wait. A gateway may have answered in its place.

    The SDK hands over text where the answer is no JSON, and the bare HTTP response where it is broken.
    """
    response = error.response
    whole = isinstance(response, AsyncSlackResponse)
    status: int = response.status_code if whole else response.status
    data = response.data if whole else None
    name = data.get("error") if isinstance(data, dict) else None
    after = response.headers.get("Retry-After")
    return status, name or UNREADABLE, float(after) if after else None
