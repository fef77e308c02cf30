"""What leaders are told of a project: its place, its result, what it is worth, how likely it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from models.domain.experiment import Outcome
from models.domain.findings.kinds import StopMark
from models.domain.findings.state import Blocker, Project
from models.domain.leadership import (
    Known,
    Measure,
    block,
    digest,
    told,
    without_scope,
)
from models.domain.leadership_facts import Bet, Learned, Open, Place, Since, Still
from models.domain.leadership_learned import Ended, learned
from models.domain.live import Live
from models.domain.metric import Goal
from models.domain.progress import Mark, Measured, Progress, Yardstick, standing
from models.domain.project import ProjectStatus, Stage
from models.domain.working_days import Span

TODAY = date(2026, 11, 13)
MARK = Mark(1, date(2026, 8, 24), 0.41, 0.60)
POINTS = {"kind": "per_point", "currency": "EUR", "per_point_per_month": [1000, 2000]}
MEASURE = Measure("Out of 100 frauds, how many we stop", "share", Goal.MAX, True, None)


def walked(*values: float, confirmed: bool = True, mark: Mark = MARK) -> Progress:
    """The walk over these results, a day apart."""
    days = [date(2026, 9, 1 + n) for n in range(len(values))]
    measured = [
        Measured(n, day, value, 1, confirmed_on=day if confirmed else None)
        for n, (day, value) in enumerate(zip(days, values, strict=True))
    ]
    return standing(measured, Yardstick(Goal.MAX, 0.01), mark, today=TODAY, confirmed_only=True)


def project(*values: float, **columns: Any) -> Project:
    """A project in development with these results."""
    defaults: dict[str, Any] = {
        "project_id": 1,
        "key": "FRAUD",
        "name": "Card fraud",
        "stage": Stage.DEVELOPMENT,
        "status": ProjectStatus.ACTIVE,
        "stage_since": MARK.effective,
        "progress": walked(*values),
    }
    return Project(**{**defaults, **columns})


def known(*values: float, **columns: Any) -> Known:
    return Known(project(*values, **columns), measure=MEASURE)


LIVE = Live(0.9, TODAY, 0.98, 0.97, 2, date(2026, 11, 2))
IN_THE_WAY = Blocker(1, "Bank feed terms", None, date(2026, 11, 3))


@pytest.mark.parametrize(
    ("of", "place"),
    [
        (known(0.5), Place.IN_SEARCH),
        (known(0.62), Place.READY),
        (replace(known(0.5), approved=True), Place.READY),
        (known(0.62, touchpoint=date(2026, 11, 12)), Place.NEEDS_DECISION),
        (known(0.62, blockers=(IN_THE_WAY,)), Place.NEEDS_ATTENTION),
        (known(stage=Stage.PRODUCTION, live=LIVE), Place.NEEDS_ATTENTION),
        (known(stage=Stage.PRODUCTION), Place.LIVE),
        (known(0.62, status=ProjectStatus.ON_HOLD), Place.IDLE),
        (known(stage=Stage.CONCEPTION), Place.IDLE),
        (replace(known(stage=Stage.CONCEPTION), running=1), Place.IN_SEARCH),
        (known(0.5, stage=Stage.CONCEPTION), Place.IN_SEARCH),
        (known(stage=Stage.CONCEPTION, progress=None), Place.IDLE),
        (known(stage=Stage.DATA, progress=None), Place.IN_SEARCH),
    ],
)
def test_each_project_has_its_place(of: Known, place: Place) -> None:
    assert block(of, TODAY).place is place


def test_a_confirmed_result_stands_until_another_counts_as_better() -> None:
    assert told(walked(0.648, 0.655), Goal.MAX) == 0.648
    assert told(walked(0.648, 0.66), Goal.MAX) == 0.66
    assert told(walked(0.45, 0.455), Goal.MAX) == 0.455, "nothing there was to be confirmed"
    assert told(walked(), Goal.MAX) is None
    assert told(walked(0.40), Goal.MAX) is None


def test_what_nobody_has_confirmed_is_no_result() -> None:
    assert told(walked(0.45, 0.712, confirmed=False), Goal.MAX) == 0.45


def test_a_missed_stop_mark_asks_for_a_decision_with_what_going_on_costs() -> None:
    stop = StopMark(date(2026, 11, 6), 0.55, Goal.MAX, 0.5)
    facts = block(replace(known(0.5, stop=stop), effort=2.0), TODAY)
    assert facts.decision is not None
    assert (facts.decision.since, facts.decision.stop, facts.decision.effort) == (stop.by, 0.55, 2)
    passed = block(known(0.5, touchpoint=date(2026, 11, 6)), TODAY)
    assert passed.decision is not None
    assert (passed.decision.stop, passed.touchpoint) == (None, None)


def test_without_acceptance_there_is_no_result_to_tell() -> None:
    mark = Mark(1, MARK.effective, 0.41, None)
    unmarked = known(0.5, progress=walked(0.5, mark=mark))
    for of in (unmarked, Known(project(0.5))):
        assert (block(of, TODAY).what, block(of, TODAY).worth) == (None, None)


def test_a_live_model_is_told_by_its_live_value_and_what_is_suspected() -> None:
    of = replace(
        known(0.98, stage=Stage.PRODUCTION, live=LIVE),
        suspected="The address feed",
        latest=date(2026, 1, 1),
        coming=None,
        measure=replace(MEASURE, value_model=POINTS),
    )
    facts = block(of, TODAY)
    assert facts.what is not None
    assert (facts.what.value, facts.what.live, facts.what.bad_since) == (0.9, True, LIVE.bad_since)
    assert facts.suspected == "The address feed"
    assert facts.latest is None
    assert facts.worth is not None
    assert facts.worth.needed is None
    well = block(
        known(0.98, stage=Stage.PRODUCTION, live=replace(LIVE, bad=0, bad_since=None)), TODAY
    )
    assert not well.suspected


def test_worth_is_told_for_now_and_for_what_is_needed() -> None:
    measure = replace(MEASURE, value_model={**POINTS, "running_cost": [100, 200]})
    below, reached, nothing = (
        block(replace(known(*values), measure=measure), TODAY).worth
        for values in ((0.5,), (0.61,), ())
    )
    assert below is not None
    assert [round(end) for end in (*(below.now or ()), *(below.needed or ()))] == [
        90,
        180,
        190,
        380,
    ]
    assert list(below.costs or ()) == [100, 200]
    assert reached is not None
    assert nothing is not None
    assert [bool(one) for one in (reached.now, reached.needed)] == [True, False]
    assert [bool(one) for one in (nothing.now, nothing.needed)] == [False, True]


def test_without_a_value_its_pm_is_asked_within_two_weeks() -> None:
    assert block(known(0.5), TODAY).asked_by == date(2026, 11, 27)
    assert block(replace(known(0.5), has_pm=False), TODAY).asked_by is None
    assert block(known(stage=Stage.CONCEPTION), TODAY).asked_by is None, "it has not begun"


@pytest.mark.parametrize(
    ("said", "likely", "before"),
    [
        ([], None, None),
        ([(date(2026, 11, 6), 8)], 8, None),
        ([(date(2026, 10, 16), 4), (date(2026, 11, 6), 8)], 8, 4),
        ([(date(2026, 10, 17), 4), (date(2026, 11, 6), 8)], 8, None),
        ([(date(2026, 10, 16), 6), (date(2026, 11, 6), 8)], 8, None),
        ([(date(2026, 10, 16), 8), (date(2026, 11, 6), 5)], 5, 8),
        ([(date(2026, 11, 14), 8)], None, None),
    ],
)
def test_how_likely_it_is_and_was(
    said: list[tuple[date, int]], likely: int | None, before: int | None
) -> None:
    facts = block(replace(known(0.5), confidence=tuple(said)), TODAY)
    assert (facts.likely, facts.likely_before) == (likely, before)
    approved = block(replace(known(0.5), confidence=tuple(said), approved=True), TODAY)
    assert (approved.likely, approved.likely_before) == (None, None)


def test_dates_that_are_over_are_told_as_such() -> None:
    of = replace(known(0.5), earliest=date(2026, 11, 1), latest=date(2026, 12, 1))
    facts = block(of, TODAY)
    assert (facts.earliest, facts.latest, facts.overrun) == (None, date(2026, 12, 1), False)
    assert block(replace(of, latest=date(2026, 11, 12)), TODAY).overrun


def test_what_is_open_and_in_the_way_is_told_without_who() -> None:
    condition = Open("Billing feed contract", date(2026, 12, 4), "Sofía")
    of = replace(known(0.61, blockers=(IN_THE_WAY,)), conditions=(condition,), story="It leapt.")
    facts = block(of, TODAY)
    assert facts.conditions == (condition,)
    assert [(one.what, one.days) for one in facts.waiting] == [("Bank feed terms", 8)]
    assert facts.story == "It leapt."


def test_the_digest_has_the_most_important_first_and_leaves_out_what_is_over() -> None:
    of = [
        replace(known(0.5, project_id=1, name="B"), effort=2.5),
        replace(known(0.62, project_id=2, name="A"), effort=0.5),
        replace(known(0.5, project_id=3, name="C", status=ProjectStatus.ON_HOLD), effort=1.0),
        known(0.5, project_id=4, name="D", touchpoint=date(2026, 11, 12)),
        known(0.5, project_id=5, name="E", status=ProjectStatus.STOPPED),
    ]
    facts = digest(of, TODAY, None)
    assert [one.name for one in facts.projects] == ["D", "A", "B", "C"]
    assert [one.name for one in facts.decisions] == ["D"]
    assert facts.bets == (Bet("B", 83), Bet("A", 17))
    assert digest(of, TODAY, None, bets=False).bets is None
    assert digest([], TODAY, None).bets == ()


def test_what_was_learned_counts_what_was_ruled_out_as_much() -> None:
    day = date(2026, 11, 2)
    off = (Span(date(2026, 11, 3), date(2026, 11, 3)),)
    ended = [
        Ended(day, date(2026, 11, 5), Outcome.SUPPORTED),
        Ended(day, date(2026, 11, 5), Outcome.REFUTED, off),
        Ended(day, date(2026, 11, 6), Outcome.REFUTED),
        Ended(None, date(2026, 11, 6), Outcome.INCONCLUSIVE),
        Ended(None, date(2026, 11, 6), Outcome.ABANDONED),
    ]
    facts = learned(ended)
    assert facts == Learned(held=1, ruled_out=2, cant_tell=1, dropped=1, days=3)
    posted = {"held": 1, "ruled_out": 2, "unclear": 1, "dropped": 1, "days": 3}
    assert TypeAdapter(Learned).validate_python(posted) == facts, (
        "what was posted can still be read"
    )
    assert facts.answered == 4, "what was dropped is not answered"
    assert learned(ended[:2]).days is None


def test_a_changed_scope_can_be_left_out() -> None:
    of = replace(known(0.5), scope=Since("Invoices only", date(2026, 10, 5)))
    assert block(of, TODAY).scope == of.scope
    assert block(without_scope(of), TODAY).scope is None


def test_a_flat_stretch_is_said_so_that_silence_is_no_failure() -> None:
    """S0-13, S0-15: five tries and two weeks; good enough, it asks to be shipped."""
    flat = known(0.5, 0.505, 0.5, 0.5, 0.5, 0.5)
    assert block(flat, TODAY).still == Still(date(2026, 9, 1), 5)
    enough = known(0.62, 0.62, 0.62, 0.62, 0.62, 0.62)
    assert block(enough, TODAY).still == Still(date(2026, 9, 1), 5, enough=True)
    assert block(known(0.5, 0.5), TODAY).still is None
    assert block(replace(enough, approved=True), TODAY).still is None, "it is about to go live"
    assert block(known(*[0.4] * 6), TODAY).still is None, "nothing was told that could stand still"
    assert block(known(*[0.5] * 6, progress=None), TODAY).still is None


def test_what_is_held_back_keeps_its_part_of_the_effort_and_loses_its_name() -> None:
    fraud, churn = replace(known(0.5), effort=3.0), replace(known(0.5), effort=1.0, held=True)
    churn = replace(churn, project=replace(churn.project, project_id=2, key="CHURN", name="Churn"))
    facts = digest([fraud, churn], TODAY, None)
    assert [one.name for one in facts.projects] == ["Card fraud"]
    assert facts.bets == (Bet("Card fraud", 75), Bet("", 25))
    shown = digest([fraud, churn], TODAY, None, held_back=False)
    assert {one.name for one in shown.projects} == {"Card fraud", "Churn"}
    assert shown.bets == (Bet("Card fraud", 75), Bet("Churn", 25))
