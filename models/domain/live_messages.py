"""What the users of a live model read in their channel (see `messages`): an incident, and its end."""

from typing import Literal

from models.domain.delivery import Priority
from models.domain.errands import Errand


class IncidentCard(Errand):
    """An incident of a live model: what was seen, why, what is done; updated in place until it is closed."""

    kind: Literal["incident_card"] = "incident_card"
    incident_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"incident:{self.incident_id}"

    @property
    def priority(self) -> int:
        """A channel reads it."""
        return Priority.CHANNEL


class EndAnnounced(Errand):
    """That a model stops: when, why, what then, and who still has to say that they know (S3-13)."""

    kind: Literal["end_announced"] = "end_announced"
    notice_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"end:{self.notice_id}"

    @property
    def priority(self) -> int:
        """A channel reads it."""
        return Priority.CHANNEL
