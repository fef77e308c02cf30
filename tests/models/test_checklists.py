"""The checklists of the package, and what is said about one that can't be read."""

import pytest

from models.checklists import ChecklistRefused, ml_tests, packaged, read
from models.domain.checklist import Gate
from models.domain.gate import REFUSING, Given, verdict
from models.domain.review import Answer, ReviewKind
from tests.scenarios import scenarios

ITEM = """
- key: one
  kind: confirm
  gate: must
  label: One
  text: Is it?
  asked_of: pm
"""


def written(items: str) -> str:
    """A whole checklist with these items."""
    return f"version: 1\ntitle: Launch check\nrefuses_go: true\nitems:{items}"


@pytest.mark.parametrize("kind", ReviewKind)
def test_every_review_has_its_checklist(kind: ReviewKind) -> None:
    assert packaged(kind).refuses_go is (kind in REFUSING)


def test_there_are_72_items_and_28_tests() -> None:
    assert sum(len(packaged(kind).items) for kind in ReviewKind) == 72
    assert [len(tests) for tests in ml_tests().sections.values()] == [7, 7, 7, 7]
    assert ml_tests().points == {
        0.0: "not done",
        0.5: "done by hand, written down and shared",
        1.0: "runs automatically and repeatedly",
    }


def test_the_four_minimum_checks_are_locked_must_haves() -> None:
    locked = [item for item in packaged(ReviewKind.DEPLOYMENT).items if item.locked]
    assert [item.key for item in locked] == [
        "data_automated",
        "stakeholders_ready",
        "supportable",
        "privacy_review",
    ]
    assert {item.gate for item in locked} == {Gate.MUST}


@pytest.mark.parametrize(
    "expected", scenarios()["expected"]["deployment_gate"], ids=lambda e: e["review"]
)
def test_the_scenario_s_launch_checks(expected: dict[str, object]) -> None:
    review = next(one for one in scenarios()["reviews"] if one["id"] == expected["review"])
    answers = {
        key: Given(Answer(one["answer"]), one.get("note") or one.get("evidence"))
        for key, one in review["answers"].items()
    }
    found = verdict(packaged(ReviewKind.DEPLOYMENT).items, answers)
    assert [item.key for item in found.failing_must] == expected["failing_hard"]
    assert [item.key for item in found.failing_should] == expected["failing_soft"]
    assert len(found.failing_should) == expected["conditions_needed"]
    assert found.recommendation == expected["recommended"]


def test_one_that_is_right_is_read() -> None:
    assert [item.key for item in read(written(ITEM)).items] == ["one"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (written(ITEM.replace("must", "perhaps")), "Line 7, items.0.gate: "),
        (written(ITEM.replace("  text: Is it?\n", "")), "Line 5, items.0.text: Field required"),
        (written(ITEM + ITEM), "Line 1, the whole: Value error, one stands there twice"),
        (written(ITEM.replace("One", "x" * 61)), "Line 8, items.0.label: "),
        (written(""), "Line 4, items: "),
        (written(ITEM) + "  surprise: 1\n", "Line 11, items.0.surprise: Extra inputs"),
        ("items: [", "Line 1: "),
        ("- just\n- a list\n", "Line 1, the whole: "),
        ("", "Line 1, the whole: "),
        ("title: \x07", "It can't be read: "),
    ],
)
def test_the_sentence_names_the_line(text: str, said: str) -> None:
    with pytest.raises(ChecklistRefused) as refused:
        read(text)
    assert refused.value.sentence.startswith(said)
