"""A project as it was on a past day: what has changed since then is taken back (domain §2.4-5)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from models.domain.project import ProjectStatus, Stage

Changes = Mapping[str, tuple[Any, Any]]
"""What one line of the chronicle has changed: {column: (before, after)}."""


class Smallest(NamedTuple):
    """The smallest change of a metric that counts, and whether nobody has said it yet: then it is assumed."""

    min_delta: float
    assumed: bool = False


class AsItWas(BaseModel):
    """What of a project may have changed since the asked day, as it was; named as its columns are.

    `value_model` is that of its primary metric, where somebody has said another one since then; `valued` says
    whether that is so. `smallest` are the smallest changes that counted, by metric id, of metrics for which
    another one was said since then.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    stage: Stage
    status: ProjectStatus
    next_touchpoint: date | None = None
    estimate_earliest: date | None = None
    estimate_latest: date | None = None
    stop_threshold: float | None = None
    stop_by: date | None = None
    effort_per_week: float | None = None
    thresholds: dict[str, Any]
    value_model: dict[str, Any] | None = None
    valued: bool = False
    smallest: dict[int, Smallest] = {}

    def worth(self, today: dict[str, Any] | None) -> dict[str, Any] | None:
        """The value model of that day, where `today` is that of today."""
        return self.value_model if self.valued else today


def as_it_was(
    columns: Mapping[str, Any],
    later: Iterable[Changes],
    smallest: Iterable[tuple[int, Smallest]] = (),
    *,
    before_it_was_here: bool = False,
) -> AsItWas:
    """The project whose `columns` are those of today, before `later` changes, the oldest first.

    `smallest` is what counted of a metric (its id) before each change, the oldest first.

    `before_it_was_here`: the asked day is older than its row, as in an imported log. Nobody wrote down when
    its search began then: with a log it was under way, whatever it began with here. Nor did anybody say then
    what counts: today's word holds for all of the log.
    """
    was: dict[str, Any] = {}
    for changes in later:
        for name, (before, after) in changes.items():
            under_way = before_it_was_here and name == "stage" and before == Stage.CONCEPTION
            was.setdefault(name, after if under_way else before)
    counted: dict[int, Smallest] = {}
    for metric_id, one in () if before_it_was_here else smallest:
        counted.setdefault(metric_id, one)
    beside = {"valued": "value_model" in was, "smallest": counted}
    return AsItWas.model_validate({**columns, **was, **beside})
