"""To whom a message goes: a person who waits for it, or a channel that reads it."""

from models.domain.delivery import Priority
from models.domain.errands import Errand


class ToPerson(Errand):
    """A message to one person."""

    @property
    def priority(self) -> int:
        """A person waits for it."""
        return Priority.PERSON


class InChannel(Errand):
    """A message in a channel."""

    @property
    def priority(self) -> int:
        """A channel reads it."""
        return Priority.CHANNEL
