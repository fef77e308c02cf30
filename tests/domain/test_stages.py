"""What each move needs (domain §2.3): each lack is said, each need met is silent, deployment refuses."""

from dataclasses import replace
from typing import Any

import pytest

from models.domain.charter import DATA_PROMPTS, PRODUCTION
from models.domain.decision import DecisionKind
from models.domain.experiment import Category
from models.domain.project import GovernanceKind, GovernanceState, Role, Stage
from models.domain.review import ReviewKind
from models.domain.stages import (
    LABEL,
    NEXT,
    STAGES,
    NoReason,
    NotReady,
    Record,
    SameStage,
    Track,
    comes_next,
    following,
    has_makers,
    is_back,
    missing,
    require_move,
    stage_of_first,
)

UNDER_WAY = {kind: Track(GovernanceState.UNDER_WAY) for kind in GovernanceKind}
WHOLE = Record(
    goal=True,
    roles=frozenset({Role.PM, Role.STAKEHOLDER}),
    answered=frozenset({"problem", *DATA_PROMPTS, *PRODUCTION}),
    expectations_sent=True,
    baseline=True,
    agreed=True,
    accepted=True,
    governance=UNDER_WAY,
    held=frozenset({ReviewKind.PEER}),
    gone=frozenset({ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT, ReviewKind.DEPRECATION}),
    decided=frozenset({DecisionKind.CONTINUE}),
    settled=frozenset({"parity", "end_to_end"}),
    live=True,
    notice_sent=True,
)
SEVEN, SIX = (frozenset(sorted(PRODUCTION)[:n]) for n in (7, 6))
NEEDS: list[tuple[Stage, dict[str, Any], str]] = [
    (Stage.DATA, {"answered": WHOLE.answered - {"problem"}}, "the problem, in the words"),
    (Stage.DATA, {"goal": False}, "the goal in one line"),
    (Stage.DATA, {"roles": frozenset({Role.STAKEHOLDER})}, "a project manager"),
    (Stage.DATA, {"roles": frozenset({Role.PM})}, "a stakeholder"),
    (Stage.DATA, {"expectations_sent": False}, "the expectations note, sent"),
    (Stage.PROTOTYPE, {"answered": WHOLE.answered - {"labels"}}, "an answer about the labels"),
    (Stage.PROTOTYPE, {"baseline": False}, "a number that counts"),
    (Stage.DEVELOPMENT, {"held": frozenset()}, "a peer review"),
    (Stage.DEVELOPMENT, {"agreed": False}, "an agreement on what is good enough"),
    (
        Stage.DEVELOPMENT,
        {"answered": (WHOLE.answered - PRODUCTION) | SIX},
        f"production questions (6 of {len(PRODUCTION)} answered)",
    ),
    (
        Stage.DEVELOPMENT,
        {"decided": frozenset({DecisionKind.HOLD})},
        "a decision to go on",
    ),
    (
        Stage.DEVELOPMENT,
        {"governance": {**UNDER_WAY, GovernanceKind.LEGAL: Track()}},
        "legal: started, or not needed",
    ),
    (Stage.READINESS, {"accepted": False}, "a confirmed number that is good enough"),
    (Stage.DEPLOYMENT, {"gone": frozenset({ReviewKind.DEPLOYMENT})}, "a go on the hand-over"),
    (Stage.DEPLOYMENT, {"gone": frozenset({ReviewKind.HANDOVER})}, "a go on the launch check"),
    (Stage.PRODUCTION, {"settled": frozenset({"end_to_end"})}, "the same numbers"),
    (Stage.PRODUCTION, {"settled": frozenset({"parity"})}, "a check from end to end"),
    (Stage.PRODUCTION, {"live": False}, "a first live number"),
    (
        Stage.DEPRECATION,
        {"gone": frozenset({ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT})},
        "a go on ending it",
    ),
    (Stage.DEPRECATION, {"notice_sent": False}, "a notice to everybody who uses it"),
]


def before(stage: Stage) -> Stage:
    return STAGES[STAGES.index(stage) - 1]


@pytest.mark.parametrize(("stage", "lack", "said"), NEEDS)
def test_each_need_is_missed_and_alone(stage: Stage, lack: dict[str, Any], said: str) -> None:
    (one,) = missing(before(stage), stage, replace(WHOLE, **lack))
    assert one.startswith(said)


@pytest.mark.parametrize("stage", STAGES[1:])
def test_nothing_is_missing_where_everything_is_there(stage: Stage) -> None:
    assert missing(before(stage), stage, WHOLE) == ()
    assert require_move(before(stage), stage, WHOLE, None) == ()


def test_eight_of_ten_production_questions_are_enough() -> None:
    assert len(PRODUCTION) == 8
    answered = (WHOLE.answered - PRODUCTION) | SEVEN
    assert missing(Stage.PROTOTYPE, Stage.DEVELOPMENT, replace(WHOLE, answered=answered)) == ()


@pytest.mark.parametrize("kind", [DecisionKind.PIVOT, DecisionKind.GO])
def test_a_pivot_and_a_go_are_decisions_to_go_on_too(kind: DecisionKind) -> None:
    decided = replace(WHOLE, decided=frozenset({kind, DecisionKind.STOP}))
    assert missing(Stage.PROTOTYPE, Stage.DEVELOPMENT, decided) == ()


def test_a_leap_over_stages_needs_what_each_of_them_needs() -> None:
    lacking = missing(Stage.CONCEPTION, Stage.PROTOTYPE, Record())
    assert "a stakeholder" in lacking
    assert "a number that counts, with where it stands today" in lacking


def test_a_soft_move_asks_for_a_reason_and_goes_through() -> None:
    with pytest.raises(NoReason):
        require_move(Stage.CONCEPTION, Stage.DATA, Record(), None)
    assert "a stakeholder" in require_move(Stage.CONCEPTION, Stage.DATA, Record(), "we know them")


def test_back_needs_a_reason_and_nothing_else() -> None:
    with pytest.raises(NoReason):
        require_move(Stage.PROTOTYPE, Stage.DATA, WHOLE, None)
    assert require_move(Stage.PROTOTYPE, Stage.DATA, Record(), "labels were wrong") == ()
    assert is_back(Stage.PROTOTYPE, Stage.DATA)
    assert not is_back(Stage.DATA, Stage.PROTOTYPE)


@pytest.mark.parametrize("after", [Stage.DEPLOYMENT, Stage.PRODUCTION])
def test_a_launch_is_refused_whatever_the_reason(after: Stage) -> None:
    with pytest.raises(NotReady, match="a go on the hand-over; a go on the launch check"):
        require_move(Stage.READINESS, after, Record(), "we have to")


def test_what_is_live_already_is_not_asked_for_its_launch_again() -> None:
    lacking = require_move(Stage.PRODUCTION, Stage.DEPRECATION, Record(), "nobody uses it")
    assert len(lacking) == 2
    assert require_move(Stage.DEPLOYMENT, Stage.PRODUCTION, Record(), "x")


def test_where_it_is_already_it_does_not_go() -> None:
    with pytest.raises(SameStage):
        require_move(Stage.DATA, Stage.DATA, WHOLE, "x")


def test_the_order_has_an_end_and_words_for_each() -> None:
    assert following(Stage.CONCEPTION) is Stage.DATA
    assert following(Stage.DEPRECATION) is None
    assert set(LABEL) == set(NEXT) == set(Stage)


@pytest.mark.parametrize(
    ("category", "stage"),
    [
        (Category.PROBLEM, Stage.CONCEPTION),
        (Category.DATA, Stage.DATA),
        (Category.MODELING, Stage.PROTOTYPE),
        (Category.QUALITY_CHECK, Stage.PROTOTYPE),
    ],
)
def test_the_first_hypothesis_says_where_the_search_begins(
    category: Category, stage: Stage
) -> None:
    assert stage_of_first(category) is stage


def test_what_comes_next_once_what_is_needed_is_reached() -> None:
    assert (
        comes_next(Stage.DEVELOPMENT, reached=False, unconfirmed=False) == NEXT[Stage.DEVELOPMENT]
    )
    assert comes_next(Stage.DATA, reached=True, unconfirmed=True) == NEXT[Stage.DATA]
    assert "second person" in comes_next(Stage.DEVELOPMENT, reached=True, unconfirmed=True)
    assert "hand-over review" in comes_next(Stage.DEVELOPMENT, reached=True, unconfirmed=False)


def test_somebody_technical_makes_it() -> None:
    assert has_makers(Record(roles=frozenset({Role.ANALYST})))
    assert not has_makers(Record(roles=frozenset({Role.PM, Role.DESIGNER})))
