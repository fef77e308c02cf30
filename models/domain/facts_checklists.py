"""Facts of the pages beside a review: the ML Test Score to fill in, and a workspace's checklist."""

from dataclasses import dataclass
from datetime import date

from models.domain.checklist import Checklist
from models.domain.facts import Person
from models.domain.facts_reviews import MlScore
from models.domain.review import ReviewKind


@dataclass(frozen=True)
class Points:
    """Points of tests by their key, and when they were last changed."""

    by_test: dict[str, float]
    on: date


@dataclass(frozen=True)
class MlScorePage:
    """The ML Test Score to fill in: the tests' texts by section and key, the points `here` and `before`.

    The points are those of this launch check, and of the last one before it.
    """

    review_id: int
    project_name: str
    is_open: bool
    sections: dict[str, dict[str, str]]
    here: Points | None = None
    before: Points | None = None
    score: MlScore | None = None

    def points(self, test: str) -> float | None:
        """The test's points: of this launch check, or else of the one before."""
        sources = [source.by_test for source in (self.here, self.before) if source is not None]
        return next((points[test] for points in sources if test in points), None)


@dataclass(frozen=True)
class ChecklistChange:
    """What somebody changed about a workspace's checklist, one short line each."""

    version: int
    by: Person
    on: date
    what: tuple[str, ...]


@dataclass(frozen=True)
class ChecklistPage:
    """A workspace's checklist as the next review begins with it, and what was changed, newest first.

    It `is_own`, or else the package's.
    """

    kind: ReviewKind
    checklist: Checklist
    is_own: bool
    may_change: bool
    changes: tuple[ChecklistChange, ...] = ()
