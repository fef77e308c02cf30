"""What could use a hand: each reason has its action, the ones behind “+2 more”, too (domain §2.5)."""

from dataclasses import replace
from datetime import date
from typing import Any

from handlers.blocks import stalled as blocks
from handlers.blocks.reasons import because
from handlers.ids import Click
from handlers.limits import check_view
from models.domain.facts import Numbers, Person
from models.domain.findings.kinds import (
    DecisionDue,
    Idle,
    Kind,
    Overdue,
    OverdueCondition,
    PlateauAbove,
    PlateauBelow,
    Reason,
    Unacknowledged,
    Unmeasured,
    WaitingReview,
)
from models.domain.findings.raising import Finding, Subject
from models.domain.metric import Goal

DAY = date(2026, 11, 6)
ERIK = Person(1, "UERIK", "Erik")
PROJECT = Subject(3, "CASHFLOW", "Cash-flow forecast")
EXPERIMENT = Subject(3, "CASHFLOW", "Bank feed", 12, 13, ERIK)
ABOVE = PlateauAbove(5, 20, DAY, 0.6, 0.01)
BELOW = PlateauBelow(5, 32, 21, 19.8, 14)


def shown(view: dict[str, Any]) -> list[tuple[str, str]]:
    """The buttons of “+2 more”, with what each carries."""
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    return [(one["action_id"], one["value"]) for row in rows for one in row["elements"]]


def more(*reasons: Reason, subject: Subject = PROJECT) -> dict[str, Any]:
    view = blocks.reasons(Finding(subject, reasons), None, 7, DAY)
    check_view(view)
    return view


def test_behind_more_each_reason_has_its_action() -> None:
    scope = Unacknowledged(9, 1, DAY, (ERIK,), Kind.SCOPE_CHANGE_UNACKNOWLEDGED)
    assert shown(more(DecisionDue(DAY, 5, None), BELOW, scope)) == [
        (Click.FINDING_DECIDE, "7|project:3|decision_due"),
        (Click.FINDING_NEW, "7|project:3|plateau_below_acceptance"),
        (Click.FINDING_DECIDE, "7|project:3|plateau_below_acceptance"),
        (Click.REVIEW_NEW, "CASHFLOW|peer"),
        (Click.FINDING_REMIND, "7|project:3|scope_change_unacknowledged"),
    ]
    assert [click for click, _ in shown(more(Unmeasured(9), Overdue(9, 1, 8)))] == [
        Click.FINDING_NUMBER,
        Click.FINDING_ASK,
        Click.FINDING_CONCLUDE,
        Click.FINDING_EXTEND,
    ]


def test_what_was_extended_can_only_be_concluded() -> None:
    """Domain §2.3: one extension."""
    found = shown(more(Overdue(9, 1, 8, extended=True)))
    assert [click for click, _ in found] == [Click.FINDING_CONCLUDE]


def test_good_enough_leads_to_the_launch_check() -> None:
    """S1-20, domain §2.5: ship and learn."""
    assert shown(more(ABOVE))[0] == (Click.REVIEW_NEW, "CASHFLOW|deployment")


def test_what_is_done_together_has_one_button_and_long_lists_are_counted() -> None:
    notices = [
        Unacknowledged(9, number, DAY, (ERIK,), Kind.NOTICE_UNACKNOWLEDGED) for number in range(30)
    ]
    view = more(Idle(6), *notices)
    assert [click for click, _ in shown(view)] == [Click.FINDING_NEW, Click.FINDING_REMIND]
    assert "22 more like this" in str(view)


def test_each_condition_is_met_by_itself() -> None:
    conditions = [OverdueCondition(5, number, "Contract", ERIK, DAY) for number in (4, 5)]
    held = WaitingReview(5, 9, "deployment", DAY, held=True)
    assert shown(more(*conditions, held)) == [
        (Click.CONDITION_MET, "7|4"),
        (Click.CONDITION_MET, "7|5"),
        (Click.FINDING_DECIDE, "7|project:3|waiting_review"),
    ]


def test_many_different_ones_fit_a_modal() -> None:
    conditions = [OverdueCondition(5, number, "x" * 3_000, ERIK, DAY) for number in range(200)]
    more(*conditions, subject=EXPERIMENT)


def test_a_step_of_one_point_is_one() -> None:
    numbers = Numbers(
        1, "Recall", "", "share", Goal.MAX, 0.41, 0.53, 0.6, None, DAY, 5, 1, assumed_min_delta=0.01
    )
    assert "gains of 1 point or more" in because(BELOW, numbers, DAY)
    assert "gains of 2 points or more" in because(
        BELOW, replace(numbers, assumed_min_delta=0.02), DAY
    )
