"""Where the bot may read and write."""

from bot.playground.errors import SlackError
from bot.playground.playground import Playground


def readable(pg: Playground, ident: str) -> str:
    """The id of a conversation whose existence the bot may know of.

    Raises:
        SlackError: channel_not_found; also for private channels that the bot is not in.
    """
    workspace = pg.workspace
    if ident in workspace.dms:
        return ident
    channel = workspace.channels.get(ident)
    if channel is None or (channel.private and workspace.app.bot_user_id not in channel.members):
        raise SlackError("channel_not_found")
    return ident


def joined(pg: Playground, ident: str) -> str:
    """The id of a conversation that the bot is in.

    Raises:
        SlackError: channel_not_found, not_in_channel.
    """
    if pg.workspace.app.bot_user_id not in pg.workspace.members(readable(pg, ident)):
        raise SlackError("not_in_channel")
    return ident


def writable(pg: Playground, named: str) -> str:
    """The id of the conversation that a post goes to; a person's id means the DM with them.

    Raises:
        SlackError: channel_not_found, not_in_channel, is_archived, messages_tab_disabled.
    """
    workspace = pg.workspace
    if person := workspace.people.get(named):
        if person.deleted:
            raise SlackError("channel_not_found")
        if not pg.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
        return workspace.dm_with(named)
    ident = readable(pg, _by_name(pg, named))
    channel = workspace.channels.get(ident)
    if channel is None:
        if workspace.people[workspace.dms[ident]].deleted:
            raise SlackError("channel_not_found")
        return ident
    if channel.archived:
        raise SlackError("is_archived")
    outside = workspace.app.bot_user_id not in channel.members
    if outside and "chat:write.public" not in pg.manifest.scopes:
        raise SlackError("not_in_channel")
    return ident


def _by_name(pg: Playground, named: str) -> str:
    """A public channel may be given by its name."""
    for channel in pg.workspace.channels.values():
        if not channel.private and channel.name == named.removeprefix("#"):
            return channel.id
    return named


def kind_of(pg: Playground, ident: str) -> str:
    """The word in the scopes for this conversation: channels, groups or im."""
    if ident in pg.workspace.dms:
        return "im"
    return "groups" if pg.workspace.channels[ident].private else "channels"
