"""Whose time it is, when a run is summarised, what an answer concludes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.domain.experiment import Outcome
from models.domain.standup import (
    BlockerKind,
    EntryStatus,
    still_worth_asking,
    summary_moment,
    window,
)
from tests.clock import MORNING

BERLIN = ZoneInfo("Europe/Berlin")
FOUR = time(16, 0)


def test_everybody_has_the_same_time_to_answer() -> None:
    assert window(MORNING, 24) - MORNING == timedelta(hours=24)


@pytest.mark.parametrize(
    ("hours_left", "asked"), [(24, True), (2, True), (1.99, False), (0, False)]
)
def test_a_late_question_is_asked_until_two_hours_before_the_end(
    hours_left: float, *, asked: bool
) -> None:
    closes = MORNING + timedelta(hours=24)
    assert still_worth_asking(closes - timedelta(hours=hours_left), closes) is asked


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 3), datetime(2026, 3, 3, 15, 0, tzinfo=UTC)),
        (date(2026, 3, 31), datetime(2026, 3, 31, 14, 0, tzinfo=UTC)),
    ],
)
def test_the_summary_is_posted_at_four_on_the_ceremonys_wall(day: date, expected: datetime) -> None:
    assert summary_moment(day, FOUR, BERLIN, MORNING, asked_for=False) == expected


def test_a_run_that_somebody_asked_for_leaves_time_to_answer() -> None:
    afternoon = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
    moment = summary_moment(date(2026, 3, 3), FOUR, BERLIN, afternoon, asked_for=True)
    assert moment == afternoon + timedelta(hours=4)
    morning = summary_moment(date(2026, 3, 3), FOUR, BERLIN, MORNING, asked_for=True)
    assert morning == datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


def test_an_answer_concludes_with_the_outcome_of_its_name() -> None:
    outcomes = {status: status.outcome for status in EntryStatus}
    assert outcomes.pop(EntryStatus.STILL_TESTING) is None
    assert outcomes.pop(EntryStatus.NOT_EXPERIMENTING) is None
    assert {status.value: outcome for status, outcome in outcomes.items()} == {
        outcome.value: outcome for outcome in Outcome
    }


def test_every_choice_has_words_of_its_own() -> None:
    for kind in (EntryStatus, BlockerKind):
        labels = [one.label for one in kind]
        assert len(set(labels)) == len(labels)
