"""Answers that only one person sees, beside what they clicked: through Slack's response_url."""

from typing import Any, cast

from slack_sdk.webhook.async_client import AsyncWebhookClient

SECONDS = 2


async def whisper(
    response_url: str | None, text: str, blocks: list[dict[str, Any]] | None = None
) -> None:
    """Say something to the person who clicked; clicks inside modals have no such place."""
    if response_url is None:
        return
    await AsyncWebhookClient(response_url, timeout=SECONDS).send(
        text=text,
        blocks=cast("Any", blocks),
        response_type="ephemeral",
        replace_original=False,
    )
