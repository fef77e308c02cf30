"""What was decided: as it is announced and listed. `models.decisions` writes it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models.addresses import address
from models.domain.deciding import waits_for
from models.domain.decision_facts import ConditionFacts, DecisionFacts, Replacement
from models.domain.errors import Unknown
from models.domain.leadership_facts import archived, spot
from models.domain.messages import DecisionMade
from models.outbox import standing
from models.people import person
from models.tables import Condition, Decision, Member, Project, Review

SHOWN = 5


async def facts(session: AsyncSession, decision_id: int) -> DecisionFacts:
    """One decision, as it is announced, with the way to the one that has replaced it.

    Raises:
        Unknown: it is gone.
    """
    found, _ = await _read(session, Decision.id == decision_id, most=1)
    if not found:
        raise Unknown
    one = found[0]
    if one.replaced_by is None:
        return one
    later = select(Decision.id).where(Decision.supersedes_id == decision_id)
    link = await _announced(session, await session.scalar(later))
    return replace(one, replaced_by=replace(one.replaced_by, link=link))


async def _announced(session: AsyncSession, decision_id: int | None) -> str | None:
    """Where a decision was announced; None where that can't be linked (yet)."""
    home = address(session)
    if decision_id is None or not home:
        return None
    stands = (await standing(session, DecisionMade(decision_id=decision_id).subject)).spot
    return stands and archived(home, spot(stands.channel, stands.ts))


class Newest:
    """A project's newest decision, without its conditions, read in a statement about the project."""

    def __init__(self) -> None:
        before, later, other = aliased(Decision), aliased(Decision), aliased(Decision)
        newest = (
            select(other.id)
            .where(other.project_id == Project.id)
            .order_by(other.on.desc(), other.id.desc())
            .limit(1)
            .correlate(Project)
            .scalar_subquery()
        )
        self.columns: tuple[Any, ...] = (Decision, Review, before, later)
        self.of_project: tuple[Any, Any] = (Decision, Decision.id == newest)
        self.of_review: tuple[Any, Any] = (Review, Review.id == Decision.review_id)
        self.of_before: tuple[Any, Any] = (before, before.id == Decision.supersedes_id)
        self.of_later: tuple[Any, Any] = (later, later.supersedes_id == Decision.id)
        self.by = joinedload(Decision.by)

    @staticmethod
    def facts(project: Project, found: Sequence[Any]) -> DecisionFacts | None:
        """The decision from its columns; None where nothing is decided."""
        row, *others = found
        return None if row is None else _facts((row, project, *others, 1), ())


async def of_project(
    session: AsyncSession, project_id: int, most: int = SHOWN, *, standing: bool = False
) -> tuple[tuple[DecisionFacts, ...], int]:
    """The project's newest decisions, and how many more there are; two statements.

    With `standing`, only those that no later one replaces.
    """
    later = aliased(Decision)
    wanted = [Decision.project_id == project_id]
    if standing:
        wanted.append(~exists().where(later.supersedes_id == Decision.id))
    return await _read(session, *wanted, most=most)


async def _read(
    session: AsyncSession, *wanted: Any, most: int
) -> tuple[tuple[DecisionFacts, ...], int]:
    found = await _rows(session, wanted, most)
    conditions = await conditions_of(session, [row.id for row, *_ in found])
    decisions = tuple(_facts(row, conditions.get(row[0].id, ())) for row in found)
    return decisions, (found[0][-1] - len(found) if found else 0)


async def _rows(session: AsyncSession, wanted: Sequence[Any], most: int) -> Sequence[Any]:
    """Each with its project, review, what it replaces and is replaced by; and how many there are."""
    before, later = aliased(Decision), aliased(Decision)
    statement = (
        select(Decision, Project, Review, before, later, func.count().over())
        .join(Project, Project.id == Decision.project_id)
        .outerjoin(Review, Review.id == Decision.review_id)
        .outerjoin(before, before.id == Decision.supersedes_id)
        .outerjoin(later, later.supersedes_id == Decision.id)
        .where(*wanted)
        .order_by(Decision.on.desc(), Decision.id.desc())
        .limit(most)
        .options(joinedload(Decision.by, innerjoin=True))
    )
    return (await session.execute(statement)).all()


async def conditions_of(
    session: AsyncSession, decision_ids: Sequence[int]
) -> dict[int, list[ConditionFacts]]:
    """The conditions of these decisions, by decision; one statement."""
    found = await session.execute(
        select(Condition, Member)
        .join(Member, Member.id == Condition.owner_id)
        .where(Condition.decision_id.in_(decision_ids))
        .order_by(Condition.id)
    )
    by_decision: dict[int, list[ConditionFacts]] = {}
    for row, owner in found:
        by_decision.setdefault(row.decision_id, []).append(
            ConditionFacts(row.id, row.text, person(owner), row.due, row.met_on, row.evidence)
        )
    return by_decision


def replacement(later: Decision | None) -> Replacement | None:
    """The decision that has taken another one's place, if any has."""
    return None if later is None else Replacement(later.kind, later.on)


def _facts(found: Sequence[Any], conditions: Sequence[ConditionFacts]) -> DecisionFacts:
    row, project, review, before, later, _ = found
    kept = row.evidence
    return DecisionFacts(
        project_name=project.name,
        kind=row.kind,
        reason=row.reason,
        by=person(row.by),
        on=row.on,
        next_on=row.next_on,
        link=row.link,
        decision_id=row.id,
        of=review.kind if review else None,
        differs=bool(kept.get("differs")),
        recommended=row.recommended,
        lacking=tuple(str(one) for one in kept.get("lacking", ())),
        evidence=kept.get("said"),
        dissent=row.dissent,
        replaces=(before.kind, before.on) if before else None,
        replaced_by=replacement(later),
        waits_for=waits_for(row.kind, project.stage, review.kind if review else None),
        conditions=tuple(conditions),
    )
