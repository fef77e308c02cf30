"""The workspace of the stories: four people in four zones, a guest, somebody who isn't in the channel."""

from typing import Any

JSON = dict[str, Any]

BOT = "U0LABMATE"
BOT_TOKEN = "xoxb-stories"
APP_TOKEN = "xapp-stories"
SECRET = "the stories' signing secret"
STARTS = "2026-02-02T12:00:00Z"
"""A Monday; the standup's days are Tuesday and Thursday."""

ZONES = {
    "kai": "Pacific/Auckland",
    "mira": "Asia/Kolkata",
    "jonas": "Europe/Berlin",
    "sofia": "America/New_York",
}
ASKED_AT = {
    "kai": "2026-02-02T20:30:00Z",
    "mira": "2026-02-03T04:00:00Z",
    "jonas": "2026-02-03T08:30:00Z",
    "sofia": "2026-02-03T14:30:00Z",
}
"""09:30 of that Tuesday on everybody's own clock."""
NAMES = {
    "kai": "Kai Tane",
    "mira": "Mira Rao",
    "jonas": "Jonas Weber",
    "sofia": "Sofía Díaz",
    "gus": "Gus Guest",
    "vera": "Vera Lang",
}
CHANNEL = "C0FRAUD"
ELSEWHERE = "C0ELSE"
"""A channel that the bot isn't in."""


def user(handle: str) -> str:
    """Somebody's Slack id."""
    return f"U0{handle.upper()}"


def world(request_url: str | None, people: int = 0) -> JSON:
    """The world file; with `request_url` payloads come as signed HTTP. `people` more are in the workspace."""
    team = [
        {
            "id": user(handle),
            "handle": handle,
            "name": name,
            "tz": ZONES.get(handle, "Europe/Berlin"),
            "admin": handle == "jonas",
            "guest": handle == "gus",
        }
        for handle, name in NAMES.items()
    ]
    crowd = [
        {"id": f"U1{n:05}", "handle": f"crowd{n}", "name": f"Person {n}"} for n in range(people)
    ]
    delivery = {"mode": "http", "request_url": request_url} if request_url else {"mode": "socket"}
    insiders = [user(handle) for handle in (*ZONES, "gus")]
    return {
        "team": {"id": "T0STORY", "name": "Nano Lab", "domain": "nano-lab"},
        "app": {
            "id": "A0LABMATE",
            "name": "Labmate",
            "bot_user_id": BOT,
            "bot_id": "B0LABMATE",
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "signing_secret": SECRET,
        },
        "delivery": delivery,
        "clock": {"now": STARTS, "paused": True},
        "people": team + crowd,
        "channels": [
            {"id": CHANNEL, "name": "fraud", "members": [*(user(h) for h in ZONES), BOT]},
            {"id": ELSEWHERE, "name": "elsewhere", "members": insiders},
            {"id": "C0GUESTS", "name": "guests", "members": [*insiders, BOT]},
        ],
    }


PROJECT: JSON = {
    "name": "Card fraud alerts",
    "business_goal": "Stop more fraud without more false alerts",
    "metric_name": "Recall at 9 in 10 precision",
    "baseline": "41",
    "baseline_source": "The rules in use, measured in August",
    "acceptance": "60",
    "business_phrase": "Out of 100 frauds, how many we stop",
    "key": "FRAUD",
}
HYPOTHESIS: JSON = {
    "change": "training on 18 months of history",
    "threshold": "55",
    "because": "it has seen more kinds of fraud",
}
EVERYONE_TWICE_A_WEEK: JSON = {"channel": CHANNEL, "people": [], "days": ["tue", "thu"]}
