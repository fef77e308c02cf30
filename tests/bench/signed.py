"""Requests as Slack signs them, straight to a bot's HTTP door."""

import json
import time
from itertools import count
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground.clock import EPOCH, wall_time
from bot.playground.http_mode import signature
from bot.seed import team

_views = count(1)
FORM = "application/x-www-form-urlencoded"


def headers(body: str) -> dict[str, str]:
    """What Slack sends beside `body`, now."""
    timestamp = str(int((wall_time() - EPOCH).total_seconds()))
    return {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(team.SIGNING_SECRET, timestamp, body),
    }


def interaction(payload: dict[str, Any]) -> str:
    """A click or a submission as a request body."""
    return urlencode({"payload": json.dumps(payload)})


async def send(http: aiohttp.ClientSession, url: str, body: str) -> float:
    """Send one request; milliseconds until the ack was read.

    Raises:
        ValueError: it was refused, or a form came back with errors.
    """
    data, signed = body.encode(), headers(body)
    begun = time.perf_counter()
    async with http.post(url, data=data, headers=signed) as response:
        said = await response.text()
    took = (time.perf_counter() - begun) * 1000
    if response.status != 200 or "error" in said:
        raise ValueError(f"{response.status} {said}")
    return took


def answer(user: str, prompt_id: int, experiment_id: int) -> dict[str, Any]:
    """The submission of a full standup answer, as Slack's clients send it."""
    filled = {
        "learned": {"type": "plain_text_input", "value": "Norms never pass 1, at any size tried."},
        "status": _chosen("radio_buttons", "still_testing"),
        "value": {"type": "number_input", "value": None},
        "next_step": {"type": "plain_text_input", "value": "Try it at depth 20"},
        "blocker_kind": _chosen("static_select", "none"),
        "blocker_text": {"type": "plain_text_input", "value": None},
        "blocker_owner": {"type": "users_select", "selected_user": None},
    }
    metadata = {"prompt_id": prompt_id, "experiment_id": experiment_id}
    return submission(user, "answer_form", filled, json.dumps(metadata))


def submission(
    user: str, callback_id: str, filled: dict[str, dict[str, Any]], metadata: str = ""
) -> dict[str, Any]:
    """A `view_submission`; `filled` is each field's element state."""
    return {
        "type": "view_submission",
        "team": {"id": team.TEAM, "domain": "nano-lab"},
        "user": {"id": user, "name": user.lower(), "team_id": team.TEAM},
        "api_app_id": "A0LABMATE",
        "trigger_id": "1.2.3",
        "view": {
            "id": f"V{next(_views)}",
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": metadata,
            "blocks": [{"type": "input", "block_id": block} for block in filled],
            "state": {"values": {block: {"value": state} for block, state in filled.items()}},
        },
    }


def _chosen(kind: str, value: str) -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": value}, "value": value}
    return {"type": kind, "selected_option": option}
