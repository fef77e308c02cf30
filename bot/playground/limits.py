"""Rate limits on the playground's clock: a bucket a method, and one a channel for posts."""

import math
from dataclasses import dataclass

from bot.playground.clock import Clock, micros

# Slack promises "at least" this many a minute; docs.slack.dev/apis/web-api/rate-limits.
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
# "Hundreds per minute", modelled by Slack's Java SDK as 600.
SPECIAL_PER_MINUTE = 600
POSTS_PER_SECOND = 1.0
# One message a second a channel, "short bursts" allowed: one more than that at a time.
POST_BURST = 2


@dataclass
class _Bucket:
    tokens: float
    at: float


class Limits:
    """Buckets that fill while the playground's time goes on, whether it runs or jumps."""

    def __init__(self, clock: Clock, *, on: bool) -> None:
        self._clock = clock
        self.on = on
        self._buckets: dict[str, _Bucket] = {}

    def method(self, name: str, tier: int | None) -> int | None:
        """Take a call of a method (tier None: special); seconds to wait when there is none left."""
        per_minute = PER_MINUTE[tier] if tier else SPECIAL_PER_MINUTE
        return self._take(name, per_minute, per_minute / 60)

    def post(self, channel: str) -> int | None:
        """Take a message to a channel; seconds to wait when there is none left."""
        return self._take(f"post/{channel}", POST_BURST, POSTS_PER_SECOND)

    def _take(self, key: str, capacity: float, per_second: float) -> int | None:
        if not self.on:
            return None
        now = micros(self._clock.now()) / 1e6
        bucket = self._buckets.setdefault(key, _Bucket(capacity, now))
        bucket.tokens = min(capacity, bucket.tokens + max(0.0, now - bucket.at) * per_second)
        bucket.at = now
        # A hair of tolerance: whoever waits exactly as long as told must not be refused again.
        if bucket.tokens >= 1 - 1e-6:
            bucket.tokens -= 1
            return None
        return max(1, math.ceil((1 - bucket.tokens) / per_second))
