"""The Slack app manifest for this configuration: scopes and events follow from what the code calls."""

from typing import Any

from bot.settings import Settings
from handlers.lab import SHORTCUTS, VERBS

SCOPES = {
    "commands": "the slash command",
    "chat:write": "chat.postMessage, chat.update",
    "files:write": "files.getUploadURLExternal, files.completeUploadExternal: exports, to who asked",
    "im:write": "conversations.open, to look up a message that may have arrived",
    "im:history": "conversations.history of our own DMs, for the same",
    "channels:read": "conversations.members of public channels; member_joined_channel",
    "groups:read": "the same for private channels",
    "users:read": "users.info, users.list: names and time zones; user_change",
}
"""Each scope with what it is for; a test compares them with the methods that the code calls."""

OF_CHANNELS = ("left", "archive", "unarchive", "deleted", "rename")
EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
    "user_change",
    "member_joined_channel",
    "member_left_channel",
    *(f"{kind}_{what}" for kind in ("channel", "group") for what in OF_CHANNELS),
)
LONG = (
    "Labmate runs the ceremonies of machine-learning teams in Slack. It asks each person, at their own "
    "time of day, what they learned about the hypothesis they are testing, and shows the team a summary: "
    "what was ruled out, what is still open, where help is wanted. Nobody is ranked and nothing leaves "
    "the workspace."
)


def manifest(settings: Settings, public_url: str = "https://labmate.example.com") -> dict[str, Any]:
    """The manifest to paste at api.slack.com/apps. `public_url` is used in HTTP mode only."""
    socket = settings.socket_mode
    url = {} if socket else {"request_url": f"{public_url.rstrip('/')}/slack/events"}
    hint = " | ".join(verb for verb, _ in VERBS if verb)
    return {
        "display_information": {
            "name": "Labmate",
            "description": "Standups about hypotheses, not tasks, for machine-learning teams",
            "long_description": LONG,
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Labmate", "always_online": True},
            "slash_commands": [
                {
                    "command": settings.labmate_command,
                    "description": "Hypotheses, standups and projects",
                    "usage_hint": hint,
                    "should_escape": True,
                    **({} if socket else {"url": url["request_url"]}),
                }
            ],
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": id_.value, "description": does}
                for id_, kind, name, does in SHORTCUTS
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **url},
            "interactivity": {"is_enabled": True, **url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
