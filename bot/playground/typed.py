"""What a person types, turned into what Slack stores and sends: mentions, links, escapes."""

import re

from bot.playground.workspace import Workspace

_PARTS = re.compile(
    r"<@(?P<uid>[UW]\w+)(?:\|[^>]*)?>|<#(?P<cid>[CG]\w+)(?:\|[^>]*)?>"
    r"|(?P<url>https?://[^\s<>]+)|@(?P<handle>[\w.\-]*\w)|#(?P<channel>[\w\-]*\w)|(?P<special>[&<>])"
)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(workspace: Workspace, text: str, *, labels: bool) -> str:
    """Mentions and links as control sequences; `labels` adds names, as slash commands get them."""
    handles = {person.handle: person.id for person in workspace.people.values()}
    handles[workspace.app.name.lower()] = workspace.app.bot_user_id
    names = {channel.name: channel.id for channel in workspace.channels.values()}

    def one(found: re.Match[str]) -> str:
        whole = found[0]
        if special := found["special"]:
            return _ESCAPES[special]
        if found["url"]:
            return f"<{found['url'].replace('&', '&amp;')}>"
        if user := found["uid"] or handles.get(found["handle"] or ""):
            return _user(workspace, user, labels=labels)
        if channel := found["cid"] or names.get(found["channel"] or ""):
            return _channel(workspace, channel)
        return whole

    return _PARTS.sub(one, text)


def _user(workspace: Workspace, ident: str, *, labels: bool) -> str:
    person = workspace.people.get(ident)
    name = person.handle if person else workspace.app.name.lower()
    return f"<@{ident}|{name}>" if labels else f"<@{ident}>"


def _channel(workspace: Workspace, ident: str) -> str:
    channel = workspace.channels.get(ident)
    return f"<#{ident}|{channel.name if channel and not channel.private else ''}>"
