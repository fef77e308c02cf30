"""A scope change for tests, as `tests.rows` makes the others."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.scope_change import ScopeReason
from models.tables import Acknowledgement, Member, Project, ScopeChange
from tests.clock import MORNING
from tests.rows import DAY


async def make_scope_change(
    session: AsyncSession, project: Project, by: Member, told: Sequence[Member], **columns: Any
) -> ScopeChange:
    """One payment type in place of all; those who were `told` have not acknowledged it."""
    defaults = {
        "workspace_id": project.workspace_id,
        "project_id": project.id,
        "on": DAY,
        "before": "All payment types",
        "after": "Invoices only",
        "reason": ScopeReason.DATA,
        "because": "card payments come too late",
        "safe_to_build": ["The page with the list"],
        "by_id": by.id,
        "created_at": MORNING,
    }
    row = ScopeChange(**{**defaults, **columns})
    session.add(row)
    await session.flush()
    session.add_all(
        Acknowledgement(
            workspace_id=project.workspace_id,
            project_id=project.id,
            subject=f"scope:{row.id}",
            member_id=member.id,
            asked_on=row.on,
        )
        for member in told
    )
    await session.flush()
    return row
