"""Facts of a search in the notebook, and of a hypothesis that was tried before."""

from dataclasses import dataclass
from datetime import date

from models.domain.experiment import Category, Outcome, Status


@dataclass(frozen=True)
class Found:
    """One experiment that a search found. `on`: when it was concluded, else when it was started."""

    key: str
    title: str
    project_name: str
    status: Status
    outcome: Outcome | None
    on: date | None
    learning: str | None
    planned: str | None


@dataclass(frozen=True)
class FoundPage:
    """One page of what was found, from the one at `offset` on.

    `some`: none has all of the words, these have some of them. `more`: others follow, on the next page.
    """

    words: str
    found: tuple[Found, ...]
    offset: int = 0
    more: bool = False
    some: bool = False


@dataclass(frozen=True)
class TriedBefore:
    """A hypothesis as it was written, and concluded ones of the workspace that come close to it."""

    change: str
    close: tuple[Found, ...]


@dataclass(frozen=True)
class HypothesisWords:
    """What is known of a hypothesis before its form is opened; None where nothing is."""

    change: str
    because: str | None = None
    threshold: float | None = None
    timebox: int | None = None
    category: Category | None = None
