"""Message metadata: `{event_type, event_payload}`, ids and numbers only."""

import json
import re
from typing import Any

from bot.playground.errors import SlackError

JSON = dict[str, Any]
# Slack publishes no number (contract §22); this is ours, far above what an id needs.
MOST_BYTES = 8_000
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_PLAIN = (str, int, float, bool)


def checked(metadata: JSON) -> JSON:
    """The metadata as it is stored.

    Raises:
        SlackError: invalid_metadata_format, invalid_metadata_schema, metadata_too_large.
    """
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not _NAME.fullmatch(kind) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if not all(_allowed(value) for value in payload.values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > MOST_BYTES:
        raise SlackError("metadata_too_large")
    return {"event_type": kind, "event_payload": payload}


def _allowed(value: Any) -> bool:
    """A plain value, a flat object, or a list of either."""
    if isinstance(value, list):
        return all(_flat(item) for item in value)
    return _flat(value)


def _flat(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(inner, _PLAIN) for inner in value.values())
    return isinstance(value, _PLAIN)
