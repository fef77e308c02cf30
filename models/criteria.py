"""An experiment's criterion: set in advance, later, or changed; what it was stays known (domain §2.4-3)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.course import InHand
from models.domain.clock import Moment
from models.domain.course_facts import MetricChoice
from models.domain.errors import Unknown
from models.domain.metric import MetricKind, stored_as
from models.measuring import has_number
from models.tables import Experiment, Metric

MOST = 100


async def metrics_of(session: AsyncSession, project_id: int) -> Sequence[Metric]:
    """What a criterion of the project may be about, the primary metric first."""
    return (await session.scalars(_in_order(project_id).limit(MOST))).all()


def _in_order(project_id: int) -> Select[Metric]:
    is_primary = case((Metric.kind == MetricKind.PRIMARY, 0), else_=1)
    return (
        select(Metric)
        .where(Metric.project_id == project_id)
        .order_by(is_primary, Metric.name, Metric.id)
    )


async def choices(session: AsyncSession, experiment: Experiment) -> tuple[MetricChoice, ...]:
    """The same for the form."""
    its = experiment.criterion_metric_id
    return tuple(
        MetricChoice(one.id, one.name, one.unit, one.id == its)
        for one in await metrics_of(session, experiment.project_id)
    )


async def set_criterion(
    session: AsyncSession, hand: InHand, metric_id: int | None, typed: float, *, at: Moment
) -> bool:
    """The value, as typed, of the metric (the primary one if none is named) that supports the hypothesis.

    Before the first measurement it is set in advance. After that, a criterion that is changed or set is kept
    as such. Returns whether it still counts as set in advance.

    Raises:
        Unknown: the project has no such metric.
        NotInUnit: the value is not in the metric's unit.
    """
    experiment = hand.experiment
    measures = _in_order(experiment.project_id).add_columns(has_number(experiment.id))
    if metric_id is not None:
        measures = measures.where(Metric.id == metric_id)
    found = (await session.execute(measures.limit(1))).one_or_none()
    if found is None:
        raise Unknown("This project has no such metric. Please open the form again.")
    metric, measured = found
    threshold = stored_as(typed, metric.unit)
    before = _written(experiment)
    same = (experiment.criterion_metric_id, experiment.criterion_threshold) == (
        metric.id,
        threshold,
    )
    if same:
        return not measured or experiment.criterion_edited_at is None
    if measured and before is not None:
        experiment.criterion_edited_at = at.now
    else:
        experiment.criterion_set_at = at.now
    experiment.criterion_metric, experiment.criterion_threshold = metric, threshold
    chronicle.record(
        session,
        "criterion_changed",
        project_id=experiment.project_id,
        by_id=hand.by.id,
        at=at.now,
        experiment=experiment.id,
        before=before,
        after={"metric": metric.name, "unit": metric.unit, "threshold": threshold},
        measured=measured,
    )
    return not measured


def _written(experiment: Experiment) -> dict[str, Any] | None:
    metric = experiment.criterion_metric
    if metric is None:
        return None
    threshold = experiment.criterion_threshold
    return {"metric": metric.name, "unit": metric.unit, "threshold": threshold}
