"""The product's number beside the experiment's: two measurements of the same data (S4-12)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.clock import Moment
from models.domain.errors import NothingToMeasure
from models.domain.experiment import Split
from models.domain.messages_reviews import ReviewCard, ReviewChecklist
from models.domain.parity import Parity, ParityFacts
from models.domain.permissions import Action
from models.domain.review import ReviewKind, ReviewState
from models.measuring import Reading, number_of
from models.outbox import Post, refresh_all
from models.permits import permit
from models.reading import readable
from models.tables import Member, Metric, Review
from models.walking import Walked, walked

ASK = (ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT)
"""Reviews whose checklist asks for it."""


@dataclass(frozen=True)
class Pair:
    """Both numbers as they are stored, and where they are written down."""

    experiment: float
    product: float
    url: str | None = None


class InHand(NamedTuple):
    """The metric with its walk, and who measures."""

    metric: Metric
    walk: Walked
    by: Member


async def take(session: AsyncSession, project_id: int, slack_id: str, today: date) -> InHand:
    """The project's primary metric, for somebody who may add a number; three statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        NothingToMeasure: it has no metric yet.
    """
    by = await permit(session, slack_id, Action.ADD_NUMBER, project_id=project_id)
    walk = (await walked(session, [project_id], today)).get(project_id)
    if walk is None:
        raise NothingToMeasure
    return InHand(walk.metric, walk, by)


async def facts(session: AsyncSession, project_id: int, slack_id: str, today: date) -> ParityFacts:
    """What the form knows beforehand; four statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed, NothingToMeasure: see `take`.
        Unknown: there is no such project.
    """
    metric, walk, _ = await take(session, project_id, slack_id, today)
    project = await readable(session, project_id)
    return ParityFacts(
        project_id=project.id,
        name=project.name,
        metric_name=metric.name,
        unit=metric.unit,
        best=walk.progress.best,
        min_delta=metric.min_delta,
        assumed=metric.min_delta_assumed,
    )


async def compare(session: AsyncSession, hand: InHand, pair: Pair, at: Moment) -> Parity:
    """Store the product's number beside the experiment's; open reviews that ask for it say so at once."""
    metric = hand.metric
    read = Reading(pair.product, split=Split.SHADOW, url=pair.url)
    version = hand.walk.benchmark.version
    row = number_of(metric, version, read, None, by_id=hand.by.id, at=at)
    row.beside = pair.experiment
    session.add(row)
    await session.flush()
    reviews = await session.scalars(
        select(Review.id).where(
            Review.project_id == metric.project_id,
            Review.kind.in_(ASK),
            Review.state == ReviewState.OPEN,
        )
    )
    shown = [
        Post(what, "")
        for one in reviews
        for what in (ReviewCard(review_id=one), ReviewChecklist(review_id=one))
    ]
    await refresh_all(session, shown, now=at.now)
    return Parity(pair.experiment, pair.product, metric.min_delta, metric.min_delta_assumed)
