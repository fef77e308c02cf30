"""The playground's time: it runs, stands, jumps, and tells those who follow it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FORGET_FOLLOWER_S = 60.0


def wall_time() -> datetime:
    """The machine's time: where a world without a clock begins."""
    return EPOCH + timedelta(microseconds=time.time_ns() // 1000)


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exactly (a float of seconds would round them)."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def stamp(moment: datetime) -> str:
    """The time as JSON carries it: ISO 8601 in UTC with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass
class Follower:
    """A process that follows the clock: what it has seen, and when it is next due."""

    seen: int = 0
    idle: bool = False
    next_due: datetime | None = None
    heard: float = 0.0


class Clock:
    """Between two changes time goes on by itself (or stands); every change is a new version."""

    def __init__(self, now: datetime, *, paused: bool = False) -> None:
        self._base = now
        self._mark = time.monotonic()
        self.paused = paused
        self.stepping = False
        self.closed = False
        self.version = 1
        self.alarms: list[datetime] = []
        self._followers: dict[str, Follower] = {}
        self._changed = asyncio.Event()
        self.told: Callable[[], None] = lambda: None

    @property
    def standing(self) -> bool:
        """True while time does not go on by itself."""
        return self.paused or self.stepping

    def now(self) -> datetime:
        """The playground's time."""
        if self.standing:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._mark)

    def set(
        self, now: datetime, *, paused: bool | None = None, stepping: bool | None = None
    ) -> None:
        """Move to `now`, and stop, start or step."""
        self._base, self._mark = now, time.monotonic()
        self.paused = self.paused if paused is None else paused
        self.stepping = self.stepping if stepping is None else stepping
        self.version += 1
        self.touch()
        self.told()

    def close(self) -> None:
        """Let go of everybody who waits for a newer version."""
        self.closed = True
        self.touch()

    def touch(self) -> None:
        """Wake everybody who waits on the clock; each looks again whether it concerns them."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def change(self, timeout_s: float | None) -> None:
        """Wait for the next `touch`, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._changed.wait()

    async def sleep(self, seconds: float) -> None:
        """Sleep on this clock; while time stands, so does the sleeper."""
        due = self.now() + timedelta(seconds=seconds)
        self.alarms.append(due)
        try:
            while (left := (due - self.now()).total_seconds()) > 0:
                await self.change(None if self.standing else left)
        finally:
            self.alarms.remove(due)

    async def newer(self, after: int, timeout_s: float) -> None:
        """Wait until the version is above `after`, at most so long."""
        end = time.monotonic() + timeout_s
        while self.version <= after and not self.closed:
            if (left := end - time.monotonic()) <= 0:
                return
            await self.change(left)

    def heard(self, name: str) -> Follower:
        """Note that a follower is there."""
        follower = self._followers.setdefault(name, Follower())
        follower.heard = time.monotonic()
        return follower

    def forget(self, name: str) -> None:
        """Note that a follower has left."""
        self._followers.pop(name, None)
        self.touch()

    def followers(self) -> dict[str, Follower]:
        """The followers that were heard of within the last minute of real time."""
        oldest = time.monotonic() - FORGET_FOLLOWER_S
        self._followers = {k: f for k, f in self._followers.items() if f.heard > oldest}
        return self._followers

    def shown(self) -> dict[str, object]:
        """The clock as the control API shows it."""
        return {
            "now": stamp(self.now()),
            "paused": self.paused,
            "version": self.version,
            "followers": [
                {
                    "id": name,
                    "seen": f.seen,
                    "idle": f.idle,
                    "next_due": stamp(f.next_due) if f.next_due else None,
                }
                for name, f in self.followers().items()
            ],
        }
