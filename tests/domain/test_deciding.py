"""What follows from a decision, one by one (domain §2.3, §4.1)."""

import pytest

from models.domain.deciding import stage_after, status_after, waits_for
from models.domain.decision import DecisionKind
from models.domain.project import ProjectStatus, Stage
from models.domain.review import ReviewKind

ACTIVE, HOLD, STOPPED, RETIRED = ProjectStatus


@pytest.mark.parametrize(
    ("kind", "of", "before", "after"),
    [
        (DecisionKind.STOP, None, ACTIVE, STOPPED),
        (DecisionKind.STOP, ReviewKind.PEER, HOLD, STOPPED),
        (DecisionKind.HOLD, None, ACTIVE, HOLD),
        (DecisionKind.HOLD, ReviewKind.PROJECT, ACTIVE, HOLD),
        (DecisionKind.HOLD, ReviewKind.DEPLOYMENT, ACTIVE, ACTIVE),
        (DecisionKind.NO_GO, ReviewKind.DEPLOYMENT, ACTIVE, ACTIVE),
        (DecisionKind.NO_GO, None, HOLD, HOLD),
        (DecisionKind.CONTINUE, None, HOLD, ACTIVE),
        (DecisionKind.PIVOT, None, STOPPED, ACTIVE),
        (DecisionKind.GO, None, HOLD, ACTIVE),
        (DecisionKind.STOP, None, RETIRED, RETIRED),
        (DecisionKind.GO, None, RETIRED, RETIRED),
    ],
)
def test_the_status_that_follows(
    kind: DecisionKind, of: ReviewKind | None, before: ProjectStatus, after: ProjectStatus
) -> None:
    assert status_after(kind, before, of) is after


@pytest.mark.parametrize(
    ("of", "before", "after"),
    [
        (None, Stage.CONCEPTION, Stage.DATA),
        (None, Stage.DEPLOYMENT, Stage.PRODUCTION),
        (None, Stage.PRODUCTION, None),
        (None, Stage.DEPRECATION, None),
        (ReviewKind.PROJECT, Stage.PROTOTYPE, Stage.DEVELOPMENT),
        (ReviewKind.DEPLOYMENT, Stage.READINESS, Stage.DEPLOYMENT),
        (ReviewKind.DEPLOYMENT, Stage.PRODUCTION, None),
        (ReviewKind.DEPRECATION, Stage.PRODUCTION, Stage.DEPRECATION),
        (ReviewKind.DEPRECATION, Stage.DEPLOYMENT, None),
        (ReviewKind.HANDOVER, Stage.READINESS, Stage.DEPLOYMENT),
        (ReviewKind.HANDOVER, Stage.DEVELOPMENT, None),
        (ReviewKind.STAKEHOLDER, Stage.PROTOTYPE, None),
    ],
)
def test_the_stage_that_a_go_leads_to(
    of: ReviewKind | None, before: Stage, after: Stage | None
) -> None:
    assert stage_after(DecisionKind.GO, before, of=of) is after
    for kind in set(DecisionKind) - {DecisionKind.GO}:
        assert stage_after(kind, before, of=of) is None


def test_every_decision_has_a_name_of_its_own() -> None:
    assert len({kind.label for kind in DecisionKind}) == len(DecisionKind)


@pytest.mark.parametrize(
    ("kind", "stage", "of", "other"),
    [
        (DecisionKind.GO, Stage.READINESS, ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT),
        (DecisionKind.GO, Stage.READINESS, ReviewKind.DEPLOYMENT, ReviewKind.HANDOVER),
        (DecisionKind.GO, Stage.READINESS, ReviewKind.STAKEHOLDER, None),
        (DecisionKind.GO, Stage.READINESS, None, None),
        (DecisionKind.GO, Stage.DEPLOYMENT, ReviewKind.DEPLOYMENT, None),
        (DecisionKind.NO_GO, Stage.READINESS, ReviewKind.HANDOVER, None),
    ],
)
def test_a_launch_needs_the_other_go_too(
    kind: DecisionKind, stage: Stage, of: ReviewKind | None, other: ReviewKind | None
) -> None:
    assert waits_for(kind, stage, of) is other
