"""`/lab project rank`: where to start, with the spread of independent scores (S1-6 … S1-13, S0-31)."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Span, button
from handlers.blocks.forms import modal
from handlers.blocks.scores import NAMED, SIMPLER
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.portfolio import Portfolio, Ranked, Unhedged
from models.domain.score import Axis
from models.domain.scoring import COMPLEX, likelihood

SHOWN = 20
"""Projects with a row; a modal has room for a hundred blocks and a reader for fewer."""
BUTTONS = 5
"""Projects with a button that scores them; the others are scored from their page."""
HEDGE = {
    Unhedged.ONE_TAKES_MOST: (
        "{most} takes {share:.0%} of the effort: several smaller bets are safer than one."
    ),
    Unhedged.ONE_BET: "{most} is the only bet that is worked on: is there a second one worth a little?",
    Unhedged.NO_BET: "No project is being worked on.",
}
FIRST = "Most benefit for least complexity first. New teams build confidence with the small, simple ones."


def page(of: Portfolio) -> dict[str, Any]:
    """The scored projects in order, what people see differently, and how the bets are spread."""
    document = Document()
    if not of.rows:
        document.paragraph(
            Bold("No project is scored yet. "),
            "Three questions to everybody with a role, shown together when all have answered.",
        )
    for place, row in enumerate(of.rows[:SHOWN], start=1):
        document.paragraph(*_row(place, row))
        document.context(*_beside(row))
    more = len(of.rows) - SHOWN
    if more > 0:
        document.context(f"{words.count_of(more, 'more project')} further down the list")
    if of.unhedged is not None:
        said = HEDGE[of.unhedged].format(most=shortened(of.most or "", 80), share=of.share or 0)
        document.paragraph(Bold("Hedge: "), said)
    for project_id, name in zip(of.to_score[:BUTTONS], of.unscored, strict=False):
        score = button("Score it", Click.SCORE_PAGE, str(project_id))
        document.row(f"{shortened(name, 80)}: not scored yet", score)
    if rest := of.unscored[len(of.to_score[:BUTTONS]) :]:
        names = words.listed_within([shortened(name, 60) for name in rest], 600)
        document.context(f"Not scored yet: {names}")
    if of.rows:
        document.context(FIRST)
        document.actions("rank", [button("Chart", Click.PORTFOLIO_CHART)])
    return modal("Where to start", document.blocks(), callback_id=Form.NOTE, close="Close")


def _row(place: int, row: Ranked) -> list[Span]:
    """“1. *Churn early warning* (CHURN): start here”."""
    rest = "" if row.active else " (on hold)"
    return [
        f"{place}. ",
        Bold(f"{shortened(row.name, 80)} ({row.key})"),
        f": {row.scored.quadrant}{rest}",
    ]


def _beside(row: Ranked) -> list[str]:
    """Benefit, complexity, how far apart people are, how sure they are, what it takes."""
    said = [f"benefit {row.scored.benefit:.1f}, complexity {row.scored.complexity:.1f}"]
    if row.confidence is not None:
        said.append(f"{likelihood(row.confidence)} ({row.confidence} of 10)")
    if row.effort:
        said.append(f"{row.effort:g} person-weeks a week")
    lines = [" · ".join(said)]
    for axis in row.apart:
        one = row.axes[axis]
        lines.append(f"{NAMED[axis]}: from {one.low} to {one.high}, worth talking about")
    complexity = row.axes.get(Axis.COMPLEXITY)
    if complexity is not None and complexity.mean >= COMPLEX:
        lines.append(SIMPLER)
    return lines
