"""The made-up quarter's reviews and what was decided in them, as rows."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.decision import DecisionKind
from models.domain.review import ReviewKind, ReviewState
from models.tables import Condition, Decision, Member, Project, Review
from tests.scenarios import day, scenarios


async def write_reviews(
    session: AsyncSession, projects: dict[str, Project], members: dict[str, Member]
) -> None:
    """All of them; each decision is of the day on which its review was held."""
    workspace_id = next(iter(projects.values())).workspace_id
    start = _noon(scenarios()["meta"]["calendar"]["start"])
    for one in scenarios()["reviews"]:
        of = projects.get(one["project"])
        review = Review(
            workspace_id=workspace_id,
            project_id=of and of.id,
            kind=ReviewKind(one["kind"]),
            state=ReviewState(one["status"]),
            due=day(one["due"]),
            held_on=day(one["held"]),
            created_at=start,
        )
        session.add(review)
        await session.flush()
        for key, said in _decided(one):
            await _decide(session, review, projects[key], members, said)


def _decided(of: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What was decided, by project; in a project review by nobody in particular: by the PM."""
    if of["project"] is None:
        return [(one["project"], one | {"by": "maya"}) for one in of["per_project"]]
    return [(of["project"], of["decision"])] if "decision" in of else []


async def _decide(
    session: AsyncSession,
    review: Review,
    project: Project,
    members: dict[str, Member],
    said: dict[str, Any],
) -> None:
    held = review.held_on
    assert held is not None
    decision = Decision(
        workspace_id=review.workspace_id,
        project_id=project.id,
        review_id=review.id,
        kind=DecisionKind(said["kind"]),
        reason=said["reason"],
        by_id=members[said["by"]].id,
        on=held,
        at=_noon(str(held)),
    )
    session.add(decision)
    await session.flush()
    session.add_all(
        Condition(
            workspace_id=review.workspace_id,
            decision_id=decision.id,
            item=one["item"],
            text=one["text"],
            owner_id=members[one["owner"]].id,
            due=day(one["due"]),
            met_on=day(one["met"]),
        )
        for one in said.get("conditions", ())
    )


def _noon(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(12, tzinfo=UTC))
