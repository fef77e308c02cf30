"""How a checklist gates a go: the scenario's two launch checks, and the rules one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.checklist import Checklist, Gate, Item, ItemKind, for_project, weakened
from models.domain.decision import DecisionKind
from models.domain.gate import (
    Given,
    Promise,
    Recommendation,
    follows,
    in_the_way_of_go,
    passes,
    verdict,
)
from models.domain.project import RiskTier, Role
from models.domain.review import Answer, ReviewKind, Side

TODAY = date(2026, 11, 4)
YES, PARTLY, NO, NA = (
    Given(Answer.YES),
    Given(Answer.PARTLY),
    Given(Answer.NO),
    Given(Answer.NOT_APPLICABLE),
)
BECAUSE = Given(Answer.NOT_APPLICABLE, "no personal data")


def item(key: str = "one", **said: object) -> Item:
    """An item that asks for a yes."""
    defaults = {
        "key": key,
        "kind": ItemKind.CONFIRM,
        "gate": Gate.MUST,
        "label": key,
        "text": "Is it?",
        "asked_of": Role.PM,
    }
    return Item.model_validate({**defaults, **said})


MUST, SHOULD = item("must"), item("should", gate=Gate.SHOULD)
INFO, OPEN = item("info", gate=Gate.INFO), item("open", kind=ItemKind.STATEMENT)
MAY_NOT_APPLY = item("legal", na_allowed=True)


@pytest.mark.parametrize(
    ("asked", "answer", "met"),
    [
        (MUST, YES, True),
        (MUST, PARTLY, False),
        (MUST, NO, False),
        (MUST, Given(), False),
        (MUST, BECAUSE, False),
        (MAY_NOT_APPLY, BECAUSE, True),
        (MAY_NOT_APPLY, NA, False),
        (MAY_NOT_APPLY, Given(Answer.NOT_APPLICABLE, "  "), False),
        (SHOULD, BECAUSE, True),
        (SHOULD, NA, False),
        (SHOULD, PARTLY, False),
        (INFO, Given(), True),
        (INFO, NO, True),
        (OPEN, Given(None, "misses hurt more"), False),
        (OPEN, Given(Answer.YES, "misses hurt more"), True),
        (OPEN, YES, False),
        (OPEN, BECAUSE, False),
    ],
)
def test_an_item_is_met(asked: Item, answer: Given, met: bool) -> None:
    assert passes(asked, answer) is met


def test_what_is_recommended_by_rule() -> None:
    asked = (MUST, SHOULD, INFO)
    assert verdict(asked, {}).recommendation is Recommendation.NO_GO
    assert verdict(asked, {"must": YES}).recommendation is Recommendation.GO_WITH_CONDITIONS
    assert verdict(asked, {"must": YES, "should": YES}).recommendation is Recommendation.GO


def blocked(kind: ReviewKind = ReviewKind.HANDOVER, **said: object) -> list[str]:
    """Why a go with one failing should-have can't be stored."""
    asked = {"promises": (), "signed": {}, "today": TODAY, **said}
    return in_the_way_of_go(kind, verdict([MUST, SHOULD], {"must": YES}), **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "held"), [(-1, False), (0, True), (90, True), (91, False)], ids=str
)
def test_a_condition_is_due_within_90_days(days: int, held: bool) -> None:
    promise = Promise("should", TODAY + timedelta(days=days))
    assert blocked(promises=[promise]) == (
        [] if held else ["should: a date within 90 days, please."]
    )


def test_a_failing_should_have_wants_its_own_condition() -> None:
    assert blocked(promises=[Promise("other", TODAY)]) == ["should: who sees to it, and by when?"]


def test_a_failing_must_have_refuses_the_go() -> None:
    found = verdict([MUST], {"must": PARTLY})
    for kind in ReviewKind:
        said = in_the_way_of_go(
            kind, found, promises=(), signed={Side.SCIENTIST: 1, Side.ENGINEER: 2}, today=TODAY
        )
        refuses = kind in (ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT, ReviewKind.DEPRECATION)
        assert said == (["Must-have not met: must."] if refuses else [])


def test_conditions_are_asked_for_once_they_could_help() -> None:
    kind, found = ReviewKind.HANDOVER, verdict([MUST, SHOULD], {})
    said = in_the_way_of_go(kind, found, promises=(), signed={}, today=TODAY)
    assert said == ["Must-have not met: must."]


def test_a_refusal_names_who_is_to_see_to_a_must_have() -> None:
    found = verdict([MUST, item("other")], {})
    kind = ReviewKind.HANDOVER
    said = in_the_way_of_go(
        kind, found, promises=(), signed={}, today=TODAY, owed_by={"must": ["Grace", "Ana"]}
    )
    assert said == ["Must-have not met: must (Grace, Ana).", "Must-have not met: other."]


def test_a_deployment_wants_two_technical_signatures_of_two_people() -> None:
    promise = [Promise("should", TODAY)]
    kind = ReviewKind.DEPLOYMENT
    assert blocked(kind, promises=promise) == [
        "The scientist has not signed.",
        "The engineer has not signed.",
    ]
    one = {Side.SCIENTIST: 1, Side.ENGINEER: 1}
    assert blocked(kind, promises=promise, signed=one) == ["Scientist and engineer are two people."]
    assert blocked(kind, promises=promise, signed={Side.SCIENTIST: 1, Side.ENGINEER: 2}) == []


@pytest.mark.parametrize(
    ("decided", "with_failing", "with_none"),
    [
        (DecisionKind.GO, False, True),
        (DecisionKind.NO_GO, True, False),
        (DecisionKind.HOLD, True, False),
    ],
)
def test_a_decision_that_differs_from_the_checklist(
    decided: DecisionKind,
    with_failing: bool,
    with_none: bool,
) -> None:
    kind = ReviewKind.DEPLOYMENT
    assert follows(decided, kind, verdict([MUST], {})) is with_failing
    assert follows(decided, kind, verdict([MUST], {"must": YES})) is with_none


@pytest.mark.parametrize("decided", [DecisionKind.HOLD, DecisionKind.PIVOT, DecisionKind.CONTINUE])
def test_where_no_go_is_refused_other_decisions_differ_from_nothing(decided: DecisionKind) -> None:
    for answers in ({}, {"must": YES}):
        assert follows(decided, ReviewKind.PEER, verdict([MUST], answers))


@given(
    st.lists(st.sampled_from([MUST, SHOULD, INFO, OPEN]), unique=True),
    st.sampled_from(list(Answer)),
)
def test_one_answer_more_never_makes_it_worse_unless_it_is_no_yes(
    asked: list[Item], answer: Answer
) -> None:
    before = verdict(asked, {})
    after = verdict(asked, {one.key: Given(answer, "because") for one in asked})
    assert set(after.failing_must) <= set(before.failing_must)
    assert set(after.failing_should) <= set(before.failing_should)


def gates(**project: object) -> dict[str, Gate]:
    """How the three items that depend on the project gate it."""
    asked = [
        item("explainability", gate=Gate.SHOULD),
        item("redress", gate=Gate.SHOULD),
        item("model_validation"),
    ]
    defaults = {"risk": RiskTier.MEDIUM, "explainability_required": False}
    return {one.key: one.gate for one in for_project(asked, **{**defaults, **project})}  # type: ignore[arg-type]


def test_what_a_project_makes_stricter() -> None:
    assert gates() == {
        "explainability": Gate.SHOULD,
        "redress": Gate.SHOULD,
        "model_validation": Gate.MUST,
    }
    assert gates(explainability_required=True)["explainability"] is Gate.MUST
    assert gates(risk=RiskTier.HIGH)["redress"] is Gate.MUST
    assert gates(risk=RiskTier.LOW)["model_validation"] is Gate.SHOULD


LOCKED = item("privacy", locked=True)
BASE = Checklist(version=1, title="Launch check", refuses_go=True, items=(LOCKED, SHOULD))


@pytest.mark.parametrize(
    "items",
    [
        (SHOULD,),
        (item("privacy", locked=True, gate=Gate.SHOULD),),
        (item("privacy", locked=True, na_allowed=True),),
        (item("privacy", locked=True, kind=ItemKind.STATEMENT),),
        (item("privacy"),),
        (item("privacy", locked=True, label="Privacy looked at"),),
        (item("privacy", locked=True, text="Was there lunch?"),),
    ],
    ids=["taken_out", "gate", "na", "kind", "unlocked", "label", "text"],
)
def test_a_workspace_cannot_weaken_a_locked_item(items: tuple[Item, ...]) -> None:
    own = BASE.model_copy(update={"version": 2, "items": items})
    assert len(weakened(own, BASE)) == 1


def test_a_workspace_may_reword_reorder_add_and_retire_the_others() -> None:
    known = LOCKED.model_copy(update={"evidence": "Reference number"})
    own = BASE.model_copy(update={"version": 2, "items": (item("added"), known)})
    assert weakened(own, BASE) == []
    whose = LOCKED.model_copy(update={"asked_of": Role.DEVOPS})
    assert weakened(BASE.model_copy(update={"items": (whose,)}), BASE) == [
        f"“{LOCKED.label}” is asked of whom it is asked now."
    ]
    softer = own.model_copy(update={"refuses_go": False})
    assert weakened(softer, BASE) == [
        "Whether this review can refuse a go is not for a checklist to say."
    ]


def test_keys_are_unique() -> None:
    with pytest.raises(ValueError, match="privacy stands there twice"):
        Checklist(version=1, title="x", refuses_go=True, items=(LOCKED, LOCKED))
    assert BASE.item("privacy") is LOCKED
    assert BASE.item("none") is None


BOTH = item("handed", asked_of=Role.ML_ENGINEER, and_of=Role.DATA_SCIENTIST, label="Both ways")


def test_what_has_two_directions_is_asked_of_each_side() -> None:
    sides = for_project([BOTH, SHOULD], risk=RiskTier.LOW, explainability_required=False)
    assert [(one.key, one.label, one.asked_of) for one in sides[:2]] == [
        ("handed", "Both ways: ML engineer", Role.ML_ENGINEER),
        ("handed_data_scientist", "Both ways: data scientist", Role.DATA_SCIENTIST),
    ]
    assert [one.own_word for one in sides] == [True, True, False]
    one_side = verdict(sides[:2], {"handed": YES})
    assert [one.key for one in one_side.failing_must] == ["handed_data_scientist"]
    assert not verdict(sides[:2], {"handed": YES, "handed_data_scientist": YES}).failing_must
    assert sides[2] is not BOTH
    assert sides[2].key == "should"


def test_both_directions_of_one_role_are_one_question() -> None:
    alone = BOTH.model_copy(update={"and_of": BOTH.asked_of})
    (side,) = for_project([alone], risk=RiskTier.LOW, explainability_required=False)
    assert (side.key, side.label, side.own_word) == ("handed", "Both ways", False)


def test_such_an_item_counts_as_two_questions() -> None:
    twenty = [BOTH.model_copy(update={"key": f"n{n}"}) for n in range(20)]
    of = {"version": 1, "title": "x", "refuses_go": True}
    assert Checklist.model_validate({**of, "items": twenty}).questions == 40
    with pytest.raises(ValueError, match="more than 40 questions"):
        Checklist.model_validate({**of, "items": [*twenty, item("more")]})
