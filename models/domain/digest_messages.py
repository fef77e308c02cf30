"""What leaders are told in their channels, as messages of the outbox; see `models.domain.messages`."""

from typing import Literal

from models.domain.delivery import Priority
from models.domain.errands import Errand


class _InChannel(Errand):
    @property
    def priority(self) -> int:
        """A channel reads it."""
        return Priority.CHANNEL


class LeadershipDigest(_InChannel):
    """What is decided, at risk and worth what, in the leaders' channel, as it was when it was posted."""

    kind: Literal["leadership_digest"] = "leadership_digest"
    digest_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"leadership:{self.digest_id}"
