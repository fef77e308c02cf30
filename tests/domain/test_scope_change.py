"""Scope changes: what is listed, for how long, and when who has not confirmed is asked again."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.domain.absence import HORIZON, Week
from models.domain.benchmark import Moved
from models.domain.cadence import local_date
from models.domain.scope_change import (
    ENGINEERS,
    SHOWN_FOR,
    TOLD,
    ScopeReason,
    chase_moment,
    listed,
    moved_by,
    still_safe,
)

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = frozenset({"mon", "tue", "wed", "thu", "fri"})
TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("asked_on", "week", "day"),
    [
        pytest.param(TUESDAY, Week(BERLIN, DAYS), date(2026, 3, 6), id="three days"),
        pytest.param(date(2026, 3, 6), Week(BERLIN, DAYS), date(2026, 3, 11), id="a weekend"),
        pytest.param(
            TUESDAY,
            Week(BERLIN, DAYS, date(2026, 3, 4), date(2026, 3, 5)),
            date(2026, 3, 10),
            id="two days away",
        ),
        pytest.param(
            date(2026, 4, 2),
            Week(BERLIN, DAYS, holidays=[date(2026, 4, 3), date(2026, 4, 6)]),
            date(2026, 4, 9),
            id="over Easter",
        ),
        pytest.param(
            TUESDAY,
            Week(BERLIN, DAYS, TUESDAY),
            TUESDAY + timedelta(days=HORIZON),
            id="leave without an end",
        ),
        # The clocks change on Sunday, 29 March: nine in the morning is nine in the morning.
        pytest.param(date(2026, 3, 26), Week(BERLIN, DAYS), date(2026, 3, 31), id="over a gap"),
    ],
)
def test_three_of_the_addressees_working_days_pass(asked_on: date, week: Week, day: date) -> None:
    moment = chase_moment(asked_on, week)
    assert local_date(moment, BERLIN) == day
    assert moment.astimezone(BERLIN).hour == 9


def test_one_thing_a_line() -> None:
    assert listed(" - The page\n\n• The export \n") == ("The page", "The export")
    assert listed("") == ()


def test_summaries_list_it_for_two_weeks() -> None:
    last = TUESDAY + SHOWN_FOR
    assert [still_safe(TUESDAY, day) for day in (TUESDAY, last)] == [True, True]
    assert not still_safe(TUESDAY, last + timedelta(days=1))
    assert not still_safe(TUESDAY, TUESDAY - timedelta(days=1))


def test_engineers_are_told_and_every_reason_has_a_label() -> None:
    assert set(ENGINEERS) < set(TOLD)
    assert len({reason.label for reason in ScopeReason}) == 4


@pytest.mark.parametrize("reason", list(ScopeReason))
def test_a_scope_change_moves_the_data_or_what_it_is_about(reason: ScopeReason) -> None:
    assert moved_by(reason) is (Moved.DATA if reason is ScopeReason.DATA else Moved.POPULATION)
