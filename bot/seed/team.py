"""Who is in the seeded workspace, and when its clock begins: a Tuesday morning in Berlin."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

STARTS = datetime(2026, 2, 3, 8, 30, tzinfo=UTC)
"""09:30 in Berlin on a standup day; the log's next entries are of this week."""
TEAM = "T0NANOLAB"
BOT = "U0LABMATE"
CHANNEL = "C0NANOCHAT"
LEADERS = "C0LEADERS"
"""Where those read who decide."""
BOT_TOKEN = "xoxb-playground"  # noqa: S105  (the playground's own)
APP_TOKEN = "xapp-playground"  # noqa: S105  (the same)
SIGNING_SECRET = "playground-signing-secret"  # noqa: S105  (the same)
FIRST = "U0JONAS"
"""Whose eyes the page opens with."""


class Somebody(NamedTuple):
    """A person of the seeded team."""

    id: str
    handle: str
    name: str
    title: str
    tz: str
    admin: bool = False


PEOPLE = (
    Somebody("U0JONAS", "jonas", "Jonas Weber", "Research engineer", "Europe/Berlin"),
    Somebody("U0PRIYA", "priya", "Priya Raman", "Research scientist", "Asia/Kolkata"),
    Somebody("U0SOFIA", "sofia", "Sofía Álvarez", "Performance engineer", "America/Toronto"),
    Somebody("U0DANIEL", "daniel", "Daniel Cho", "Research lead", "America/Los_Angeles"),
    Somebody("U0MAYA", "maya", "Maya Okafor", "Product manager", "Europe/London", admin=True),
)
ASKED = ("U0JONAS", "U0PRIYA", "U0SOFIA", "U0DANIEL")


def world(starts: datetime, *, empty: bool) -> dict[str, Any]:
    """The world file of the playground (docs/playground.md)."""
    people = [{**person._asdict(), "display": person.name} for person in PEOPLE]
    ids = [person.id for person in PEOPLE]
    channels = [_channel("C0GENERAL", "general", "Everything and nothing", [*ids, BOT])]
    if not empty:
        channels = [
            _channel(
                CHANNEL, "nanochat", "GPT-2 quality, in as few hours as possible", [*ids, BOT]
            ),
            _channel(LEADERS, "leaders", "What machine learning brings, on Mondays", [*ids, BOT]),
            *channels,
        ]
    return {
        "team": {"id": TEAM, "name": "Nano Lab", "domain": "nano-lab"},
        "app": {
            "id": "A0LABMATE",
            "name": "Labmate",
            "bot_user_id": BOT,
            "bot_id": "B0LABMATE",
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "signing_secret": SIGNING_SECRET,
        },
        "delivery": {"mode": "socket"},
        "clock": {"now": starts.isoformat().replace("+00:00", "Z"), "paused": False},
        "people": people,
        "channels": channels,
    }


def _channel(slack_id: str, name: str, topic: str, members: list[str]) -> dict[str, Any]:
    return {"id": slack_id, "name": name, "topic": topic, "members": members}
