"""Whatever people write in a review, and however long its checklist is: it can be shown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from handlers.blocks import (
    checklist_page,
    ml_score,
    notices,
    review_card,
    review_forms,
    review_plan_forms,
    review_planned,
)
from models.checklists import ml_tests, packaged, scored_of
from models.closing import DECISIONS
from models.domain.checklist import Checklist, Gate, Item, ItemKind
from models.domain.decision import DecisionKind
from models.domain.facts_checklists import ChecklistChange, ChecklistPage, MlScorePage, Points
from models.domain.facts_notices import NoticesFacts, ReviewComing, ReviewDone, ReviewHomeless
from models.domain.facts_reviews import (
    Before,
    Condition,
    Decided,
    Line,
    MonthFacts,
    ReviewFacts,
    ReviewRow,
)
from models.domain.gate import verdict
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.domain.review_entry import OUTSIDER
from tests.handlers.facts import FRAUD, JONAS, PRIYA
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled

DAY = date(2026, 2, 3)
LONG = "x" * 3_000
MOST = 40
OWN = Checklist(
    version=7,
    title="x" * 60,
    refuses_go=True,
    items=tuple(
        Item(
            key=f"{n:02}".rjust(60, "a"),
            kind=ItemKind.STATEMENT if n % 2 else ItemKind.CONFIRM,
            gate=(Gate.MUST, Gate.SHOULD, Gate.INFO)[n % 3],
            na_allowed=True,
            label="y" * 60,
            text="z" * 300,
            why="w" * 300,
            evidence="e" * 200,
            asked_of=tuple(Role)[n % len(Role)],
        )
        for n in range(MOST)
    ),
)
"""As many items as a workspace may have, each as long as it may be."""
FEW = OWN.model_copy(update={"items": OWN.items[:5]})
BEFORE = Before(Answer.YES, LONG, LONG, PRIYA, DAY)
MINIMUM = packaged(ReviewKind.DEPLOYMENT).items[0]
STATES: tuple[dict[str, Any], ...] = (
    {},
    {"answer": Answer.PARTLY, "note": LONG, "evidence": LONG, "by": PRIYA},
    {"answer": Answer.YES, "note": LONG, "known": True},
    {"note": LONG, "known": True},
    {"before": BEFORE},
)
DECIDED = Decided(
    DecisionKind.GO,
    LONG,
    JONAS,
    DAY,
    differs=True,
    dissent=LONG,
    next_on=DAY,
    conditions=tuple(Condition(LONG, PRIYA, DAY) for _ in range(MOST)),
)
POINTS = {test.key: 0.5 for section in ml_tests().sections.values() for test in section}
SCORE = scored_of(POINTS, DAY)


def facts(checklist: Checklist = OWN, **changed: Any) -> ReviewFacts:
    """A launch check with every kind of line."""
    lines = tuple(
        Line(item, (JONAS, PRIYA), **STATES[n % len(STATES)])
        for n, item in enumerate(checklist.items)
    )
    found = ReviewFacts(
        review_id=10**17,
        kind=ReviewKind.DEPLOYMENT,
        title=checklist.title,
        state=ReviewState.OPEN,
        due=DAY,
        project_id=1,
        project_key="FRAUD",
        project_name=LONG,
        goal=LONG,
        chair=JONAS,
        lines=lines,
        verdict=verdict(checklist.items, {}),
        signed={Side.SCIENTIST: PRIYA},
        numbers=FRAUD,
        reason=LONG,
        ml_score=SCORE,
    )
    return replace(found, **changed)


STAND: tuple[dict[str, Any], ...] = (
    {},
    {"state": ReviewState.SCHEDULED},
    {
        "state": ReviewState.SCHEDULED,
        "kind": ReviewKind.PEER,
        "lacking": (OUTSIDER, "a measured prototype"),
        "proposed": (PRIYA,),
        "chair": None,
    },
    {"state": ReviewState.CANCELLED, "not_held": LONG},
    {"state": ReviewState.HELD, "decided": DECIDED},
    {"ml_score": scored_of({"data_1": 1.0}, DAY), "lines": ()},
    {"ml_score": None, "chair": None, "numbers": None},
)

NAMES = ("open", "planned", "seeks", "cancelled", "held", "no items", "bare")


def everything(found: ReviewFacts) -> None:
    """The card, the page and the forms of a review."""
    sendable(review_card.card(found))
    for reader in ("U1", "U2", "U9"):
        showable(review_card.whole(found, reader, steers=True))
    showable(review_forms.answers_form(found, found.lines))
    showable(review_forms.close_form(found, DECISIONS[found.kind], DAY))
    showable(review_plan_forms.move_form(found, DAY))
    showable(review_plan_forms.cancel_form(found))
    sendable(review_planned.line(found))
    sendable(review_planned.result(found))


@pytest.mark.parametrize("changed", STAND, ids=NAMES)
def test_forty_long_items_can_be_shown(changed: dict[str, Any]) -> None:
    everything(facts(**changed))


@pytest.mark.parametrize("kind", ReviewKind)
def test_the_package_s_own_can_be_shown(kind: ReviewKind) -> None:
    everything(facts(packaged(kind)))


@modest
@given(many)
def test_any_answers_can_be_shown(words: list[str]) -> None:
    said = endless(words)
    for changed in (STAND[0], STAND[3]):
        found = facts(FEW, **changed)
        lines = tuple(
            replace(
                line,
                note=next(said) or None,
                evidence=next(said) or None,
                before=line.before and spoiled(line.before, said),
            )
            for line in found.lines
        )
        decided = found.decided and spoiled(found.decided, said)
        everything(replace(found, lines=lines, decided=decided, reason=next(said), goal=next(said)))


@modest
@given(many)
def test_any_list_of_reviews_can_be_shown(words: list[str]) -> None:
    said = endless(words)
    row = ReviewRow(10**17, ReviewKind.PEER, ReviewState.OPEN, DAY, "FRAUD", "x", JONAS)
    rows = tuple(spoiled(row, said) for _ in range(20))
    held = tuple(spoiled(replace(row, state=ReviewState.HELD), said) for _ in range(5))
    for mine in (True, False):
        showable(review_planned.to_be_held(rows, 480, held, mine=mine))
    sendable(review_planned.month(MonthFacts(DAY, rows * 25, {10**17: 10**4})))


@modest
@given(many)
def test_any_notice_of_a_review_can_be_shown(words: list[str]) -> None:
    said = endless(words)
    coming = ReviewComing(10**17, "Peer review", "x", DAY, leads=True, proposed=True, over=False)
    parts: tuple[Any, ...] = (
        coming,
        replace(coming, review_id=2, proposed=False),
        replace(coming, review_id=3, over=True),
        ReviewHomeless(10**17, "Peer review", "x", "C1", settled=False),
        ReviewHomeless(2, "Peer review", "x", "C1", settled=True),
        ReviewDone(10**17, "Peer review", "x", "Go", LONG),
        ReviewDone(2, "Peer review", "x", "", ""),
    )
    typed = [
        {name: next(said) for name in ("project_name", "reason") if hasattr(part, name)}
        for part in parts
    ]
    told = tuple(replace(part, **by) for part, by in zip(parts, typed, strict=True))
    facts_ = NoticesFacts(JONAS, told)
    sendable(notices.notices(facts_))


@pytest.mark.parametrize("given_here", [None, Points(POINTS, DAY), Points({"data_1": 1.0}, DAY)])
@pytest.mark.parametrize("is_open", [True, False])
def test_the_ml_test_score_can_be_shown(given_here: Points | None, is_open: bool) -> None:
    found = MlScorePage(
        1,
        LONG,
        is_open,
        {name: {t.key: t.text for t in tests} for name, tests in ml_tests().sections.items()},
        given_here,
        Points(POINTS, DAY),
        None if given_here is None else scored_of(given_here.by_test, DAY),
    )
    showable(ml_score.page(found))
    for section in found.sections:
        showable(ml_score.section_form(found, section))


def test_a_form_shows_the_last_go_and_what_the_record_says() -> None:
    found = facts(packaged(ReviewKind.DEPLOYMENT))
    view = review_forms.answers_form(found, found.lines)
    shown: dict[str, Any] = {
        block["block_id"]: block for block in view["blocks"] if "label" in block
    }
    before = shown["answer_acceptance_met"]
    assert before["element"]["initial_option"]["value"] == "yes"
    assert "saving says that it still holds" in str(view["blocks"])
    privacy = shown["answer_privacy_review"]["hint"]["text"]
    assert "On record: xxx" in privacy
    assert "initial_value" not in shown["note_privacy_review"]["element"]


@pytest.mark.parametrize("may_change", [True, False])
@pytest.mark.parametrize("is_own", [True, False])
def test_forty_items_of_ones_own_can_be_shown(may_change: bool, is_own: bool) -> None:
    changes = (ChecklistChange(7, JONAS, DAY, (LONG, LONG)),) * 5
    found = ChecklistPage(ReviewKind.DEPRECATION, OWN, is_own, may_change, changes)
    view = checklist_page.page(found)
    showable(view)
    assert ("Change" in str(view)) is may_change


@pytest.mark.parametrize("item", [None, OWN.items[0], OWN.items[1], MINIMUM], ids=str)
def test_an_items_form_can_be_shown(item: Item | None) -> None:
    view = checklist_page.item_form(ReviewKind.DEPRECATION, item)
    showable(view)
    fields = [block["block_id"] for block in view["blocks"] if "label" in block]
    if item is MINIMUM:
        assert fields == ["evidence", "place"]
        assert "can't be taken out" in str(view)
    else:
        assert fields[0] == "label"
        assert ("keep" in fields) is (item is not None)
