"""The records of a walk say all that the whole walk says."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.metric import Goal, gain
from models.domain.progress import (
    Mark,
    Measured,
    Point,
    Yardstick,
    points,
    standing,
    walk,
)
from models.domain.records import (
    Record,
    confirmed_records,
    record_places,
    steps,
    walk_records,
)

START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([9.5, 10, 10.5, 11, 11.4, 12, 14, 20, 31, 45]), max_size=30),
    st.sampled_from([0.5, 1, 3]),
    st.sampled_from([None, 12.0, 40.0]),
)
def test_the_records_alone_say_all(
    values: list[float], min_delta: float, acceptance: float | None
) -> None:
    for goal, sign in ((Goal.MAX, 1), (Goal.MIN, -1)):
        found = [Point(on(n), sign * value, n) for n, value in enumerate(values)]
        mark = Mark(0, START, sign * 10.0, None if acceptance is None else sign * acceptance)
        whole = walk(
            found,
            goal=goal,
            baseline=mark.baseline,
            effective=START,
            min_delta=min_delta,
            acceptance=mark.acceptance,
        )
        yardstick = Yardstick(goal, min_delta)
        best = [
            Record(one, place)
            for place, one in enumerate(found, start=1)
            if all(gain(goal, one.value, before.value) > 0 for before in found[: place - 1])
        ]
        assert walk_records(best, len(found), yardstick, mark) == whole


def test_what_is_only_as_good_as_the_best_is_no_record() -> None:
    values = [6.0, 7.0, 7.0, 5.0, 9.0, 5.0, 4.0]
    assert record_places(values, goal=Goal.MAX) == [1, 2, 5]
    assert record_places(values, goal=Goal.MIN) == [1, 4, 7]
    assert record_places([], goal=Goal.MIN) == []


def test_the_step_line_begins_with_the_baseline_and_never_gets_worse() -> None:
    records = [Record(Point(on(1), 12), 1), Record(Point(on(3), 13), 3)]
    assert steps(records, 4, baseline=10, most=12) == [10, 12, 12, 13, 13]
    assert steps(records, 4, baseline=10, most=3) == [10, 12, 13]
    assert steps([], 0, baseline=10, most=12) == [10]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 1, 2, 3, 4, 5, 6]),
            st.sampled_from([9.5, 10, 10.5, 11, 12, 14, 20, 31, 45]),
            st.booleans(),
        ),
        max_size=20,
    ),
    st.sampled_from([None, 12.0, 40.0]),
)
def test_without_doubtful_ones_they_say_what_the_confirmed_walk_says(
    tries: list[tuple[int | None, float, bool]], acceptance: float | None
) -> None:
    for goal, sign in ((Goal.MAX, 1), (Goal.MIN, -1)):
        mark = Mark(1, START, sign * 10.0, None if acceptance is None else sign * acceptance)
        yardstick = Yardstick(goal, 0.5)
        measured = [
            Measured(owner, on(n), sign * value, 1, confirmed_on=on(n) if confirmed else None)
            for n, (owner, value, confirmed) in enumerate(tries)
        ]
        whole = standing(measured, yardstick, mark, today=on(30), confirmed_only=True)
        best = points(measured, goal=goal, version=1, today=on(30))
        found, total = confirmed_records(best, yardstick, mark)
        assert walk_records(found, total, yardstick, mark) == whole
