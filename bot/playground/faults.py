"""What a test lets go wrong: the next calls of a method, all of Slack, payloads sent twice."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Fault(BaseModel):
    """What happens to the next `times` calls of `method` (`*`: any)."""

    model_config = ConfigDict(extra="forbid")

    method: str
    times: int = Field(default=1, ge=1)
    status: int | None = Field(default=None, ge=400, le=599)
    error: str | None = None
    retry_after: int | None = Field(default=None, ge=0)
    delay_s: float = Field(default=0, ge=0, le=60)
    cut: Literal["before", "after"] | None = None


class Faults:
    """What is still to go wrong."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.down = False
        self.duplicates = 0

    def add(self, fault: Fault) -> None:
        """Let the next calls go wrong."""
        self._waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets, if any."""
        for fault in self._waiting:
            if fault.method in {method, "*"}:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None

    def take_duplicate(self) -> bool:
        """Whether this payload is to be delivered twice."""
        if self.duplicates <= 0:
            return False
        self.duplicates -= 1
        return True
