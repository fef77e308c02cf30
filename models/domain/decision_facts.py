"""Facts of a decision, as it is announced and listed."""

from dataclasses import dataclass
from datetime import date

from models.domain.decision import DecisionKind
from models.domain.facts import Person


@dataclass(frozen=True)
class DecisionFacts:
    """What was decided about a project. `next_on`: when it is looked at again; `link`: where it was said."""

    project_name: str
    kind: DecisionKind
    reason: str
    by: Person
    on: date
    next_on: date | None
    link: str | None
