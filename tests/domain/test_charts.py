"""What a chart shows, before it is drawn: the made-up quarter's three stories (domain §5.5)."""

from dataclasses import replace
from datetime import date

from models.domain.charts import MOST_DOTS, Drawn, Shape, progress_chart
from models.domain.experiment import Outcome
from models.domain.metric import Goal
from models.domain.progress import Mark, Measured, Yardstick
from models.domain.working_days import Span
from tests.drawn import chart_of

START = date(2026, 1, 5)
MARK = Mark(1, START, 10.0, 20.0)


def test_fraud_stood_still_for_weeks_then_leapt() -> None:
    chart = chart_of("fraud", "recall_at_p90", "share")
    (only,) = chart.stretches
    assert only.steps[0] == (date(2026, 8, 24), 0.41)
    assert only.steps[-1][1] == 0.655
    assert [(note.on, note.value, note.leap) for note in chart.notes][-1] == (
        date(2026, 11, 5),
        0.648,
        True,
    )
    assert [span.end for span in chart.flat] == [date(2026, 10, 29)]
    (aside,) = [dot for dot in chart.dots if dot.struck]
    assert (aside.value, aside.shape) == (0.712, Shape.ASIDE)


def test_a_leaked_number_counts_until_the_day_it_was_set_aside() -> None:
    then = chart_of("fraud", "recall_at_p90", "share", date(2026, 9, 30))
    after = chart_of("fraud", "recall_at_p90", "share", date(2026, 10, 2))
    assert then.stretches[0].steps[-1][1] == 0.712
    assert not any(dot.struck for dot in then.dots)
    assert [(note.value, note.leap, note.doubt) for note in then.notes] == [(0.712, False, True)]
    assert after.stretches[0].steps[-1][1] == 0.536


def test_cash_flow_s_two_versions_are_two_lines() -> None:
    chart = chart_of("cashflow", "wape_30d", "%")
    first, second = chart.stretches
    assert first.until == second.effective == date(2026, 10, 6)
    assert (first.steps[-1][1], second.steps[0][1], second.steps[-1][1]) == (21.8, 21.0, 19.8)
    assert chart.stop is not None
    assert chart.goal is Goal.MIN
    assert chart.flat[-1].end == date(2026, 11, 13)
    assert len(chart_of("cashflow", "wape_30d", "%", date(2026, 10, 5)).stretches) == 1


def drawn(values: list[float], outcomes: dict[int, Outcome] | None = None) -> Drawn:
    rows = [
        Measured(number, date.fromordinal(START.toordinal() + number), value, 1)
        for number, value in enumerate(values, start=1)
    ]
    return Drawn(Yardstick(Goal.MAX, 1.0), [MARK], rows, outcomes or {})


def test_shapes_say_what_became_of_each() -> None:
    outcomes = dict(enumerate(Outcome, start=1))
    of = drawn([11.0, 12.0, 13.0, 14.0, 15.0], outcomes=outcomes)
    shapes = [dot.shape for dot in progress_chart("A", "", of, date(2026, 2, 1), None).dots]
    assert shapes == [
        Shape.SUPPORTED,
        Shape.RULED_OUT,
        Shape.CANT_TELL,
        Shape.ASIDE,
        Shape.OPEN,
    ]


def test_flat_is_patience_and_days_together() -> None:
    today = date(2026, 3, 1)
    stood = drawn([11.0, 11.0, 11.0, 11.0, 11.0, 11.0])
    found = progress_chart("A", "", stood, today, None)
    assert found.flat == (Span(date(2026, 1, 20), today),)
    assert progress_chart("A", "", stood, date(2026, 1, 20), None).flat == ()
    patient = stood._replace(thresholds=replace(stood.thresholds, patience=9))
    assert progress_chart("A", "", patient, today, None).flat == ()
    quick = drawn([11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 13.0])
    assert progress_chart("A", "", quick, today, None).flat == ()


def test_before_the_first_version_there_is_nothing() -> None:
    early = progress_chart("A", "", drawn([11.0]), date(2026, 1, 4), None)
    assert (early.stretches, early.notes, early.dots) == ((), (), ())
    assert progress_chart("A", "", drawn([9.0]), date(2026, 2, 1), None).notes == ()


def test_a_picture_has_room_for_so_many_points() -> None:
    of = drawn([11.0 + n / 100 for n in range(MOST_DOTS + 60)])
    chart = progress_chart("A", "", of, date(2027, 2, 1), None)
    assert len(chart.dots) == MOST_DOTS
    assert chart.stretches[0].steps[1][1] == 11.0
