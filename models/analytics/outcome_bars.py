"""What was concluded week by week: four colours of equal weight, no red for what was ruled out (§5.5-3)."""

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from models.analytics.card import GREY, INK, LINE, SMALL, card
from models.domain.charts import OutcomesChart
from models.domain.experiment import Outcome

LOOKS = {
    Outcome.SUPPORTED: ("held", "#6FA8CF", ""),
    Outcome.REFUTED: ("ruled out", "#DDB35C", "///"),
    Outcome.INCONCLUSIVE: ("can't tell", "#6DB89B", "..."),
    Outcome.ABANDONED: ("dropped", "#B9A7C4", "xxx"),
}
"""Okabe and Ito's blue, orange, green and purple, brought to the same lightness; the hatch says it again."""


def drawn(chart: OutcomesChart) -> Figure:
    """The picture of some weeks."""
    figure, axes = card("Experiments concluded", "By the week's Monday; each outcome counts alike")
    places = range(len(chart.weeks))
    below = [0] * len(chart.weeks)
    for outcome, (label, color, hatch) in LOOKS.items():
        counts = [week.outcomes.get(outcome, 0) for week in chart.weeks]
        bars = axes.bar(
            places,
            counts,
            bottom=below,
            width=0.62,
            color=color,
            hatch=hatch,
            edgecolor="#FBFAF7",
            linewidth=0.8,
            label=label,
            zorder=2,
        )
        for bar in bars:
            bar.set_hatch_linewidth(0.5)
        for place, count in zip(places, counts, strict=True):
            if count:
                middle = below[place] + count / 2
                axes.text(
                    place,
                    middle,
                    str(count),
                    ha="center",
                    va="center",
                    size=SMALL,
                    color=INK,
                    bbox={"boxstyle": "round,pad=0.15", "facecolor": color, "edgecolor": "none"},
                    zorder=3,
                )
        below = [under + count for under, count in zip(below, counts, strict=True)]
    axes.set_xticks(list(places), [f"{week.monday.day}\n{week.monday:%b}" for week in chart.weeks])
    axes.set_ylim(0, max([*below, 1]) * 1.1)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y", color=LINE, linewidth=0.5, zorder=0)
    figure.legend(
        loc="lower left",
        bbox_to_anchor=(0.03, 0.01),
        ncols=4,
        frameon=False,
        fontsize=SMALL,
        labelcolor=GREY,
        handlelength=1.2,
        handletextpad=0.4,
        columnspacing=1.0,
    )
    return figure
