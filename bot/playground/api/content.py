"""What a message may say: text, blocks, attachments and their checks."""

import json
import re
from typing import Any

from bot.playground.api.method import Args, Attachments, Blocks, Metadata
from bot.playground.blocks import plain, with_ids
from bot.playground.checks import check_message
from bot.playground.errors import SlackError

JSON = dict[str, Any]
CUT_TEXT = 40_000
MARKDOWN_TEXT = 12_000
MOST_ATTACHMENTS = 100
# Slack publishes no number; this is ours, far above what a few ids need.
METADATA_BYTES = 8_000
# Which argument is wrong decides the error; the first part of the checks' JSON pointer names it.
ERRORS = {
    "blocks": "invalid_blocks",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
}
_POINTER = re.compile(r"\[json-pointer:/(\w+)")


class Content(Args):
    """The words of a message, wherever it goes."""

    text: str | None = None
    markdown_text: str | None = None
    blocks: Blocks = None
    attachments: Attachments = None
    parse: str = ""
    link_names: bool = False
    mrkdwn: bool = True
    unfurl_links: bool = True
    unfurl_media: bool = True
    metadata: Metadata = None


def checked_content(content: Content) -> None:
    """Refuse what Slack refuses.

    Raises:
        SlackError: no_text, markdown_text_conflict, msg_too_long, too_many_attachments,
            metadata_too_large, and invalid_blocks and the like with the reasons.
    """
    if content.markdown_text is not None:
        if content.text is not None or content.blocks is not None:
            raise SlackError("markdown_text_conflict")
        if len(content.markdown_text) > MARKDOWN_TEXT:
            raise SlackError("msg_too_long")
    if not (content.text or content.blocks or content.attachments or content.markdown_text):
        raise SlackError("no_text")
    if len(content.attachments or []) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    if len(json.dumps(content.metadata, ensure_ascii=False).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    if problems := check_message(content.model_dump(exclude_unset=True)):
        found = _POINTER.search(problems[0])
        error = ERRORS.get(found[1] if found else "", "invalid_arguments")
        raise SlackError.listing(error, problems)


def stored(content: Content) -> JSON:
    """The fields of the stored message: text cut at 40,000, generated ids, text made of blocks."""
    blocks = with_ids(content.blocks or [])
    if content.markdown_text:
        blocks = with_ids([{"type": "markdown", "text": content.markdown_text}])
    text = content.text or content.markdown_text or plain(blocks)
    fields: JSON = {"text": text[:CUT_TEXT]}
    if blocks:
        fields["blocks"] = blocks
    if content.metadata:
        fields["metadata"] = content.metadata
    if content.attachments:
        fields["attachments"] = content.attachments
    return fields
