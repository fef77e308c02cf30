"""A model in production against acceptance and against its first day (domain §2.5)."""

from datetime import date, timedelta

from models.domain.experiment import Split
from models.domain.live import Live, live
from models.domain.metric import Goal
from models.domain.progress import Mark, Measured, Yardstick

START = date(2026, 1, 5)
MARK = Mark(1, START, 10, 20)


def on(day: int) -> date:
    return START + timedelta(days=day)


LATER = on(99)


def values(*found: float) -> list[Measured]:
    return [Measured(None, on(n), value, 1, Split.PRODUCTION) for n, value in enumerate(found)]


def of(
    measured: list[Measured], *, mark: Mark = MARK, goal: Goal = Goal.MAX, today: date = LATER
) -> Live | None:
    return live(measured, Yardstick(goal, 1), mark, today=today)


def test_before_the_first_live_value_there_is_nothing_to_say() -> None:
    assert of([]) is None
    assert of([Measured(1, on(1), 5, 1)]) is None
    assert of(values(5), today=START - timedelta(days=1)) is None


def test_good_values_are_good() -> None:
    assert of(values(24, 20)) == Live(20, on(1), 24, 20, 0, None, above=True)


def test_below_acceptance_since_the_latest_unbroken_run_began() -> None:
    assert of(values(21, 19, 21, 19, 18)) == Live(18, on(4), 21, 20, 2, on(3))
    assert of(values(19, 18)) == Live(18, on(1), 19, 20, 2, on(0))
    assert of(values(21, 19, 21)) == Live(21, on(2), 21, 20, 0, None, above=True)


def test_five_smallest_changes_below_go_live_are_bad_too() -> None:
    assert of(values(30, 25)) == Live(25, on(1), 30, 20, 1, on(1), above=True)
    assert of(values(30, 25.1)) == Live(25.1, on(1), 30, 20, 0, None, above=True)


def test_where_lower_is_better_higher_is_bad() -> None:
    assert of(values(15, 21), goal=Goal.MIN) == Live(21, on(1), 15, 20, 1, on(1))


def test_without_acceptance_only_the_fall_counts() -> None:
    mark = Mark(1, START, 10, None)
    assert of(values(4, 1), mark=mark) == Live(1, on(1), 4, None, 0, None)


def test_an_excluded_value_and_one_of_later_do_not_count() -> None:
    good, bad = values(21, 19)
    excluded = bad._replace(excluded_on=on(5))
    assert of([good, excluded], today=on(4)) == Live(19, on(1), 21, 20, 1, on(1))
    assert of([good, excluded], today=on(5)) == Live(21, on(0), 21, 20, 0, None, above=True)
    assert of([good, bad], today=on(0)) == Live(21, on(0), 21, 20, 0, None, above=True)
