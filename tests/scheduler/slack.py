"""A Slack for the delivery worker: remembers what was posted and when, and answers as it is told."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.domain.clock import Clock
from models.domain.delivery import Operation
from models.domain.sending import Parcel, Spot
from models.people import Profile


class Posted(NamedTuple):
    at: datetime
    workspace_id: int
    to: str
    subject: str
    metadata_id: str
    thread: Spot | None


class Slack:
    """A `Sender`. `answers` are raised one by one, before or (`after`) the message stands there."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.posts: list[Posted] = []
        self.refreshed: list[tuple[str, Spot | None]] = []
        self.answers: deque[BaseException] = deque()
        self.after: deque[BaseException] = deque()
        self.lookups = 0
        self.delay = 0.0

    @property
    def subjects(self) -> list[str]:
        return [post.subject for post in self.posts]

    async def send(self, parcel: Parcel) -> Spot | None:
        await asyncio.sleep(self.delay)
        if self.answers:
            raise self.answers.popleft()
        if parcel.operation is Operation.REFRESH:
            self.refreshed.append((parcel.message.subject, parcel.standing))
            spot = None
        else:
            spot = self._look_up(parcel) or self._post(parcel)
        if self.after:
            raise self.after.popleft()
        return spot

    async def read(self, parcel: Parcel) -> Sequence[Profile]:
        if self.answers:
            raise self.answers.popleft()
        return [
            Profile(
                parcel.destination,
                f"Whoever {parcel.destination} is",
                "UTC",
                active=True,
                limited=False,
            )
        ]

    def _look_up(self, parcel: Parcel) -> Spot | None:
        if not parcel.ambiguous:
            return None
        self.lookups += 1
        for number, post in enumerate(self.posts):
            if post.metadata_id == parcel.metadata_id:
                return Spot(post.to, str(number))
        return None

    def _post(self, parcel: Parcel) -> Spot:
        self.posts.append(
            Posted(
                self.clock.now(),
                parcel.workspace_id,
                parcel.destination,
                parcel.message.subject,
                parcel.metadata_id,
                parcel.thread,
            )
        )
        return Spot(parcel.destination, str(len(self.posts) - 1))
