"""Facts of the page of blockers and risks, and of the form that changes one of them."""

from dataclasses import dataclass

from models.domain.facts import Person
from models.domain.facts_notices import BlockerFacts


@dataclass(frozen=True)
class BlockerLine:
    """One blocker or risk on the page; `asked` is the leader or helper who was asked about it."""

    about: BlockerFacts
    asked: Person | None = None


@dataclass(frozen=True)
class BlockersPage:
    """What is in the way of a project and its experiments, and what may come to be, from `offset` on."""

    project_id: int
    key: str
    name: str
    lines: tuple[BlockerLine, ...]
    offset: int
    total: int


@dataclass(frozen=True)
class RaiseFacts:
    """What the form for a new blocker or risk is about: an experiment, or else its project."""

    ref: str
    project_id: int
    key: str
    title: str
