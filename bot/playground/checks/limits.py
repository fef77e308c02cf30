"""Slack's limits, read from the data file that the bot's own checker reads too.

Only the numbers are shared: a path and not an import, since the playground imports nothing of
Labmate's.
"""

import json
from pathlib import Path
from typing import Any

_LIMITS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "handlers" / "limits.json").read_text("utf-8")
)

BLOCKS: dict[str, Any] = _LIMITS["blocks"]
ELEMENTS: dict[str, Any] = _LIMITS["elements"]
OBJECTS: dict[str, Any] = _LIMITS["composition_objects"]
SURFACES: dict[str, Any] = _LIMITS["surfaces"]
