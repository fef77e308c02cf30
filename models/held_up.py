"""What holds projects up as of a day: blockers, reviews not held, conditions not met; what was put off."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Date,
    Select,
    Text,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.db import Id, UtcDateTime
from models.domain.cadence import local_date
from models.domain.facts import Person
from models.domain.findings.kinds import Kind
from models.domain.findings.raising import Snooze as PutOff
from models.domain.findings.state import Blocker as OpenBlocker
from models.domain.findings.state import Condition as OpenCondition
from models.domain.findings.state import Review as OpenReview
from models.people import perhaps
from models.tables import Blocker, Condition, Decision, Member, Review, Snooze


@dataclass
class HeldUp:
    """What was read, by project id; blockers of experiments by the experiment's. What was put off, of all."""

    blockers: dict[int, list[OpenBlocker]] = field(default_factory=dict)
    of_projects: dict[int, list[OpenBlocker]] = field(default_factory=dict)
    reviews: dict[int, list[OpenReview]] = field(default_factory=dict)
    conditions: dict[int, list[OpenCondition]] = field(default_factory=dict)
    put_off: list[PutOff] = field(default_factory=list)


async def held_up(
    session: AsyncSession, ids: Collection[int], today: date, end: datetime, zone: ZoneInfo
) -> HeldUp:
    """Of these projects; `end` is the moment at which the day is over. One statement."""
    every = union_all(
        _blockers(ids, end), _reviews(ids, today, end), _conditions(ids, today), _put_off(today)
    ).subquery()
    found = await session.execute(
        select(every, Member)
        .outerjoin(Member, Member.id == every.c.owner_id)
        .order_by(every.c.what, every.c.id)
    )
    read = HeldUp()
    for *row, owner in found:
        _add(read, row, perhaps(owner), zone)
    return read


def _add(read: HeldUp, row: list[Any], owner: Person | None, zone: ZoneInfo) -> None:
    what, project_id, experiment_id, number, said, _, at, due, held_on = row
    match what:
        case "blocker":
            blocker = OpenBlocker(number, said, owner, local_date(at, zone))
            if experiment_id is None:
                read.of_projects.setdefault(project_id, []).append(blocker)
            else:
                read.blockers.setdefault(experiment_id, []).append(blocker)
        case "review":
            review = OpenReview(number, said, due, held_on)
            read.reviews.setdefault(project_id, []).append(review)
        case "put_off":
            subject, _, kind = said.partition(" ")
            read.put_off.append(PutOff(subject, Kind(kind), local_date(at, zone), due))
        case _:
            condition = OpenCondition(number, said, owner, due)
            read.conditions.setdefault(project_id, []).append(condition)


COLUMNS: dict[str, Any] = {
    "project_id": Id,
    "experiment_id": Id,
    "id": Id,
    "said": Text(),
    "owner_id": Id,
    "at": UtcDateTime(),
    "due": Date(),
    "held_on": Date(),
}


def _part(what: str, **columns: Any) -> Select[Any]:
    """All of one kind, in the same columns; what it has none of is empty."""
    # SQLite keeps days as text, and a CAST to DATE would make numbers of them.
    same = [
        (type_coerce(columns[name], kind) if name in columns else cast(null(), kind)).label(name)
        for name, kind in COLUMNS.items()
    ]
    return select(literal(what).label("what"), *same)


def _blockers(ids: Collection[int], end: datetime) -> Select[Any]:
    return _part(
        "blocker",
        project_id=Blocker.project_id,
        id=Blocker.id,
        said=Blocker.text,
        owner_id=Blocker.owner_id,
        experiment_id=Blocker.experiment_id,
        at=Blocker.opened_at,
    ).where(
        Blocker.project_id.in_(ids),
        Blocker.risk.is_(False),
        Blocker.opened_at < end,
        or_(Blocker.resolved_at.is_(None), Blocker.resolved_at >= end),
    )


def _reviews(ids: Collection[int], today: date, end: datetime) -> Select[Any]:
    """Those that were due and not held, or held and not decided."""
    decided = exists().where(Decision.review_id == Review.id, Decision.on <= today)
    return _part(
        "review",
        project_id=Review.project_id,
        id=Review.id,
        said=Review.kind,
        due=Review.due,
        held_on=Review.held_on,
    ).where(
        Review.project_id.in_(ids),
        Review.due <= today,
        Review.created_at < end,
        or_(Review.cancelled_on.is_(None), Review.cancelled_on > today),
        or_(Review.held_on.is_(None), Review.held_on > today, ~decided),
    )


def _conditions(ids: Collection[int], today: date) -> Select[Any]:
    """Those of a decision that no later one had replaced by then."""
    later = aliased(Decision)
    replaced = exists().where(later.supersedes_id == Decision.id, later.on <= today)
    return (
        _part(
            "condition",
            project_id=Decision.project_id,
            id=Condition.id,
            said=Condition.text,
            owner_id=Condition.owner_id,
            due=Condition.due,
        )
        .join(Condition, Condition.decision_id == Decision.id)
        .where(
            Decision.project_id.in_(ids),
            Decision.on <= today,
            Condition.due < today,
            or_(Condition.met_on.is_(None), Condition.met_on > today),
            ~replaced,
        )
    )


def _put_off(today: date) -> Select[Any]:
    """What nobody is to be reminded of yet: “experiment:12 silent”."""
    return _part(
        "put_off",
        id=Snooze.id,
        said=Snooze.subject + " " + type_coerce(Snooze.kind, Text),
        at=Snooze.created_at,
        due=Snooze.until,
    ).where(Snooze.until > today)
