"""What a listener works with, bound when it is registered; and what Slack's payload says, parsed once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from models.db import Database
from models.domain.cadence import local_date
from models.domain.clock import Clock, Moment

AT_HOME = "home:"
"""Begins the metadata of a modal that was opened at the App Home; then comes the Home's own, and “|”."""


@dataclass(frozen=True)
class Home:
    """The workspace that a payload came from; `url` is where a browser finds it, for links."""

    workspace_id: int
    slack_id: str
    zone: ZoneInfo
    bot_user_id: str
    url: str = ""


@dataclass(frozen=True)
class Deps:
    """Passed in by `bot`: the database, the clock, a client for modals, and who to nudge after a commit."""

    db: Database
    clock: Clock
    interactive: AsyncWebClient
    homes: dict[str, Home]
    command: str
    wake: Callable[[], None]


@dataclass(frozen=True)
class Ask:
    """What somebody did in Slack. `value` is a button's or menu's; `values` are a form's, by field.

    `at_home` is the metadata of the App Home that it began at, directly or through modals; None elsewhere.
    `said` and `link` are the message's that a shortcut was used on, in Slack's markup.
    `under` is the modal that stays when this is done: the one clicked in, or the one below a form.
    """

    home: Home
    user: str
    user_name: str
    now: datetime
    command: str = "/lab"
    text: str = ""
    channel: str | None = None
    value: str = ""
    values: dict[str, Any] | None = None
    metadata: str = ""
    view_id: str | None = None
    in_modal: bool = False
    under: str | None = None
    at_home: str | None = None
    trigger_id: str = ""
    response_url: str | None = None
    said: str = ""
    link: str | None = None

    @property
    def today(self) -> date:
        """The date on the workspace's wall."""
        return local_date(self.now, self.home.zone)

    @property
    def at(self) -> Moment:
        """The moment, as answers store it."""
        return Moment(self.now, self.today)


def ask_of(body: dict[str, Any], deps: Deps) -> Ask:
    """Slack's payload (slash command, click, submission, shortcut) as an Ask.

    Raises:
        KeyError: it comes from a workspace that this bot is not installed in.
    """
    team = body.get("team_id") or (body.get("team") or {}).get("id") or ""
    user = body.get("user") or {"id": body.get("user_id", ""), "name": body.get("user_name", "")}
    view = body.get("view") or {}
    action = (body.get("actions") or [{}])[0]
    at_home, metadata = _metadata(view)
    return Ask(
        home=deps.homes[team],
        user=user["id"],
        user_name=user.get("name") or user.get("username") or "",
        now=deps.clock.now(),
        command=deps.command,
        text=_typed(body.get("text") or ""),
        channel=body.get("channel_id") or (body.get("channel") or {}).get("id"),
        value=str(picked(action) or ""),
        values=fields_of(view) if view else None,
        metadata=metadata,
        view_id=view.get("id"),
        in_modal=view.get("type") == "modal",
        under=under(body),
        at_home=at_home,
        trigger_id=body.get("trigger_id") or "",
        response_url=body.get("response_url"),
        said=(body.get("message") or {}).get("text") or "",
        link=_link(body),
    )


def _link(body: dict[str, Any]) -> str | None:
    """Where the message stands that a shortcut was used on, as Slack's own permalinks are made."""
    domain = (body.get("team") or {}).get("domain")
    if body.get("type") != "message_action" or not domain:
        return None
    message, channel = body.get("message") or {}, body["channel"]["id"]
    ts = str(body.get("message_ts") or message.get("ts") or "")
    link = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    thread = message.get("thread_ts")
    return f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != ts else link


def verb_of(text: str | None) -> str:
    """The first word behind the command, in small letters; empty when there is none."""
    words = (text or "").split()
    return words[0].lower() if words else ""


def under(body: dict[str, Any]) -> str | None:
    """The id of the modal that stays when this is done, if there is one."""
    view = body.get("view") or {}
    if view.get("type") != "modal":
        return None
    below: str | None = view.get("previous_view_id")
    return view["id"] if body["type"] == "block_actions" else below


def _metadata(view: dict[str, Any]) -> tuple[str | None, str]:
    """The metadata of the App Home that a view began at, and the view's own."""
    metadata = view.get("private_metadata") or ""
    if view.get("type") == "home":
        return metadata, metadata
    if not metadata.startswith(AT_HOME):
        return None, metadata
    of_home, _, own = metadata.removeprefix(AT_HOME).partition("|")
    return of_home, own


def _typed(text: str) -> str:
    """A command's text as it was typed: Slack escapes exactly these three (contract §9)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def fields_of(view: dict[str, Any]) -> dict[str, Any]:
    """A view's state by field: the block's id is the field's name."""
    blocks = (view.get("state") or {}).get("values") or {}
    return {
        block_id: picked(next(iter(elements.values()), {})) for block_id, elements in blocks.items()
    }


def picked(element: dict[str, Any]) -> Any:
    """What a person typed or chose in one element, by Slack's name for it; None when nothing."""
    if (option := element.get("selected_option")) is not None:
        return option["value"]
    if (options := element.get("selected_options")) is not None:
        return [option["value"] for option in options]
    for name in (
        "value",
        "selected_time",
        "selected_date",
        "selected_user",
        "selected_users",
        "selected_conversation",
        "selected_channel",
    ):
        if element.get(name) is not None:
            return element[name]
    return None
