"""What the clicks and forms of a project's page carry."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.ids import Click, Form
from models.domain.project import Role
from models.readiness import expectations
from models.tables import Acknowledgement, Member, Membership, Project
from tests.clock import MORNING


def expecting(session: AsyncSession, project: Project, told: Member, new: Member) -> None:
    """Two stakeholders: one was sent the expectations note, the other is new."""
    session.add_all(
        Membership(
            workspace_id=project.workspace_id,
            project_id=project.id,
            member_id=who.id,
            role=Role.STAKEHOLDER,
        )
        for who in (told, new)
    )
    session.add(
        Acknowledgement(
            workspace_id=project.workspace_id,
            project_id=project.id,
            subject=expectations(project.id),
            member_id=told.id,
            asked_on=MORNING.date(),
        )
    )


def of_projects(project_id: int) -> dict[str, dict[str, Any]]:
    """By id."""
    page = {"value": f"{project_id}|||"}
    about = {
        Click.PROJECT_ROLE: "designer",
        Click.PROJECT_STATUS: "on_hold",
        Click.GOVERNANCE_TRACK: "privacy",
        Click.CHARTER_TOPIC: "why",
        Click.GAP_FILL: "roles.leader",
    }
    clicks = (
        Click.PROJECT_GOAL,
        Click.PROJECT_PLAN,
        Click.PROJECT_STAGE,
        Click.THRESHOLDS,
        Click.EXPECTATIONS_SEND,
        Click.EXPECTATIONS_READ,
    )
    return {
        **{click: dict(page) for click in clicks},
        **{click: {"value": f"{project_id}|{what}||"} for click, what in about.items()},
        **_forms(project_id),
    }


def _forms(project_id: int) -> dict[str, dict[str, Any]]:
    goal = {"name": "Fraud watch", "business_goal": "Stop fraud"}
    thresholds = dict.fromkeys(
        (
            "decision_days",
            "production_values",
            "blocked_days",
            "review_days",
            "review_decision_days",
            "unmeasured_days",
            "silent_standups",
            "patience",
            "plateau_days",
            "idle_days",
            "unacknowledged_days",
        ),
        "4",
    )
    return {
        form: {"metadata": f"{project_id}|{about}||", "values": values}
        for form, about, values in (
            (Form.PROJECT_GOAL, "", goal),
            (
                Form.PROJECT_PLAN,
                "",
                {"touchpoint": (MORNING + timedelta(days=20)).date().isoformat()},
            ),
            (Form.PROJECT_STAGE, "", {"stage": "data", "reason": "The labels were wrong"}),
            (Form.PROJECT_ROLE, "designer", {"people": ["UBEN"]}),
            (Form.CHARTER, "why", {"problem": "Fraud is found too late"}),
            (Form.GOVERNANCE, "privacy", {"state": "done"}),
            (Form.THRESHOLDS, "", thresholds),
        )
    }
