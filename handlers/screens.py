"""What people have before them besides messages: modals, stacked at most three deep."""

from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.deps import AT_HOME, Ask
from handlers.whisper import whisper

log = structlog.get_logger(__name__)

LATE = "That took a little too long for Slack. Please click once more."


class Screens:
    """Shows views. What Slack refuses is logged, and told beside the message where there is one."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def open(self, ask: Ask, view: dict[str, Any]) -> None:
        """A modal: over the one that was clicked in, or the first one."""
        view = marked(view, ask)
        if ask.in_modal:
            call = self._client.views_push(trigger_id=ask.trigger_id, view=view)
        else:
            call = self._client.views_open(trigger_id=ask.trigger_id, view=view)
        await self._try(ask, call)

    async def change(self, ask: Ask, view_id: str, view: dict[str, Any]) -> None:
        """The modal with this id shows something else."""
        await self._try(ask, self._client.views_update(view_id=view_id, view=marked(view, ask)))

    async def _try(self, ask: Ask, call: Any) -> None:
        try:
            await call
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("a view could not be shown", error=str(error))
            await whisper(ask.response_url, LATE)


def marked(view: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """The modal, remembering in its metadata that it began at the App Home: so that this is shown anew."""
    if ask.at_home is None:
        return view
    return view | {
        "private_metadata": f"{AT_HOME}{ask.at_home}|{view.get('private_metadata') or ''}"
    }
