"""A chart's facts as a PNG image, by matplotlib's objects and Agg: no window, no global state.

Slack's own chart block would not do: it has bars, lines and areas of at most 20 points, in its own colours,
and no steps, shapes, marks or bands (domain §5.5).
"""

from typing import assert_never

from models.analytics import outcome_bars, portfolio, progress
from models.analytics.card import as_png
from models.domain.charts import Chart, OutcomesChart, PortfolioChart, ProgressChart


def png(chart: Chart) -> bytes:
    """The image."""
    match chart:
        case ProgressChart():
            return as_png(progress.drawn(chart))
        case PortfolioChart():
            return as_png(portfolio.drawn(chart))
        case OutcomesChart():
            return as_png(outcome_bars.drawn(chart))
        case _:
            assert_never(chart)
