"""What the outbox does besides posting: reads from Slack, shows views anew, does chores of our own."""

from enum import StrEnum
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
    """A person's App Home: published anew when something waits for them, or they did something there.

    `at` is the metadata of the page of it that they see; empty for the first one.
    """

    kind: Literal["home_page"] = "home_page"
    slack_id: str
    at: str = ""

    @property
    def subject(self) -> str:
        """The one view in Slack that this is."""
        return f"home:{self.slack_id}"

    @property
    def priority(self) -> int:
        """Nobody waits for it, unless they did something there (`outbox.along`)."""
        return Priority.REFRESH


class ModalPage(Errand):
    """A modal of somebody's that shows `page` anew, after something was stored in it or in a form above it.

    `value` and `metadata` are what was clicked or sent; `at_home` is the App Home's where it began there.
    """

    kind: Literal["modal_page"] = "modal_page"
    slack_id: str
    view_id: str
    page: str
    value: str = ""
    metadata: str = ""
    at_home: str | None = None

    @property
    def subject(self) -> str:
        """The one view in Slack that this is."""
        return f"view:{self.view_id}"

    @property
    def priority(self) -> int:
        """They look at it."""
        return Priority.PERSON


class Task(StrEnum):
    """What follows from something that was stored, and need not have followed before the ack."""

    BLOCKER = "blocker"
    CONCLUDED = "concluded"
    HEARD = "heard"
    ADOPTED = "adopted"
    SECOND_LOOK = "second_look"
    REFRESH = "refresh"
    CHANNEL_CLOSED = "channel_closed"
    CHANNEL_OPEN = "channel_open"
    LEFT = "left"
    FIRST_ADMIN = "first_admin"
    ERASE = "erase"


class Chore(Errand):
    """Something to do in our own record, once what it follows from is committed; `models.chores` does it.

    `number` is what it is about; `more` is what else has to be known, in the task's own words.
    """

    kind: Literal["chore"] = "chore"
    task: Task
    number: int
    more: str = ""

    @property
    def subject(self) -> str:
        """Chores about the same thing are done one after the other."""
        return f"{self.task}:{self.number}"

    @property
    def priority(self) -> int:
        """What it changes is seen soon."""
        return Priority.PERSON


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
