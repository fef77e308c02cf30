"""What a project still lacks: roles, agreements, answers, governance, dates (S3-5).

A gap is something to fill, not a fault; it is shown from the stage on in which it matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.domain import charter
from models.domain.project import GovernanceKind, GovernanceState, Role, Stage
from models.domain.stages import STAGES, Record, has_makers

FAR = timedelta(weeks=6)
"""A touchpoint further away than this is as good as none (S0-28)."""
ENDED = (Stage.PRODUCTION, Stage.DEPRECATION)


class Part(StrEnum):
    """Where a gap is filled: a part of the project's page."""

    ROLES = "roles"
    CHARTER = "charter"
    GOVERNANCE = "governance"
    PLAN = "plan"
    NUMBERS = "numbers"
    EXPECTATIONS = "expectations"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in words. `about` is what of the part: a role, a topic, a track."""

    part: Part
    said: str
    about: str = ""


@dataclass(frozen=True)
class Dates:
    """A project's dates, as far as gaps ask for them."""

    touchpoint: date | None = None
    estimated: bool = False
    stop: bool = False


WANTED = {
    Role.PM: (Stage.CONCEPTION, "Nobody runs it yet (project manager)"),
    Role.STAKEHOLDER: (Stage.CONCEPTION, "Nobody speaks for those who will use it (stakeholder)"),
    Role.LEADER: (Stage.CONCEPTION, "No leader is named who can clear the way"),
    Role.DATA_ENGINEER: (Stage.DATA, "Nobody looks after the data's way in (data engineer)"),
    Role.ML_ENGINEER: (Stage.PROTOTYPE, "Nobody will bring it into the product (ML engineer)"),
    Role.DESIGNER: (Stage.DEVELOPMENT, "Nobody designs what its users see (designer)"),
    Role.SOFTWARE_ENGINEER: (Stage.DEVELOPMENT, "Nobody builds the product side (engineer)"),
    Role.DEVOPS: (Stage.READINESS, "Nobody will run it (operations)"),
}
"""Roles that somebody should hold, from which stage on, and what is said while nobody does (S2-16)."""
OF_TRACK = {
    GovernanceKind.PRIVACY: Role.PRIVACY,
    GovernanceKind.COMPLIANCE: Role.COMPLIANCE,
    GovernanceKind.LEGAL: Role.LEGAL,
    GovernanceKind.VALIDATION: Role.VALIDATION,
}


def gaps(stage: Stage, record: Record, dates: Dates, today: date) -> tuple[Gap, ...]:
    """What is missing by this stage: people first, then what they agree on, then the rest."""
    return (
        *_roles(stage, record),
        *_agreements(record),
        *_dates(stage, dates, today),
        *_answers(stage, record),
        *_governance(stage, record),
    )


def _by(stage: Stage, from_stage: Stage) -> bool:
    return STAGES.index(stage) >= STAGES.index(from_stage)


def _roles(stage: Stage, record: Record) -> Iterator[Gap]:
    for role, (since, said) in WANTED.items():
        if _by(stage, since) and role not in record.roles:
            yield Gap(Part.ROLES, said, role.value)
    if not has_makers(record):
        yield Gap(Part.ROLES, "Nobody technical is in it yet", Role.DATA_SCIENTIST.value)


def _agreements(record: Record) -> Iterator[Gap]:
    if not record.expectations_sent:
        yield Gap(Part.EXPECTATIONS, "The stakeholders have not had the expectations note")
    if not record.baseline:
        yield Gap(Part.NUMBERS, "No number says yet when it is good enough")
    elif not record.agreed:
        yield Gap(Part.NUMBERS, "What is good enough is proposed, not agreed")


def _dates(stage: Stage, dates: Dates, today: date) -> Iterator[Gap]:
    if dates.touchpoint is None:
        yield Gap(Part.PLAN, "No next touchpoint: when does somebody decide?")
    elif dates.touchpoint < today:
        yield Gap(Part.PLAN, "The touchpoint is past: when is the next one?")
    elif dates.touchpoint - today > FAR:
        yield Gap(Part.PLAN, "The next touchpoint is more than six weeks away")
    if stage in ENDED:
        return
    if not dates.estimated:
        yield Gap(Part.PLAN, "No estimate: earliest and latest")
    if not dates.stop:
        yield Gap(Part.PLAN, "No stop mark: which value by when, or it ends?")


def _answers(stage: Stage, record: Record) -> Iterator[Gap]:
    """This stage's open questions; from *prototype* on those of earlier ones about production, too (S2-1)."""
    late = _by(stage, Stage.PROTOTYPE)
    for topic in charter.in_order(stage):
        if topic.stage is not stage and not (late and charter.is_due(topic, stage)):
            continue
        left = charter.open_questions([topic], record.answered)
        if topic.stage is not stage:
            left = tuple(one for one in left if one.production)
        if left:
            words = ", ".join(one.short for one in left)
            yield Gap(Part.CHARTER, f"{topic.label}: {words}", topic.key)


def _governance(stage: Stage, record: Record) -> Iterator[Gap]:
    for kind, role in OF_TRACK.items():
        track = record.track(kind)
        if track.state is GovernanceState.NOT_NEEDED:
            continue
        if not track.owned and role not in record.roles:
            yield Gap(Part.GOVERNANCE, f"Nobody looks after {kind.value}", kind.value)
        elif track.state is GovernanceState.NOT_STARTED and _by(stage, Stage.PROTOTYPE):
            yield Gap(
                Part.GOVERNANCE, f"{kind.value.capitalize()} has not been started", kind.value
            )
