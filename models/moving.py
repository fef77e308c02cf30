"""What else becomes of an experiment: it starts, rests, goes on, changes hands. All is in the chronicle.

All take an experiment that is in hand (`models.course.take`), with permission for just that.
"""

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import adopting, chronicle, handed, resting, stages
from models.course import InHand
from models.domain.clock import Moment
from models.domain.errands import Chore, Task
from models.domain.errors import BotError, DayIsPast
from models.domain.experiment import Category, experiment_key
from models.domain.experiment_facts import Link
from models.domain.moves import Move, after
from models.outbox import follow
from models.resting import Rest
from models.tables import Member

MOST_LINKS = 20


class CanNotOwn(BotError):
    """Guests and people who have left can't own an experiment. Please choose somebody else."""


class EnoughLinks(BotError):
    """That is as many links as one experiment holds. A page of your own can hold the rest."""


async def start(session: AsyncSession, hand: InHand, timebox_days: int, *, at: Moment) -> None:
    """What was for later runs from today on: its timebox begins."""
    experiment = hand.experiment
    experiment.status = after(experiment.status, Move.START)
    experiment.started_on, experiment.timebox_days = at.today, timebox_days
    key = experiment_key(experiment.project.key, experiment.number)
    project = experiment.project
    moved = await stages.begin(session, project, key, experiment.category, at)
    await stages.record_start(session, project, moved, experiment.id, by_id=hand.by.id, at=at)


def pause(session: AsyncSession, hand: InHand, rest: Rest, *, at: Moment) -> None:
    """Nobody asks about it until it goes on, by itself on the day that is named.

    Raises:
        DayIsPast: that day is today or before.
    """
    if rest.until is not None and rest.until <= at.today:
        raise DayIsPast("That day has come already. Choose a later one.")
    resting.rest(session, hand.experiment, rest, by=hand.by, at=at)


def resume(session: AsyncSession, hand: InHand, *, at: Moment) -> None:
    """It goes on today."""
    resting.end_rest(hand.experiment, at.today)
    hand.experiment.status = after(hand.experiment.status, Move.RESUME)
    _record(session, hand, "experiment_resumed", at)


async def hand_on(session: AsyncSession, hand: InHand, to: Member, *, at: Moment) -> None:
    """It is somebody else's from now on: they are told so, and asked about it.

    Raises:
        CanNotOwn: a guest, or somebody who has left.
    """
    if to.limited or not to.active:
        raise CanNotOwn
    experiment = hand.experiment
    before = experiment.owner
    if to.id == before.id:
        return
    experiment.owner_id = to.id
    _record(session, hand, "experiment_handed_on", at, before=before.name, after=to.name)
    await handed.tell(session, experiment, to, before=before, by=hand.by, now=at.now)


def categorise(session: AsyncSession, hand: InHand, category: Category, *, at: Moment) -> None:
    """It is another kind of work (S4-6)."""
    before, hand.experiment.category = hand.experiment.category, category
    if before is not category:
        names = {"before": before.value, "after": category.value}
        _record(session, hand, "experiment_categorised", at, **names)


def add_link(session: AsyncSession, hand: InHand, link: Link, *, at: Moment) -> None:
    """A run, a notebook, a report: where it is, and what it is. The same address again is renamed.

    Raises:
        EnoughLinks: it has as many as it holds.
    """
    others = [one for one in hand.experiment.links if one[0] != link.address]
    if len(others) >= MOST_LINKS:
        raise EnoughLinks
    hand.experiment.links = [*others, [link.address, link.what]]
    _record(session, hand, "experiment_linked", at, text=link.what)


async def keep(session: AsyncSession, hand: InHand, *, adopted: bool, at: Moment) -> None:
    """Whether the change is kept turned out after its conclusion; engineering is told (S4-2)."""
    if hand.experiment.adopted is adopted:
        return
    hand.experiment.adopted = adopted
    _record(session, hand, "experiment_adopted", at, adopted=adopted)
    if adopted:
        chore = Chore(task=Task.ADOPTED, number=hand.experiment.id)
        tell = partial(adopting.tell, session, hand.experiment, at.now)
        await follow(session, chore, at.now, tell)


def _record(session: AsyncSession, hand: InHand, kind: str, at: Moment, **data: Any) -> None:
    chronicle.record(
        session,
        kind,
        project_id=hand.experiment.project_id,
        by_id=hand.by.id,
        at=at.now,
        experiment=hand.experiment.id,
        **data,
    )
