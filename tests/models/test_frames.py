"""What is drawn and computed in a child process: it works, it is the same, and it may fail."""

from datetime import date

import pytest

from models import frames
from models.domain.charts import Bet, Chart, OutcomesChart, PortfolioChart, Week
from models.domain.experiment import Outcome
from models.domain.orders import Windows
from models.domain.velocity import Waited
from models.domain.working_days import Span
from tests.drawn import PNG, chart_of
from tests.scenarios import scenarios
from tests.velocities import EXPECTED, as_expected, figures, tried_in

WINDOWS = [Span(*map(date.fromisoformat, one["window"])) for one in EXPECTED]
GROUPS = {
    **{one["key"]: tried_in(one["key"]) for one in scenarios()["projects"]},
    "all": tried_in(None),
}
ORDER = Windows(
    tried=GROUPS,
    waited={"all": [Waited(date(2026, 10, 1), date(2026, 10, 9))]},
    windows=WINDOWS,
    holidays=(Span(date(2026, 10, 5), date(2026, 10, 5)),),
)


async def test_charts_are_drawn_in_their_order() -> None:
    charts: list[Chart] = [
        chart_of("fraud", "recall_at_p90", "share"),
        PortfolioChart(bets=(Bet(name="$x_1", benefit=8, complexity=3, effort=None),)),
        OutcomesChart(weeks=(Week(monday=WINDOWS[0].start, outcomes={Outcome.REFUTED: 2}),)),
    ]
    images = await frames.drawn(charts)
    assert [image[:8] for image in images] == [PNG] * 3
    assert len(set(images)) == 3
    assert await frames.drawn([]) == []


async def test_pandas_counts_what_the_rules_count() -> None:
    given = await frames.worked_out(ORDER)
    assert given.velocity == frames.by_the_rules(ORDER)
    assert given.velocity["all"][0].waiting_days == 5
    plain = (await frames.worked_out(ORDER.model_copy(update={"holidays": ()}))).velocity
    for place, expected in enumerate(EXPECTED):
        assert as_expected(plain[expected.get("project", "all")][place]) == figures(expected)


async def test_where_nothing_was_tried_nothing_is_counted() -> None:
    nothing = Windows(tried={"": [], "A": []}, waited={"": []}, windows=WINDOWS)
    assert (await frames.worked_out(nothing)).velocity == frames.by_the_rules(nothing)


async def test_a_child_that_fails_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PYTHON", "/bin/false")
    assert await frames.over_windows(ORDER) == frames.by_the_rules(ORDER)
    with pytest.raises(frames.NotDrawn):
        await frames.drawn([chart_of("fraud", "recall_at_p90", "share")])


async def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PATIENCE", 0.0)
    with pytest.raises(frames.NotDrawn, match="no answer"):
        await frames.drawn([chart_of("fraud", "recall_at_p90", "share")])


async def test_what_can_t_be_read_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PYTHON", "/bin/true")
    with pytest.raises(frames.NotDrawn, match="can't be read"):
        await frames.drawn([chart_of("fraud", "recall_at_p90", "share")])
