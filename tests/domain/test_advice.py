"""What is recommended by rule, each with its twin that is not (domain §5.4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.domain.advice import NEXT_LOOK, Advice, Rule, advise, differs
from models.domain.decision import DecisionKind
from models.domain.findings.kinds import StopMark
from models.domain.metric import Goal
from models.domain.progress import Progress
from models.domain.project import Stage
from tests.findings import MONDAY, walked

MISSED = StopMark(MONDAY, 0.5, Goal.MAX, 0.49)


def advice_on(day: int, progress: Progress | None = None, stop: StopMark | None = None) -> Advice:
    today = MONDAY + timedelta(days=day)
    return advise(progress, stop, stage=Stage.DEVELOPMENT, today=today)


def test_a_missed_stop_mark_says_stop_on_its_day() -> None:
    assert advice_on(0, stop=MISSED) == Advice(Rule.STOP_MARK_MISSED)
    before = MONDAY - timedelta(days=1)
    assert advice_on(-1, stop=MISSED) == Advice(Rule.STILL_MOVING, MONDAY)
    ahead = advise(None, MISSED, stage=Stage.DEVELOPMENT, today=before, on=MONDAY)
    assert ahead.kind is DecisionKind.STOP


def test_a_met_stop_mark_says_go_on_for_four_weeks() -> None:
    met = replace(MISSED, best=0.5)
    assert advice_on(3, stop=met) == Advice(
        Rule.STILL_MOVING, MONDAY + timedelta(days=3) + NEXT_LOOK
    )


@pytest.mark.parametrize(
    ("accepted_on", "rule", "kind"),
    [
        (MONDAY, Rule.GOOD_ENOUGH, DecisionKind.GO),
        (None, Rule.NO_REAL_GAIN, DecisionKind.PIVOT),
    ],
)
def test_a_flat_stretch(accepted_on: date | None, rule: Rule, kind: DecisionKind) -> None:
    progress = walked(wait=5, accepted_on=accepted_on)
    found = advice_on(14, progress)
    assert (found, found.kind) == (Advice(rule), kind)
    assert advice_on(13, progress).rule is Rule.STILL_MOVING
    assert advice_on(14, replace(progress, wait=4)).rule is Rule.STILL_MOVING
    live = advise(progress, None, stage=Stage.PRODUCTION, today=MONDAY + timedelta(days=14))
    assert live.rule is Rule.STILL_MOVING


def test_what_differs() -> None:
    advice = Advice(Rule.STOP_MARK_MISSED)
    assert differs(DecisionKind.CONTINUE, advice)
    assert not differs(DecisionKind.STOP, advice)
