"""What follows from a decision: the project's status, and where a go leads (domain §2.3, §4.1)."""

from models.domain.decision import GOES_ON, DecisionKind
from models.domain.project import ProjectStatus, Stage
from models.domain.review import ReviewKind
from models.domain.stages import STAGES, following


def status_after(
    kind: DecisionKind, status: ProjectStatus, of: ReviewKind | None = None
) -> ProjectStatus:
    """The project's status once this is decided, in a review of the kind `of` or without one.

    *Stop* ends it, *hold* lets it rest; what goes on is active again, also after a stop: only a decision
    takes that back. A launch check that holds its launch holds nothing else. A retired project stays so.
    """
    if status is ProjectStatus.RETIRED:
        return status
    if kind is DecisionKind.STOP:
        return ProjectStatus.STOPPED
    if kind is DecisionKind.HOLD:
        return status if of is ReviewKind.DEPLOYMENT else ProjectStatus.ON_HOLD
    return ProjectStatus.ACTIVE if kind in GOES_ON else status


def stage_after(kind: DecisionKind, stage: Stage, *, of: ReviewKind | None = None) -> Stage | None:
    """The stage that a go leads to; None where it moves nothing.

    Outside a checklist, and in a project review, a go is for the next stage until the model is live. Those
    of a hand-over and of a launch check lead from readiness to deployment, whichever comes last; that of a
    retirement review out of production.
    What the move still lacks is another question (`models.domain.stages`).
    """
    if kind is not DecisionKind.GO:
        return None
    match of:
        case None | ReviewKind.PROJECT:
            is_live = STAGES.index(stage) >= STAGES.index(Stage.PRODUCTION)
            return None if is_live else following(stage)
        case ReviewKind.HANDOVER | ReviewKind.DEPLOYMENT:
            return Stage.DEPLOYMENT if stage is Stage.READINESS else None
        case ReviewKind.DEPRECATION:
            return Stage.DEPRECATION if stage is Stage.PRODUCTION else None
        case _:
            return None


def waits_for(kind: DecisionKind, stage: Stage, of: ReviewKind | None) -> ReviewKind | None:
    """The review whose go is needed as well before a launch: of hand-over and launch check the other one."""
    if kind is not DecisionKind.GO or stage is not Stage.READINESS:
        return None
    other = {
        ReviewKind.HANDOVER: ReviewKind.DEPLOYMENT,
        ReviewKind.DEPLOYMENT: ReviewKind.HANDOVER,
    }
    return None if of is None else other.get(of)
