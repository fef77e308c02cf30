"""What Slack sends for a command, a click, a form; and somebody whom the bot has met."""

from models.people import Profile, remember
from tests.handlers.conftest import Bot, Json

COMMAND = {"command": "/lab", "user_id": "U1", "user_name": "ana", "channel_id": "C1"}
SUBMISSION: Json = {
    "type": "view_submission",
    "user": {"id": "U1", "name": "ana"},
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "form",
        "blocks": [
            {"type": "rich_text", "block_id": "b"},
            {"type": "input", "block_id": "learned"},
            {"type": "input", "block_id": "status"},
        ],
        "state": {"values": {"learned": {"input": {"value": "Old months hurt"}}}},
    },
}


def click(url: str | None = None, view: Json | None = None) -> Json:
    return {
        "type": "block_actions",
        "user": {"id": "U1", "username": "ana"},
        "trigger_id": "t",
        "actions": [{"type": "button", "action_id": "press", "block_id": "b", "value": "7:11"}],
        **({"response_url": f"{url}reply"} if url else {}),
        **({"view": view} if view else {}),
    }


def command(text: str) -> Json:
    return {**COMMAND, "text": text, "trigger_id": "t"}


async def knows_her(bot: Bot) -> None:
    async with bot.deps.db.writing(bot.home.workspace_id) as session:
        ana = Profile("U1", "Ana", "Europe/Berlin", active=True, limited=False)
        await remember(session, [ana], bot.deps.clock.now())
