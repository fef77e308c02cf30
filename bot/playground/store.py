"""The state file: JSON documents in SQLite, written through at once."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Store:
    """Documents by kind and key; without a path they live in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # A crash of the machine may lose the last messages of a playground; one of the process not.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS document "
            "(kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key))"
        )

    def put(self, kind: str, key: str, body: Any) -> None:
        """Write one document, replacing what was there."""
        self._db.execute(
            "INSERT INTO document VALUES (?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, key, json.dumps(body)),
        )

    def drop(self, kind: str, key: str) -> None:
        """Remove one document, if it is there."""
        self._db.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in the order of their first writing."""
        rows = self._db.execute(
            "SELECT key, body FROM document WHERE kind = ? ORDER BY rowid", (kind,)
        )
        for key, body in rows:
            yield key, json.loads(body)

    def one(self, kind: str, key: str) -> Any:
        """One document, or None."""
        row = self._db.execute(
            "SELECT body FROM document WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def clear(self) -> None:
        """Forget everything."""
        self._db.execute("DELETE FROM document")

    def close(self) -> None:
        """Close the file."""
        self._db.close()
