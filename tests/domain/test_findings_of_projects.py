"""What could use a hand in a project; each has a twin one day short that stays silent (domain §2.5)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from models.domain.findings.kinds import (
    Blocked,
    DecisionDue,
    Idle,
    Kind,
    OverdueCondition,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    StopMark,
    Thresholds,
    Unacknowledged,
    WaitingReview,
)
from models.domain.findings.state import Addressee, Condition, Notice, Review
from models.domain.incident import OpenIncident
from models.domain.live import Live
from models.domain.metric import Goal
from models.domain.project import ProjectStatus, Stage
from models.domain.working_days import Span
from tests.findings import (
    ANN,
    BEN,
    MONDAY,
    blocker,
    experiment,
    kinds,
    project,
    raised,
    walked,
    wd,
)

MISSED = StopMark(wd(5), 0.5, Goal.MAX, 0.49)


def test_a_missed_stop_mark_asks_for_a_decision_the_day_after() -> None:
    of = project(stop=MISSED)
    assert raised(of, wd(6)) == [DecisionDue(wd(5), 1, MISSED)]
    assert raised(of, wd(5)) == []


def test_passed_on_friday_is_passed_on_saturday() -> None:
    mark = replace(MISSED, by=date(2026, 1, 9))
    assert raised(project(stop=mark), date(2026, 1, 10)) == [DecisionDue(mark.by, 1, mark)]


@pytest.mark.parametrize(
    "mark", [replace(MISSED, best=0.5), StopMark(wd(5), 17.5, Goal.MIN, 17.4)], ids=["max", "min"]
)
def test_a_met_stop_mark_raises_nothing(mark: StopMark) -> None:
    assert mark.met
    assert raised(project(stop=mark), wd(50)) == []


def test_a_passed_touchpoint_asks_for_a_decision() -> None:
    of = project(touchpoint=wd(3), stop=replace(MISSED, best=0.5))
    assert raised(of, wd(4)) == [DecisionDue(wd(3), 1, None)]
    assert raised(of, wd(3)) == []


def test_the_earlier_date_is_shown_and_the_stop_mark_on_a_tie() -> None:
    assert raised(project(stop=MISSED, touchpoint=wd(3)), wd(9)) == [DecisionDue(wd(3), 6, None)]
    assert raised(project(stop=MISSED, touchpoint=wd(5)), wd(9)) == [DecisionDue(wd(5), 4, MISSED)]


def test_a_decision_on_the_date_or_later_clears_it() -> None:
    for day, due in ((wd(4), True), (wd(5), False), (wd(8), False), (wd(10), True)):
        assert bool(raised(project(stop=MISSED, decisions=(day,)), wd(9))) is due
    both = project(stop=MISSED, touchpoint=wd(3), decisions=(wd(4),))
    assert raised(both, wd(9)) == [DecisionDue(wd(5), 4, MISSED)]


def test_how_long_a_decision_may_wait_is_a_setting() -> None:
    of = project(stop=MISSED, thresholds=Thresholds(decision_days=2))
    assert kinds(of, wd(6)) == []
    assert kinds(of, wd(7)) == [Kind.DECISION_DUE]


def test_a_bad_live_value_is_shown() -> None:
    live = Live(0.96, wd(9), 0.98, 0.97, bad=1, bad_since=wd(9))
    assert raised(project(live=live), wd(9)) == [ProductionBelow(live, wd(9))]
    assert raised(project(live=replace(live, bad=0, bad_since=None)), wd(9)) == []
    opened = OpenIncident(7, wd(9))
    assert raised(project(live=live, incident=opened), wd(9)) == [
        ProductionBelow(live, wd(9), opened)
    ]
    two = Thresholds(production_values=2)
    assert raised(project(live=live, thresholds=two), wd(9)) == []
    assert kinds(project(live=replace(live, bad=2), thresholds=two), wd(9))


def test_a_project_can_be_blocked() -> None:
    of = project(blockers=(blocker(owner=None),))
    assert raised(of, wd(3)) == [Blocked(3, 1, "Terms with the provider", None)]
    assert raised(of, wd(2)) == []


DUE = Review(4, "handover", wd(2))


def test_a_review_five_days_after_it_was_due() -> None:
    of = project(reviews=(DUE,))
    assert raised(of, wd(7)) == [WaitingReview(5, 4, "handover", wd(2), held=False)]
    assert raised(of, wd(6)) == []
    assert raised(of, wd(7), wd(4)) == []


def test_a_review_two_days_after_it_was_held_without_a_decision() -> None:
    of = project(reviews=(replace(DUE, held_on=wd(9)),))
    assert raised(of, wd(11)) == [WaitingReview(2, 4, "handover", wd(9), held=True)]
    assert raised(of, wd(10)) == []
    assert kinds(of, wd(8)) == [Kind.WAITING_REVIEW]


def test_a_decided_or_cancelled_review_waits_for_nobody() -> None:
    decided = project(reviews=(replace(DUE, held_on=wd(2), decided_on=wd(8)),))
    cancelled = project(reviews=(replace(DUE, cancelled_on=wd(8)),))
    for of in (decided, cancelled):
        assert kinds(of, wd(7)) == [Kind.WAITING_REVIEW]
        assert kinds(of, wd(8)) == []


def test_a_review_that_is_still_to_come_waits_for_nobody() -> None:
    of = project(reviews=(DUE,), thresholds=Thresholds(review_days=0))
    assert kinds(of, wd(1)) == []
    assert kinds(of, wd(2)) == [Kind.WAITING_REVIEW]


FLAT = walked(wait=5, best=10.5)
LAST = MONDAY + timedelta(days=14)


def test_a_plateau_needs_patience_and_days() -> None:
    assert raised(project(progress=FLAT), LAST) == [PlateauBelow(5, 14, 10, 10.5, 20)]
    assert raised(project(progress=FLAT), LAST - timedelta(days=1)) == []
    assert raised(project(progress=replace(FLAT, wait=4)), LAST) == []


def test_a_plateau_above_acceptance_says_since_when_it_is_good_enough() -> None:
    good = walked(wait=5, best=20.5, reference=20, accepted_on=MONDAY)
    assert raised(project(progress=good), LAST) == [PlateauAbove(5, 14, MONDAY, 20.5, 0.5)]


@pytest.mark.parametrize("stage", list(Stage))
def test_a_live_model_has_no_plateau(stage: Stage) -> None:
    live = stage in {Stage.PRODUCTION, Stage.DEPRECATION}
    found = kinds(project(progress=FLAT, stage=stage), LAST)
    assert found == ([] if live else [Kind.PLATEAU_BELOW_ACCEPTANCE])


def test_nothing_running_for_five_days() -> None:
    of = project(experiment(concluded_on=wd(2)), ended=(MONDAY, wd(2), wd(9)))
    assert raised(of, wd(7)) == [Idle(5)]
    assert raised(of, wd(6)) == []
    assert raised(of, wd(7), wd(4)) == []


def test_a_new_project_is_idle_from_its_stage_on() -> None:
    of = project(experiment(started_on=None), stage_since=wd(3))
    assert raised(of, wd(8)) == [Idle(5)]
    assert raised(of, wd(7)) == []


def test_what_is_paused_is_on_purpose() -> None:
    assert raised(project(experiment(pauses=(Span(MONDAY, wd(30)),))), wd(20)) == []


@pytest.mark.parametrize("stage", list(Stage))
def test_only_a_search_can_be_idle(stage: Stage) -> None:
    searching = stage in {Stage.DATA, Stage.PROTOTYPE, Stage.DEVELOPMENT}
    assert bool(kinds(project(experiment(started_on=None), stage=stage), wd(9))) is searching


NOTICE = Notice(9, MONDAY, (Addressee(ANN, acknowledged_on=wd(1)), Addressee(BEN)))


@pytest.mark.parametrize("kind", [Kind.SCOPE_CHANGE_UNACKNOWLEDGED, Kind.NOTICE_UNACKNOWLEDGED])
def test_a_notice_waits_three_days_for_an_acknowledgement(
    kind: Literal[Kind.SCOPE_CHANGE_UNACKNOWLEDGED, Kind.NOTICE_UNACKNOWLEDGED],
) -> None:
    of = project(notices=(replace(NOTICE, kind=kind),))
    assert raised(of, wd(3)) == [Unacknowledged(3, 9, MONDAY, (BEN.person,), kind)]
    assert raised(of, wd(2)) == []


def test_everybody_has_their_own_days() -> None:
    ann = Addressee(replace(ANN, away=(Span(wd(1), wd(1)),)))
    of = project(notices=(replace(NOTICE, addressees=(ann, Addressee(BEN))),))
    only_ben, both = raised(of, wd(3)), raised(of, wd(4))
    assert isinstance(only_ben[0], Unacknowledged)
    assert isinstance(both[0], Unacknowledged)
    assert (only_ben[0].days, only_ben[0].waiting_for) == (3, (BEN.person,))
    assert (both[0].days, both[0].waiting_for) == (4, (ANN.person, BEN.person))


def test_who_is_away_is_not_waited_for() -> None:
    ben = Addressee(replace(BEN, away=(Span(wd(5), wd(6)),)))
    of = project(notices=(replace(NOTICE, addressees=(ben,)),))
    assert [len(kinds(of, wd(day))) for day in (4, 5, 6, 7)] == [1, 0, 0, 1]


def test_a_notice_of_later_is_not_raised_yet() -> None:
    of = project(notices=(NOTICE,), thresholds=Thresholds(unacknowledged_days=0))
    assert kinds(of, MONDAY - timedelta(days=1)) == []
    assert kinds(of, MONDAY) == [Kind.SCOPE_CHANGE_UNACKNOWLEDGED]


def test_all_reasons_stand_in_their_order_and_some_while_on_hold() -> None:
    other = replace(NOTICE, kind=Kind.NOTICE_UNACKNOWLEDGED)
    bad = project(
        experiment(started_on=None),
        stop=MISSED,
        live=Live(0.96, MONDAY, 0.98, 0.97, 1, MONDAY),
        blockers=(blocker(),),
        reviews=(DUE,),
        progress=FLAT,
        notices=(other, NOTICE),
    )
    always = [Kind.DECISION_DUE, Kind.PRODUCTION_BELOW_ACCEPTANCE]
    never_in_one = {Kind.UNMEASURED, Kind.OVERDUE, Kind.SILENT, Kind.PLATEAU_ABOVE_ACCEPTANCE}
    assert kinds(bad, wd(20)) == [kind for kind in Kind if kind not in never_in_one]
    assert kinds(replace(bad, status=ProjectStatus.ON_HOLD), wd(20)) == [*always, *list(Kind)[-2:]]
    assert kinds(replace(bad, status=ProjectStatus.STOPPED), wd(20)) == []


def test_an_overdue_condition_waits_from_the_day_after() -> None:
    one = Condition(4, "Contract signed", ANN.person, wd(3))
    of = project(conditions=(one,))
    assert raised(of, wd(4)) == [OverdueCondition(1, 4, "Contract signed", ANN.person, wd(3))]
    assert raised(of, wd(3)) == []
    met = project(conditions=(replace(one, met_on=wd(5)),))
    assert [kinds(met, wd(day)) for day in (4, 5)] == [[Kind.WAITING_REVIEW], []]
    assert raised(project(conditions=(one,), status=ProjectStatus.ON_HOLD), wd(9)) == []
