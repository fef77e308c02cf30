"""What the clicks and forms of decisions and their conditions carry."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.ids import Click, Form
from models.tables import Condition, Member, Project
from tests.clock import MORNING
from tests.rows_decisions import make_condition, make_decision

LATER = (MORNING.date() + timedelta(days=5)).isoformat()


async def make_condition_of(session: AsyncSession, project: Project, owner: Member) -> Condition:
    """A go of the project depends on something that `owner` sees to."""
    return await make_condition(session, await make_decision(session, project, owner), owner)


def of_decisions(project_id: int, review_id: int, condition_id: int) -> dict[str, dict[str, Any]]:
    """By their ids."""
    finding = f"0|project:{project_id}"
    return {
        Click.MENU_DECIDE: {"channel": "C00000077"},
        Click.DECIDE: {"value": f"{project_id}"},
        Click.FINDING_DECIDE: {"value": f"{finding}|decision_due"},
        Click.FINDING_SCHEDULE: {"value": f"{finding}|waiting_review"},
        Click.CONDITION_MET: {"value": f"0|{condition_id}"},
        Form.CONDITION: {"metadata": f"0|{condition_id}", "values": {"evidence": "signed"}},
        Form.REVIEW_AGAIN: {"metadata": f"0|{review_id}", "values": {"due": LATER}},
    }
