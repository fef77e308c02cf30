"""Files: announced, uploaded, then shared, as Slack's external upload goes."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.playground.clock import Clock, micros
from bot.playground.errors import SlackError
from bot.playground.ids import fresh, token
from bot.playground.store import Store
from bot.playground.workspace import Workspace

JSON = dict[str, Any]
MIMES = {"csv": "text/csv", "png": "image/png"}


@dataclass
class Upload:
    """A file that was announced; `content` is there once it was uploaded."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    alt: str = ""


class Files:
    """What is on its way, lost with a restart as upload URLs are, and what was shared."""

    def __init__(self, workspace: Workspace, store: Store, clock: Clock) -> None:
        self._workspace = workspace
        self._store = store
        self._clock = clock
        self._announced: dict[str, Upload] = {}
        self._by_ticket: dict[str, Upload] = {}

    def announce(self, name: str, length: int, alt: str = "") -> tuple[Upload, str]:
        """A new upload, and the ticket in its URL."""
        upload, ticket = Upload(fresh("F"), name, length, alt=alt), token()
        self._announced[upload.id] = self._by_ticket[ticket] = upload
        return upload, ticket

    def expected(self, ticket: str) -> Upload:
        """The upload that a URL is for.

        Raises:
            SlackError: unknown, or used already.
        """
        upload = self._by_ticket.get(ticket)
        if upload is None:
            raise SlackError("invalid_url")
        if upload.content is not None:
            raise SlackError("used_url")
        return upload

    @staticmethod
    def receive(upload: Upload, content: bytes) -> None:
        """The bytes have come.

        Raises:
            SlackError: they are not as many as were announced.
        """
        if len(content) != upload.length:
            raise SlackError("wrong_length")
        upload.content = content

    def uploaded(self, ident: str) -> Upload:
        """A file that was uploaded and not completed yet.

        Raises:
            SlackError: file_not_found; unknown, completed before, or nothing was uploaded.
        """
        upload = self._announced.get(ident)
        if upload is None or upload.content is None:
            raise SlackError("file_not_found")
        return upload

    def complete(self, upload: Upload, title: str, channels: Iterable[str]) -> JSON:
        """It stands in the channels from now on; the file as the Web API shows it."""
        del self._announced[upload.id]
        at = micros(self._clock.now()) // 1_000_000
        kind = upload.name.rpartition(".")[2].lower() if "." in upload.name else "binary"
        shown: JSON = {
            "id": upload.id,
            "created": at,
            "timestamp": at,
            "name": upload.name,
            "title": title or upload.name,
            "mimetype": MIMES.get(kind, "application/octet-stream"),
            "filetype": kind,
            "user": self._workspace.app.bot_user_id,
            "size": upload.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
        }
        if upload.alt:
            shown["alt_txt"] = upload.alt
        content = base64.b64encode(upload.content or b"").decode()
        self._store.put(
            "file", upload.id, {"shown": shown, "in": list(channels), "content": content}
        )
        return shown

    def seen_by(self, person: str, ident: str) -> tuple[str, bytes] | None:
        """Name and content of a file that somebody can see."""
        kept = self._store.one("file", ident)
        if kept is None or not any(self._workspace.sees(person, place) for place in kept["in"]):
            return None
        return kept["shown"]["name"], base64.b64decode(kept["content"])
