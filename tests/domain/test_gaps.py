"""What a project lacks shows from the stage on in which it matters; each gap has a twin that is filled."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.domain.charter import QUESTIONS
from models.domain.gaps import FAR, Dates, Gap, Part, gaps
from models.domain.project import GovernanceKind, GovernanceState, Role, Stage
from models.domain.stages import Record, Track

TODAY = date(2026, 2, 3)
SOON = Dates(TODAY + FAR, estimated=True, stop=True)
WHOLE = Record(
    goal=True,
    roles=frozenset(Role),
    answered=frozenset(QUESTIONS),
    expectations_sent=True,
    baseline=True,
    agreed=True,
    governance={kind: Track(GovernanceState.DONE) for kind in GovernanceKind},
)


def said(stage: Stage, record: Record = WHOLE, dates: Dates = SOON) -> list[str]:
    return [gap.said for gap in gaps(stage, record, dates, TODAY)]


def parts(stage: Stage, record: Record = WHOLE, dates: Dates = SOON) -> list[tuple[Part, str]]:
    return [(gap.part, gap.about) for gap in gaps(stage, record, dates, TODAY)]


@pytest.mark.parametrize("stage", Stage)
def test_nothing_is_missing_where_everything_is_there(stage: Stage) -> None:
    assert said(stage) == []


@pytest.mark.parametrize(
    ("role", "since", "before"),
    [
        (Role.PM, Stage.CONCEPTION, None),
        (Role.STAKEHOLDER, Stage.CONCEPTION, None),
        (Role.LEADER, Stage.CONCEPTION, None),
        (Role.DATA_ENGINEER, Stage.DATA, Stage.CONCEPTION),
        (Role.ML_ENGINEER, Stage.PROTOTYPE, Stage.DATA),
        (Role.DESIGNER, Stage.DEVELOPMENT, Stage.PROTOTYPE),
        (Role.SOFTWARE_ENGINEER, Stage.DEVELOPMENT, Stage.PROTOTYPE),
        (Role.DEVOPS, Stage.READINESS, Stage.DEVELOPMENT),
    ],
)
def test_a_role_that_nobody_holds_shows_from_its_stage_on(
    role: Role, since: Stage, before: Stage | None
) -> None:
    vacant = replace(WHOLE, roles=frozenset(Role) - {role})
    assert parts(since, vacant) == [(Part.ROLES, role)]
    if before is not None:
        assert parts(before, vacant) == []


def test_somebody_technical_is_needed_whoever_it_is() -> None:
    talkers = frozenset({Role.PM, Role.STAKEHOLDER, Role.LEADER, *GOVERNING})
    assert said(Stage.CONCEPTION, replace(WHOLE, roles=talkers)) == [
        "Nobody technical is in it yet"
    ]
    makers = talkers | {Role.ANALYST}
    assert said(Stage.CONCEPTION, replace(WHOLE, roles=makers)) == []


GOVERNING = (Role.PRIVACY, Role.LEGAL, Role.COMPLIANCE, Role.VALIDATION)


def test_agreements() -> None:
    assert said(Stage.DATA, replace(WHOLE, agreed=False)) == [
        "What is good enough is proposed, not agreed"
    ]
    assert parts(Stage.DATA, replace(WHOLE, baseline=False, agreed=False)) == [(Part.NUMBERS, "")]
    assert parts(Stage.DATA, replace(WHOLE, expectations_sent=False)) == [(Part.EXPECTATIONS, "")]


@pytest.mark.parametrize(
    ("touchpoint", "sentence"),
    [
        (None, "No next touchpoint: when does somebody decide?"),
        (TODAY - timedelta(days=1), "The touchpoint is past: when is the next one?"),
        (TODAY, None),
        (TODAY + FAR, None),
        (
            TODAY + FAR + timedelta(days=1),
            "The next touchpoint is more than six weeks away",
        ),
    ],
)
def test_a_touchpoint_is_within_six_weeks(touchpoint: date | None, sentence: str | None) -> None:
    found = said(Stage.DATA, dates=replace(SOON, touchpoint=touchpoint))
    assert found == ([sentence] if sentence else [])


def test_estimate_and_stop_mark_are_asked_until_it_is_live() -> None:
    open_ones = replace(SOON, estimated=False, stop=False)
    assert len(said(Stage.DEPLOYMENT, dates=open_ones)) == 2
    assert said(Stage.PRODUCTION, dates=open_ones) == []


def test_open_questions_show_at_their_stage_and_the_production_ones_for_good_from_prototype_on() -> (
    None
):
    nothing = replace(WHOLE, answered=frozenset())
    topics = [gap.about for gap in gaps(Stage.CONCEPTION, nothing, SOON, TODAY)]
    assert topics == ["why", "use", "systems", "harm", "worth"]
    assert [gap.about for gap in gaps(Stage.DATA, nothing, SOON, TODAY)] == ["data"]
    assert [gap.about for gap in gaps(Stage.PROTOTYPE, nothing, SOON, TODAY)] == [
        "prototype",
        "use",
        "systems",
        "worth",
    ]
    left = replace(WHOLE, answered=WHOLE.answered - {"users", "problem"})
    assert gaps(Stage.PRODUCTION, left, SOON, TODAY) == (
        Gap(Part.CHARTER, "Who uses it: its users", "use"),
    )


def test_governance_needs_somebody_and_a_beginning_by_prototype() -> None:
    nobody = replace(WHOLE, roles=frozenset(Role) - {Role.PRIVACY}, governance={})
    assert said(Stage.CONCEPTION, nobody) == ["Nobody looks after privacy"]
    owned = replace(nobody, governance={GovernanceKind.PRIVACY: Track(owned=True)})
    assert said(Stage.CONCEPTION, owned) == []
    assert said(Stage.PROTOTYPE, owned)[0] == "Privacy has not been started"
    not_needed = {kind: Track(GovernanceState.NOT_NEEDED) for kind in GovernanceKind}
    assert said(Stage.PROTOTYPE, replace(nobody, governance=not_needed)) == []
