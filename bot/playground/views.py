"""Modals and App Homes: each person's stack of three, the hashes, and what was typed."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground import view_state
from bot.playground.blocks import with_ids
from bot.playground.checks import check_view
from bot.playground.errors import SlackError
from bot.playground.feed import Feed
from bot.playground.ids import fresh
from bot.playground.store import Store
from bot.playground.workspace import Workspace

JSON = dict[str, Any]
STACK_DEPTH = 3
VIEW_BYTES = 250_000


@dataclass
class OpenView:
    """A view that a person has before them; `suggested` are the options external selects got."""

    person: str
    view: JSON
    state: view_state.State
    channel: str | None = None
    suggested: dict[str, list[JSON]] = field(default_factory=dict)

    def shown(self) -> JSON:
        """The view with the full `state`, as every payload carries it."""
        values = {block_id: dict(holders) for block_id, holders in self.state.items()}
        return self.view | {"state": {"values": values}}

    def on_screen(self) -> JSON:
        """The view as its person's window gets it: also where it was opened from."""
        return self.shown() | {"channel": self.channel}


class Views:
    """All open modals, and the published Homes (which survive a restart)."""

    def __init__(self, workspace: Workspace, store: Store, feed: Feed) -> None:
        self._workspace = workspace
        self._store = store
        self._feed = feed
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}
        for person, view in store.all("home"):
            self._homes[person] = OpenView(person, view, view_state.initial(view["blocks"]))

    def stack(self, person: str) -> list[OpenView]:
        """Somebody's modals, the top one last."""
        return self._stacks.get(person, [])

    def home(self, person: str) -> OpenView | None:
        """What was published to somebody's Home."""
        return self._homes.get(person)

    def _open(self) -> Iterator[OpenView]:
        for stack in self._stacks.values():
            yield from stack
        yield from self._homes.values()

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> OpenView:
        """The view with this id, or else this external id.

        Raises:
            SlackError: not_found.
        """
        for it in self._open():
            if view_id and it.view["id"] == view_id:
                return it
            if not view_id and external_id and it.view["external_id"] == external_id:
                return it
        raise SlackError("not_found")

    def push(self, person: str, raw: JSON, channel: str | None = None) -> OpenView:
        """Open a modal on top of what the person has open.

        Raises:
            SlackError: push_limit_reached, or what is wrong with the view.
        """
        stack = self._stacks.setdefault(person, [])
        view = self._checked(raw, "modal")
        if len(stack) >= STACK_DEPTH:
            raise SlackError("push_limit_reached")
        view["id"] = fresh("V")
        view["previous_view_id"] = stack[-1].view["id"] if stack else None
        view["root_view_id"] = stack[0].view["id"] if stack else view["id"]
        opened = OpenView(person, view, view_state.initial(view["blocks"], channel), channel)
        stack.append(opened)
        self.tell(person)
        return opened

    def update(self, it: OpenView, raw: JSON, expected_hash: str | None = None) -> OpenView:
        """Replace a view; what was typed stays where block id and action id are the same.

        Raises:
            SlackError: hash_conflict, or what is wrong with the view.
        """
        if expected_hash and expected_hash != it.view["hash"]:
            raise SlackError("hash_conflict")
        view = self._checked(raw, it.view["type"], replaces=it)
        for key in ("id", "previous_view_id", "root_view_id"):
            view[key] = it.view[key]
        it.state = view_state.carried_over(it.state, view["blocks"])
        it.view = view
        if view["type"] == "home":
            self._store.put("home", it.person, view)
        self.tell(it.person, view["type"])
        return it

    def publish(self, person: str, raw: JSON, expected_hash: str | None = None) -> OpenView:
        """Put a view on somebody's Home.

        Raises:
            SlackError: hash_conflict, or what is wrong with the view.
        """
        if there := self._homes.get(person):
            return self.update(there, raw, expected_hash)
        view = self._checked(raw, "home")
        view["id"] = view["root_view_id"] = fresh("V")
        view["previous_view_id"] = None
        home = OpenView(person, view, view_state.initial(view["blocks"]))
        self._homes[person] = home
        self._store.put("home", person, view)
        self.tell(person, "home")
        return home

    def close(self, it: OpenView) -> None:
        """Take one modal off its stack."""
        stack = self.stack(it.person)
        if it in stack:
            stack.remove(it)
        self.tell(it.person)

    def clear(self, person: str) -> None:
        """Take all modals away."""
        self.stack(person).clear()
        self.tell(person)

    def tell(self, person: str, kind: str = "modal") -> None:
        """Tell the person's windows what they have before them."""
        if kind == "home":
            home = self._homes[person]
            self._feed.tell_one(person, {"type": "home", "view": home.shown()})
            return
        modals = [it.on_screen() for it in self.stack(person)]
        self._feed.tell_one(person, {"type": "modals", "modals": modals})

    def _checked(self, raw: JSON, kind: str, replaces: OpenView | None = None) -> JSON:
        if len(json.dumps(raw, ensure_ascii=False).encode()) > VIEW_BYTES:
            raise SlackError("view_too_large")
        if raw.get("type") != kind:
            problem = f"[ERROR] must be a view of type {kind} [json-pointer:/view/type]"
            raise SlackError.listing("invalid_arguments", [problem])
        if problems := check_view(raw):
            raise SlackError.listing("invalid_arguments", problems)
        external_id = raw.get("external_id") or ""
        if external_id and any(
            it.view["external_id"] == external_id for it in self._open() if it is not replaces
        ):
            raise SlackError("duplicate_external_id")
        app = self._workspace.app
        view = {
            "team_id": self._workspace.team.id,
            "type": kind,
            "blocks": with_ids(raw.get("blocks") or []),
            "private_metadata": raw.get("private_metadata") or "",
            "callback_id": raw.get("callback_id") or "",
            "hash": f"{self._workspace.seconds()}.{secrets.token_hex(4)}",
            "clear_on_close": bool(raw.get("clear_on_close")),
            "notify_on_close": bool(raw.get("notify_on_close")),
            "external_id": external_id,
            "app_id": app.id,
            "app_installed_team_id": self._workspace.team.id,
            "bot_id": app.bot_id,
        }
        if kind == "modal":
            view |= {key: raw.get(key) for key in ("title", "submit", "close")}
            view["submit_disabled"] = bool(raw.get("submit_disabled"))
        else:
            view |= {"title": {"type": "plain_text", "text": "View Title", "emoji": True}}
            view |= {"submit": None, "close": None}
        return view
