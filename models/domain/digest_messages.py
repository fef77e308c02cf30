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


class StakeholderNote(_InChannel):
    """A change of a project, in a sentence for its stakeholders' channel.

    `number` is of the chronicle's event, or of the scope change.
    """

    kind: Literal["stakeholder_note"] = "stakeholder_note"
    about: Literal["stage", "scope", "needed"]
    number: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"stakeholders:{self.about}:{self.number}"
