"""What is refused: by Slack to the bot, and by the playground to a person or a test."""

from typing import Any


class SlackError(Exception):
    """A Web API refusal; `extra` goes into the answer beside `error`."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    @classmethod
    def listing(cls, error: str, messages: list[str]) -> "SlackError":
        """A refusal whose reasons stand in `response_metadata.messages`."""
        return cls(error, response_metadata={"messages": messages})


class ControlError(Exception):
    """A control call that cannot be done, with its HTTP status."""

    def __init__(self, status: int, error: str, detail: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.detail = detail
