"""Blockers and risks of a project: the page, raising one outside the standup, and saying how one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import blockers, chronicle, notices
from models.blockers import InHand
from models.domain.errors import OwnerIsGone, Unknown
from models.domain.experiment import experiment_key, require_open
from models.domain.facts import Person
from models.domain.facts_blockers import BlockerLine, BlockersPage, RaiseFacts
from models.domain.notices import BlockerCleared, BlockerSaid
from models.domain.permissions import Action
from models.domain.standup import BlockerKind
from models.notices import ToTell
from models.people import meet, person
from models.permits import permit_about
from models.reading import readable
from models.search import AsOf
from models.tables import Blocker, Event, Experiment, Member, Project
from models.topics import blocker_facts

PER_PAGE = 8
"""Blockers that one page lists."""


class Step(StrEnum):
    """What is said about a blocker or a risk."""

    STAYS = "stays"
    ON_IT = "on_it"
    IN_THE_WAY = "in_the_way"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Raised:
    """What somebody says is in the way, or may come to be; `owner` (a Slack id) can clear it."""

    kind: BlockerKind
    text: str
    risk: bool
    owner: str | None = None


@dataclass(frozen=True)
class News:
    """How a blocker stands, with a word for who raised it; `owner` (a Slack id) is to clear it."""

    step: Step
    said: str | None = None
    owner: str | None = None


async def page(
    session: AsyncSession, project_id: int, as_of: AsOf, offset: int = 0
) -> BlockersPage:
    """What is open in a project: blockers first, then risks, the oldest first. At most three statements.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    project = await readable(session, project_id)
    raiser, owner = aliased(Member), aliased(Member)
    found = (
        await session.execute(
            select(Blocker, raiser, owner, Experiment, func.count().over())
            .join(raiser, raiser.id == Blocker.raised_by_id)
            .outerjoin(owner, owner.id == Blocker.owner_id)
            .outerjoin(Experiment, Experiment.id == Blocker.experiment_id)
            .where(Blocker.project_id == project_id, Blocker.resolved_at.is_(None))
            .order_by(Blocker.risk, Blocker.opened_at, Blocker.id)
            .offset(offset)
            .limit(PER_PAGE)
        )
    ).all()
    asked = await _asked(session, project_id, [row for row, *_ in found])
    return BlockersPage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        lines=tuple(
            BlockerLine(blocker_facts(row, project, of, raised, owns, as_of), asked.get(row.id))
            for row, raised, owns, of, _ in found
        ),
        offset=offset,
        total=found[0][4] if found else 0,
    )


async def _asked(
    session: AsyncSession, project_id: int, rows: Sequence[Blocker]
) -> dict[int, Person]:
    """Who was asked for help with those that were escalated, by blocker id; the chronicle knows."""
    first = min((row.escalated_at for row in rows if row.escalated_at), default=None)
    if first is None:
        return {}
    found = await session.execute(
        select(Event.data, Member)
        .join(Member, Member.id == Event.data["to"].as_integer())
        .where(Event.project_id == project_id, Event.at >= first, Event.kind == "blocker_escalated")
    )
    return {data["blocker"]: person(member) for data, member in found}


async def about(session: AsyncSession, ref: str, slack_id: str) -> RaiseFacts:
    """What “project:3” or “experiment:12” is, for the form.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: it is gone, or none that we made.
        ExperimentConcluded: nothing is in its way any more.
    """
    _, project, experiment = await _target(session, ref, slack_id)
    return RaiseFacts(
        ref,
        project.id,
        experiment_key(project.key, experiment.number) if experiment else project.key,
        experiment.title if experiment else project.name,
    )


async def _target(
    session: AsyncSession, ref: str, slack_id: str
) -> tuple[Member, Project, Experiment | None]:
    """What it is about, for somebody who may raise something there; one statement."""
    kind, _, number = ref.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Unknown
    about = {
        "project": select(Project).select_from(Project).where(Project.id == int(number)),
        "experiment": select(Project, Experiment)
        .select_from(Project)
        .join(Experiment, Experiment.project_id == Project.id)
        .where(Experiment.id == int(number)),
    }
    if kind not in about:
        raise Unknown
    by, found = await permit_about(
        session, about[kind], slack_id, Action.RAISE_BLOCKER, project=Project.id
    )
    if kind == "project":
        return by, found[0].Project, None
    require_open(found[0].Experiment.status)
    return by, found[0].Project, found[0].Experiment


async def raise_one(
    session: AsyncSession, ref: str, raised: Raised, slack_id: str, now: datetime
) -> Blocker:
    """A new blocker or risk of “project:3” or “experiment:12”; who can clear it is told.

    Raises:
        Unknown, ExperimentConcluded: as `about`.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        OwnerIsGone: who could clear it has left.
    """
    by, project, experiment = await _target(session, ref, slack_id)
    owner = await meet(session, raised.owner, "", now) if raised.owner else None
    _require_here(owner)
    row = Blocker(
        workspace_id=project.workspace_id,
        project_id=project.id,
        experiment_id=experiment.id if experiment else None,
        kind=raised.kind,
        text=raised.text,
        risk=raised.risk,
        raised_by_id=by.id,
        owner_id=owner.id if owner else None,
        opened_at=now,
    )
    session.add(row)
    await session.flush()
    kind = "risk_raised" if raised.risk else "blocker_opened"
    chronicle.record(session, kind, project_id=project.id, by_id=by.id, at=now, blocker=row.id)
    if blockers.has_other_owner(row):
        await notices.give(session, [blockers.to_clear(row)], now)
    if not row.risk:
        await blockers.show(session, row, (), now)
    return row


def _require_here(owner: Member | None) -> None:
    if owner is not None and not owner.active:
        raise OwnerIsGone(
            f"{owner.name} can't be asked here any more. Please choose somebody else."
        )


async def change(
    session: AsyncSession, blocker_id: int, slack_id: str, news: News, now: datetime
) -> Blocker:
    """Say how a blocker or a risk stands; who raised it is told what was said (S3-3).

    Whoever is “on it” is the one to clear it from now on. A risk that has come to be in the way is a
    blocker from this moment on: it ages from here.

    Raises:
        Unknown: it is gone, or cleared already.
        MayNotClear: somebody else's.
        OwnerIsGone: who is to clear it has left.
    """
    hand = await blockers.mine(session, blocker_id, slack_id, to=news.owner or "")
    row, me, to = hand
    if news.owner and to is None:
        to = await meet(session, news.owner, "", now)
    _require_here(to)
    before = row.owner_id
    _take_step(row, me, to, news, now)
    changed = row.owner_id != before or news.step is Step.IN_THE_WAY
    told = await notices.settle(session, _settled(row, news, changed=changed), now)
    await notices.give(session, _to_tell(hand, news, changed=changed), now)
    _write(session, row, me, news, now)
    await blockers.show(session, row, told, now)
    return row


def _take_step(row: Blocker, me: Member, to: Member | None, news: News, now: datetime) -> None:
    """What the step changes in the row."""
    if to is not None and to.id != row.owner_id:
        row.owner_id, row.acknowledged_at = to.id, None
    if news.said:
        row.said, row.said_at = news.said, now
    match news.step:
        case Step.ON_IT:
            row.owner_id, row.acknowledged_at = me.id, row.acknowledged_at or now
        case Step.IN_THE_WAY if row.risk:
            row.risk, row.opened_at, row.acknowledged_at = False, now, None
        case Step.CLEARED:
            row.resolved_at = now
        case _:
            pass


def _settled(row: Blocker, news: News, *, changed: bool) -> list[str]:
    if news.step is Step.CLEARED:
        return blockers.subjects(row.id)
    asks_no_more = changed or news.step is Step.ON_IT
    first = [blockers.subject(row.id)] if asks_no_more else []
    return [*first, *([blockers.said_subject(row.id)] if news.said else [])]


def _to_tell(hand: InHand, news: News, *, changed: bool) -> list[ToTell]:
    """Its owner, if that is somebody new or it has become one; who raised it, if something was said."""
    row, me, _ = hand
    given: list[ToTell] = []
    if changed and row.owner_id not in (None, me.id) and news.step is not Step.CLEARED:
        given.append(blockers.to_clear(row))
    if me.id != row.raised_by_id:
        if news.step is Step.CLEARED:
            cleared = BlockerCleared(blocker_id=row.id)
            given.append(ToTell(row.workspace_id, row.raised_by_id, cleared))
        elif news.said:
            said = BlockerSaid(blocker_id=row.id, by_name=me.name)
            given.append(ToTell(row.workspace_id, row.raised_by_id, said))
    return given


KINDS = {
    Step.CLEARED: "blocker_resolved",
    Step.IN_THE_WAY: "risk_became_blocker",
    Step.ON_IT: "blocker_taken",
}


def _write(session: AsyncSession, row: Blocker, me: Member, news: News, now: datetime) -> None:
    kind = KINDS.get(news.step, "blocker_said")
    chronicle.record(session, kind, project_id=row.project_id, by_id=me.id, at=now, blocker=row.id)
