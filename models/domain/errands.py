"""What the outbox does besides posting: reading from Slack, publishing a Home; and what all errands share."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.domain.delivery import Priority


class Errand(BaseModel):
    """One thing to do in Slack; changes of its fields are additive only (see `messages`)."""

    model_config = ConfigDict(frozen=True)

    @property
    def thread_subject(self) -> str | None:
        """The message in whose thread this one is posted."""
        return None


class HomePage(Errand):
    """A person's App Home, for whoever has opened it before: published anew when something waits for them."""

    kind: Literal["home_page"] = "home_page"
    slack_id: str

    @property
    def subject(self) -> str:
        """The one view in Slack that this is."""
        return f"home:{self.slack_id}"

    @property
    def priority(self) -> int:
        """Nobody waits for it."""
        return Priority.REFRESH


class ReadChannel(Errand):
    """Ask Slack who is in a ceremony's channel, or who the `people` are that it asks, and its observers."""

    kind: Literal["read_channel"] = "read_channel"
    ceremony_id: int
    people: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What is read."""
        return f"channel:{self.ceremony_id}"

    @property
    def priority(self) -> int:
        """People wait for what follows from it."""
        return Priority.PERSON


class ReadPerson(Errand):
    """Ask Slack for a person's name and time zone."""

    kind: Literal["read_person"] = "read_person"
    slack_id: str

    @property
    def subject(self) -> str:
        """What is read."""
        return f"person:{self.slack_id}"

    @property
    def priority(self) -> int:
        """People wait for what follows from it."""
        return Priority.PERSON
