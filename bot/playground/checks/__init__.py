"""The playground's checks of what a bot sends: as strict as Slack.

Written from the limits alone, without the bot's own checker, so that one finds what the other
forgot. A surrounding server makes errors of the problems; their pointer tells which:
``/blocks`` → ``invalid_blocks``, ``/attachments`` → ``invalid_attachments``, ``/metadata`` →
``invalid_metadata_format``, ``/markdown_text`` → ``markdown_text_conflict``, ``/text`` →
``msg_too_long``, all others → ``invalid_arguments`` (``/view`` itself with ``bytes``:
``view_too_large``).
"""

from typing import Any

from bot.playground.checks.messages import check_arguments
from bot.playground.checks.problems import Place
from bot.playground.checks.views import check_whole_view

__all__ = ["check_message", "check_view"]


def check_message(payload: dict[str, Any], *, surface: str = "message") -> list[str]:
    """Check the arguments of ``chat.postMessage``, ``chat.update`` or ``chat.postEphemeral``.

    Args:
        payload: the decoded arguments: ``blocks``, ``attachments`` and ``metadata`` are no longer
            JSON text. Arguments that are not part of the message itself are not looked at.
        surface: where the blocks are shown, which decides the types of block that are known.

    Returns:
        Problems in Slack's words, each with a JSON pointer; empty when Slack would take it.
    """
    problems: list[str] = []
    check_arguments(payload, Place((), surface, problems))
    return problems


def check_view(view: dict[str, Any]) -> list[str]:
    """Check a modal or App Home, as given to ``views.*`` or in a ``response_action``.

    Args:
        view: the decoded view; its ``type`` decides the surface.

    Returns:
        Problems in Slack's words, each with a JSON pointer that starts at ``/view``; empty when
        Slack would take it.
    """
    problems: list[str] = []
    check_whole_view(view, Place(("view",), str(view.get("type")), problems))
    return problems
