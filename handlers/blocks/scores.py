"""Scoring a project: the form, what everybody said together, the projects in order, and how likely it is."""

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import Choice, field, modal, select, text_input
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.facts_scores import ConfidencePage, ScorePage
from models.domain.score import Axis
from models.domain.scoring import COMPLEX, Together, likelihood

ASKED = {
    Axis.BENEFIT_UX: "What is it worth to the people who use it?",
    Axis.BENEFIT_PROFIT: "What is it worth in money?",
    Axis.COMPLEXITY: "How complex is it to make and to run?",
}
NAMED = {
    Axis.BENEFIT_UX: "Benefit for users",
    Axis.BENEFIT_PROFIT: "Benefit in money",
    Axis.COMPLEXITY: "Complexity",
}
SIMPLER = "Is there a simpler version? Simpler methods have more predictable outcomes."
TALK = "You see it differently: worth ten minutes together before anything is decided."


def score_form(page: ScorePage) -> dict[str, Any]:
    """1 to 10 on each axis that is the reader's to score, with a reason."""
    document = Document().paragraph(
        Bold(f"{shortened(page.name, 80)} ({page.key})"), f"\n{shortened(page.business_goal, 200)}"
    )
    hidden = "Nobody sees your scores until all are shown together, without names."
    count = f"{page.scored} of {words.count_of(page.of, 'person', 'people')} with a role scored."
    document.context(hidden, count if page.is_open else "")
    blocks: list[Block] = [*document.blocks()]
    for axis in asked(page):
        blocks += _axis(page, axis)
    below: list[ButtonElement] = []
    if page.may_reveal:
        below.append(button("Show them together", Click.SCORE_REVEAL, str(page.project_id)))
    below.append(button("All projects", Click.SCORE_LIST))
    blocks += Document().actions("scores", below).blocks()
    return modal(
        "Score",
        blocks,
        callback_id=Form.SCORE,
        submit="Save",
        metadata=str(page.project_id),
    )


def asked(page: ScorePage) -> tuple[Axis, ...]:
    """The axes that the reader scores: complexity only who is technical (S1-7)."""
    benefits = (Axis.BENEFIT_UX, Axis.BENEFIT_PROFIT) if page.may_benefit else ()
    return (*benefits, Axis.COMPLEXITY) if page.may_complexity else benefits


def _axis(page: ScorePage, axis: Axis) -> list[Block]:
    mine = page.mine.get(axis)
    low, high = ("very simple", "very complex") if axis is Axis.COMPLEXITY else ("little", "a lot")
    return [
        field(
            axis.value,
            ASKED[axis],
            select(_scale(low, high), initial=str(mine.value) if mine else None),
        ),
        field(
            f"{axis.value}_why",
            "Why?",
            text_input(initial=mine.why if mine else None, limit=300),
        ),
    ]


def _scale(low: str, high: str) -> list[Choice]:
    said = {1: f"1: {low}", 10: f"10: {high}"}
    return [(str(value), said.get(value, str(value))) for value in range(1, 11)]


def result_page(page: ScorePage) -> dict[str, Any]:
    """What everybody said, together: means, spreads and reasons, no names."""
    document = Document().paragraph(Bold(f"{shortened(page.name, 80)} ({page.key})"))
    if page.revealed_on is None or not page.axes:
        document.paragraph("Nothing to show yet: only those with a role in it score a project.")
    else:
        document.context(f"Scored by {words.long_day(page.revealed_on)}")
        for one in page.axes.values():
            _together(document, one)
        if any(one.apart for one in page.axes.values()):
            document.context(TALK)
        complexity = page.axes.get(Axis.COMPLEXITY)
        if complexity is not None and complexity.mean >= COMPLEX:
            document.paragraph(Bold(SIMPLER))
    below = [button("All projects", Click.SCORE_LIST)]
    if page.may_benefit or page.may_complexity:
        again = "Give your scores" if page.is_open else "Score again"
        below.insert(0, button(again, Click.SCORE_AGAIN, str(page.project_id)))
    document.actions("scores", below)
    return modal(
        "Scores",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(page.project_id),
    )


def stored(
    project_id: int, count: tuple[int, int], revealed: bool, *, may_reveal: bool
) -> dict[str, Any]:
    """That somebody's scores are stored, and how many are still to come; the last one's are shown."""
    value = str(project_id)
    scored, of = count
    said = f"{scored} of {words.count_of(of, 'person', 'people')} with a role scored so far."
    when = "All are shown together when the last one has, or when the PM says so."
    document = Document().paragraph(
        Bold("Your scores are stored. "),
        "Everybody has scored." if revealed else f"{said} {when}",
    )
    if revealed:
        document.actions("scores", [button("See them", Click.SCORE_PAGE, value, style="primary")])
    elif may_reveal:
        document.actions("scores", [button("Show them together", Click.SCORE_REVEAL, value)])
    return modal("Scores", document.blocks(), callback_id=Form.NOTE, close="Close", metadata=value)


def _together(document: Document, one: Together) -> None:
    spread = "" if one.low == one.high else f", between {one.low} and {one.high}"
    title = (
        f"{NAMED[one.axis]}: {one.mean:.1f} of 10{spread} ({words.count_of(one.count, 'score')})"
    )
    reasons = [[f"{value}: {shortened(why, 300)}"] for value, why in one.reasons]
    if reasons:
        document.bullets(title, reasons, where="not shown")
    else:
        document.paragraph(Bold(title))


def confidence_form(page: ConfidencePage) -> dict[str, Any]:
    """How likely acceptance is (domain §3.3), with what was said before."""
    document = Document().paragraph(Bold(shortened(page.name, 80)))
    for on, value, why in page.said[:4]:
        said = f"{words.short_day(on)}: {value} of 10, {likelihood(value)}"
        document.context(f"{said}. {shortened(why, 300)}")
    by = f" by {words.full_day(page.latest)}" if page.latest else ""
    scale = [(str(value), f"{value}: {likelihood(value)}") for value in range(1, 11)]
    blocks = [
        *document.blocks(),
        field("value", f"How likely is it that it will be good enough{by}?", select(scale)),
        field("why", "Why?", text_input(limit=300)),
    ]
    return modal(
        "How likely is it?",
        blocks,
        callback_id=Form.CONFIDENCE,
        submit="Save",
        metadata=str(page.project_id),
    )
