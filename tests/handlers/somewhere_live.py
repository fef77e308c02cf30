"""A live model with an open incident, and what the clicks and forms about it carry."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.incidents import ref
from handlers.ids import Click, Form
from models.domain.project import Role
from models.tables import Member, Membership, Workspace
from tests.rows import DAY, make_project
from tests.rows_live import make_incident


async def make_live_place(session: AsyncSession, workspace: Workspace, pm: Member) -> int:
    """The id of the incident, of a project of its own."""
    project = await make_project(session, workspace, key="LIVE")
    of = {"workspace_id": workspace.id, "project_id": project.id, "member_id": pm.id}
    session.add(Membership(**of, role=Role.PM))
    return (await make_incident(session, project, pm)).id


def of_live(project_id: int, incident_id: int) -> dict[str, dict[str, Any]]:
    """By their ids; `project_id` is one without an incident."""
    seen = {"what": "Half of the alerts are wrong", "since": DAY.isoformat(), "cause": "unknown"}
    told = {"state": "open", "what": "Half of the alerts are wrong", "cause": "platform"}
    return {
        Click.INCIDENT_OPEN: {"value": ref(project_id)},
        Click.INCIDENT_TELL: {"value": f"{incident_id}"},
        Form.INCIDENT: {"metadata": ref(project_id), "values": seen},
        Form.INCIDENT_TELL: {"metadata": f"{incident_id}", "values": told},
    }
