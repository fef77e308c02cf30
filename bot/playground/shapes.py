"""Slack's objects, as the Web API and the events show them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Person

JSON = dict[str, Any]
OTHER_TEAM = "T0OTHER"
SLACKBOT = "USLACKBOT"


def user(workspace: Workspace, person: Person, now: datetime, scopes: frozenset[str]) -> JSON:
    """A person as `users.info` shows them; deactivated people have no time zone there."""
    first, _, last = person.name.partition(" ")
    profile = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.display or person.handle,
        "display_name_normalized": person.display or person.handle,
        "first_name": first,
        "last_name": last,
        "fields": None,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g" + person.id.lower(),
        "team": OTHER_TEAM if person.stranger else workspace.team.id,
    }
    if "users:read.email" in scopes:
        profile["email"] = person.email or f"{person.handle}@example.com"
    shown: JSON = {
        "id": person.id,
        "team_id": OTHER_TEAM if person.stranger else workspace.team.id,
        "name": person.handle,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": False,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.stranger:
        shown["is_stranger"] = True
    if person.deleted:
        return shown
    return shown | {
        "color": "9f69e7",
        "real_name": person.name,
        "tz": person.tz,
        "tz_label": now.astimezone(ZoneInfo(person.tz)).tzname() or person.tz,
        "tz_offset": _offset(person.tz, now),
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _offset(tz: str, now: datetime) -> int:
    offset = now.astimezone(ZoneInfo(tz)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def bot_user(workspace: Workspace) -> JSON:
    """The bot's own user."""
    app = workspace.app
    return _machine(workspace, app.bot_user_id, app.name, is_bot=True) | {
        "profile": {
            "real_name": app.name,
            "real_name_normalized": app.name,
            "display_name": "",
            "display_name_normalized": "",
            "api_app_id": app.id,
            "bot_id": app.bot_id,
            "always_active": False,
            "team": workspace.team.id,
        },
    }


def slackbot(workspace: Workspace) -> JSON:
    """Slackbot: no person, and yet `is_bot` is false."""
    return _machine(workspace, SLACKBOT, "slackbot", is_bot=False) | {
        "profile": {"real_name": "Slackbot", "display_name": "Slackbot", "always_active": True}
    }


def _machine(workspace: Workspace, ident: str, name: str, *, is_bot: bool) -> JSON:
    return {
        "id": ident,
        "team_id": workspace.team.id,
        "name": name.lower().replace(" ", "_"),
        "deleted": False,
        "color": "757575",
        "real_name": name,
        "tz": "America/Los_Angeles",
        "tz_label": "Pacific Standard Time",
        "tz_offset": -28800,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": is_bot,
        "is_app_user": False,
        "updated": 0,
    }


def channel(workspace: Workspace, it: Channel) -> JSON:
    """A channel as `conversations.info` shows it."""
    return {
        "id": it.id,
        "name": it.name,
        "name_normalized": it.name,
        "is_channel": not it.private,
        "is_group": it.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": it.private,
        "is_archived": it.archived,
        "is_general": False,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "unlinked": 0,
        "created": it.created,
        "updated": it.created * 1000,
        "creator": it.members[0] if it.members else SLACKBOT,
        "context_team_id": workspace.team.id,
        "is_member": workspace.app.bot_user_id in it.members,
        "topic": {"value": it.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def dm(workspace: Workspace, ident: str) -> JSON:
    """A DM as `conversations.info` shows it."""
    person = workspace.people[workspace.dms[ident]]
    return {
        "id": ident,
        "created": person.updated,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": workspace.team.id,
        "user": person.id,
        "is_user_deleted": person.deleted,
        "priority": 0,
        "is_open": True,
    }


def conversation(workspace: Workspace, ident: str) -> JSON:
    """A channel or DM."""
    if ident in workspace.dms:
        return dm(workspace, ident)
    return channel(workspace, workspace.channels[ident])


def message(stored: JSON, *, whole_metadata: bool = False) -> JSON:
    """A message as the Web API shows it: without our own fields, metadata without its payload."""
    shown = {k: v for k, v in stored.items() if k not in {"channel", "ephemeral"}}
    if "metadata" in shown and not whole_metadata:
        shown["metadata"] = {"event_type": shown["metadata"]["event_type"]}
    return shown


def bot_fields(workspace: Workspace) -> JSON:
    """What stands on every message of the bot's."""
    app = workspace.app
    return {
        "user": app.bot_user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "team": workspace.team.id,
        "bot_profile": {
            "id": app.bot_id,
            "app_id": app.id,
            "user_id": app.bot_user_id,
            "name": app.name,
            "deleted": False,
            "updated": 0,
            "team_id": workspace.team.id,
        },
    }
