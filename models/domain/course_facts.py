"""Facts of the forms that change an experiment's course outside the standup."""

from dataclasses import dataclass

from models.domain.facts import Criterion, Numbers


@dataclass(frozen=True)
class CourseFacts:
    """An open experiment, and what a number of it measures (its criterion's metric, else the primary)."""

    experiment_id: int
    key: str
    title: str
    day: int | None
    timebox: int
    criterion: Criterion | None
    numbers: Numbers | None
    measures: str
    extended: bool
