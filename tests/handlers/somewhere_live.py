"""Live models, one with an open incident and one that ends, and what the clicks and forms about it carry."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.incidents import ref
from handlers.ids import Click, Form
from models.domain.decision import DecisionKind
from models.domain.project import Role, Stage
from models.domain.review import ReviewKind
from models.tables import Member, Membership, Workspace
from tests.rows import DAY, make_project, make_review
from tests.rows_decisions import make_decision
from tests.rows_live import make_end, make_incident


class LivePlace(NamedTuple):
    """A project with an open incident, and another one that is about to be retired."""

    incident_id: int
    notice_id: int
    ending_id: int


async def make_live_place(session: AsyncSession, workspace: Workspace, pm: Member) -> LivePlace:
    """Two projects of the PM's."""
    live = await make_project(session, workspace, key="LIVE")
    ending = await make_project(session, workspace, key="ENDING", stage=Stage.PRODUCTION)
    for project in (live, ending):
        of = {"workspace_id": workspace.id, "project_id": project.id, "member_id": pm.id}
        session.add(Membership(**of, role=Role.PM))
    notice = await make_end(session, ending, pm, [pm], stops_on=DAY)
    review = await make_review(session, ending, pm, kind=ReviewKind.DEPRECATION)
    await make_decision(session, ending, pm, kind=DecisionKind.GO, review_id=review.id)
    return LivePlace((await make_incident(session, live, pm)).id, notice.id, ending.id)


def of_live(project_id: int, place: LivePlace) -> dict[str, dict[str, Any]]:
    """By their ids; `project_id` is one without an incident and without an end."""
    incident_id, notice = place.incident_id, {"value": f"{place.notice_id}"}
    stops = {"stops_on": (DAY + timedelta(days=30)).isoformat(), "why": "cost"}
    seen = {"what": "Half of the alerts are wrong", "since": DAY.isoformat(), "cause": "unknown"}
    told = {"state": "open", "what": "Half of the alerts are wrong", "cause": "platform"}
    return {
        Click.INCIDENT_OPEN: {"value": ref(project_id)},
        Click.INCIDENT_TELL: {"value": f"{incident_id}"},
        Click.PARITY: {"value": f"{project_id}"},
        Form.PARITY: {
            "metadata": f"{project_id}",
            "values": {"experiment": "54", "product": "53.9"},
        },
        Click.END_CONFIRM: notice,
        Click.END_WITHDRAW: notice,
        Click.END_ANNOUNCE: {"value": f"{project_id}"},
        Click.END_RETIRE: {"value": f"{place.ending_id}"},
        Form.END: {
            "metadata": f"{project_id}",
            "values": stops | {"reason": "It costs too much", "instead": "The list"},
        },
        Form.INCIDENT: {"metadata": ref(project_id), "values": seen},
        Form.INCIDENT_TELL: {"metadata": f"{incident_id}", "values": told},
    }
