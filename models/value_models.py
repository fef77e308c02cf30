"""Value models: what a primary metric is worth in money, said by people, read back as ranges."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.metric import MetricKind
from models.domain.permissions import Action, may
from models.domain.value import Money, ValueModel, barely_moved, value_model_of
from models.domain.worth import Worth, gains_of, whole
from models.permits import permit_about
from models.reading import readable, standing_of
from models.tables import Member, Metric, Project
from models.walking import Walked, walked


async def page(session: AsyncSession, project_id: int, slack_id: str, today: date) -> Worth:
    """What a project is worth as of a day, for somebody; four statements.

    Raises:
        Unknown: see `models.reading.readable`.
        NotMetYet: see `models.reading.standing_of`.
    """
    project = await readable(session, project_id)
    _, standing = await standing_of(session, project_id, slack_id)
    may_change = may(Action.CHANGE_PROJECT, standing)
    walk = (await walked(session, [project_id], today)).get(project_id)
    if walk is None:
        return Worth(project.id, project.key, project.name, may_change)
    return _worth(project, walk, may_change=may_change)


def _worth(project: Project, walk: Walked, *, may_change: bool) -> Worth:
    metric, progress = walk.metric, walk.progress
    baseline, needed = progress.mark.baseline, progress.mark.acceptance
    model = value_model_of(metric.value_model) if metric.value_model else None
    best = progress.best if progress.best != baseline else None
    counted = [one.value for one in progress.counted]
    return Worth(
        project_id=project.id,
        key=project.key,
        name=project.name,
        may_change=may_change,
        metric_id=metric.id,
        metric_name=metric.name,
        unit=metric.unit,
        goal=metric.goal,
        baseline=baseline,
        best=best,
        unconfirmed=any(one.value == progress.best for one in progress.to_confirm),
        acceptance=needed,
        model=model,
        now=_uplift(metric, best, baseline),
        needed=_uplift(metric, needed, baseline),
        whole=None if model is None else whole(model, progress.best),
        gains=gains_of(progress.counted, progress.mark.effective, effort=project.effort_per_week),
        barely=model is not None and barely_moved(model, counted, baseline, metric.goal),
    )


def _uplift(metric: Metric, value: float | None, baseline: float) -> Money | None:
    """The smaller end first; None where there is no value, or nobody has said what it is worth."""
    if value is None or not metric.value_model:
        return None
    return value_model_of(metric.value_model).uplift(value, baseline, metric.goal).in_order()


class InHand(NamedTuple):
    """A project's primary metric, and who says what it is worth."""

    metric: Metric
    by: Member


async def take(session: AsyncSession, project_id: int, slack_id: str) -> InHand:
    """The primary metric, for somebody who may say what it is worth; one statement.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit_about`.
        Unknown: the project has none.
    """
    about = (
        select(Metric)
        .select_from(Metric)
        .where(Metric.project_id == project_id, Metric.kind == MetricKind.PRIMARY)
        .with_for_update(of=Metric)
    )
    try:
        by, found = await permit_about(
            session, about, slack_id, Action.CHANGE_PROJECT, project=Metric.project_id
        )
    except Unknown as error:
        raise Unknown("There is no number yet that it could be worth something by.") from error
    return InHand(found[0].Metric, by)


def say(session: AsyncSession, hand: InHand, model: ValueModel, *, at: Moment) -> None:
    """The primary metric is worth this from now on."""
    metric, by = hand
    before, metric.value_model = metric.value_model, model.model_dump(mode="json")
    chronicle.record(
        session,
        chronicle.VALUE_SAID,
        project_id=metric.project_id,
        by_id=by.id,
        at=at.now,
        metric=metric.id,
        changes={"value_model": [before, metric.value_model]},
    )
