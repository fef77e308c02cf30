"""How projects are worded: roles, stages, states, dates (domain §3.6)."""

from handlers.blocks import words
from handlers.blocks.text import shortened
from models.domain.facts import Numbers
from models.domain.metric import written
from models.domain.project import (
    GovernanceKind,
    GovernanceState,
    ProjectStatus,
    RiskTier,
    Role,
    Serving,
)
from models.domain.project_facts import GovernanceFacts, Plan

ROLE = {
    Role.PM: "Project manager",
    Role.DATA_SCIENTIST: "Data scientist",
    Role.ML_ENGINEER: "ML engineer",
    Role.DATA_ENGINEER: "Data engineer",
    Role.DEVOPS: "Operations",
    Role.SOFTWARE_ENGINEER: "Software engineer",
    Role.DESIGNER: "Designer",
    Role.ANALYST: "Analyst",
    Role.LEADER: "Leader",
    Role.STAKEHOLDER: "Stakeholder",
    Role.PRIVACY: "Privacy",
    Role.LEGAL: "Legal",
    Role.COMPLIANCE: "Compliance",
    Role.VALIDATION: "Validation",
}
DOES = {
    Role.PM: "runs it: goal, plan, decisions",
    Role.DATA_SCIENTIST: "tries what might work",
    Role.ML_ENGINEER: "brings the model into the product",
    Role.DATA_ENGINEER: "sees to the data's way in",
    Role.DEVOPS: "runs it, day and night",
    Role.SOFTWARE_ENGINEER: "builds what is around it",
    Role.DESIGNER: "designs what its users see",
    Role.ANALYST: "measures what it does",
    Role.LEADER: "clears the way, gives resources",
    Role.STAKEHOLDER: "needs the result, or speaks for those who do",
    Role.PRIVACY: "sees to privacy",
    Role.LEGAL: "sees to contracts and law",
    Role.COMPLIANCE: "sees to rules of the trade",
    Role.VALIDATION: "checks that it is fair and robust",
}
STATUS = {
    ProjectStatus.ACTIVE: "active",
    ProjectStatus.ON_HOLD: "on hold",
    ProjectStatus.STOPPED: "stopped",
    ProjectStatus.RETIRED: "retired",
}
TRACK = {
    GovernanceKind.PRIVACY: "Privacy",
    GovernanceKind.COMPLIANCE: "Compliance",
    GovernanceKind.LEGAL: "Legal",
    GovernanceKind.VALIDATION: "Validation",
}
STATE = {
    GovernanceState.NOT_STARTED: "Not started",
    GovernanceState.UNDER_WAY: "Under way",
    GovernanceState.DONE: "Done",
    GovernanceState.NOT_NEEDED: "Not needed",
}
RISK = {
    RiskTier.LOW: "Low: a nuisance at worst",
    RiskTier.MEDIUM: "Medium: it costs money or trust",
    RiskTier.HIGH: "High: it can harm people",
}
SERVING = {Serving.BATCH: "Batch, by a schedule", Serving.REAL_TIME: "Real time, when asked"}


def in_text(role: Role) -> str:
    """A role within a sentence: “data scientist”, “ML engineer”."""
    word = ROLE[role]
    return word if word[:2].isupper() else f"{word[0].lower()}{word[1:]}"


def estimate(plan: Plan) -> str:
    """“between 30 Nov 2026 and 28 Feb 2027”."""
    if plan.earliest is None or plan.latest is None:
        return "not estimated yet"
    return f"between {words.full_day(plan.earliest)} and {words.full_day(plan.latest)}"


def stop_mark(plan: Plan, numbers: Numbers | None) -> str:
    """“50 of 100 by 18 Dec 2026, or it ends”."""
    if plan.stop is None or plan.stop_by is None:
        return "none yet"
    value = words.also(numbers, plan.stop) if numbers else written(plan.stop, "")
    return f"{value} by {words.full_day(plan.stop_by)}, or it ends"


def track(one: GovernanceFacts) -> str:
    """“under way (Ana)”."""
    owner = f" ({shortened(one.owner.name, 40)})" if one.owner else ""
    return f"{STATE[one.state].lower()}{owner}"
