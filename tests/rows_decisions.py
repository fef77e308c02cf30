"""Rows of decisions and their conditions."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.decision import DecisionKind
from models.tables import Condition, Decision, Member, Project
from tests.clock import MORNING

DAY = MORNING.date()


async def make_decision(session: AsyncSession, of: Project, by: Member, **columns: Any) -> Decision:
    """That the project waits for the labels."""
    defaults = {
        "workspace_id": of.workspace_id,
        "project_id": of.id,
        "by_id": by.id,
        "kind": DecisionKind.HOLD,
        "reason": "The labels come in May",
        "on": DAY,
        "at": MORNING,
        "link": "https://lab.slack.com/archives/C1/p1",
        "next_on": date(2026, 5, 5),
    }
    row = Decision(**{**defaults, **columns})
    session.add(row)
    await session.flush()
    return row


async def make_condition(
    session: AsyncSession, decision: Decision, owner: Member, **columns: Any
) -> Condition:
    """A contract that is to be signed within two weeks."""
    defaults = {
        "workspace_id": decision.workspace_id,
        "decision_id": decision.id,
        "item": "data_contract",
        "text": "Contract signed",
        "owner_id": owner.id,
        "due": DAY + timedelta(days=14),
    }
    row = Condition(**{**defaults, **columns})
    session.add(row)
    await session.flush()
    return row
