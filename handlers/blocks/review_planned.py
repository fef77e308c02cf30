"""A review before it opens, and after: its line in the channel, the month's, the list, how one ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import decisions, words
from handlers.blocks.document import Bold, Document, Rendered, Span, button
from handlers.blocks.forms import modal
from handlers.blocks.lab import note
from handlers.blocks.text import sentence, shortened
from handlers.ids import Click, Form
from models.domain.facts_reviews import Appointment, MonthFacts, ReviewFacts, ReviewRow
from models.domain.review import ReviewKind, ReviewState

SAID = {
    ReviewState.OPEN: " is open: its checklist is below.",
    ReviewState.HELD: " is over.",
    ReviewState.CANCELLED: " is cancelled.",
}
MOST_NAMED = 40
"""Projects of a month that are named; of more it is said how many."""


def line(facts: ReviewFacts) -> Rendered:
    """When it is, who leads it, what is missing before it can be held."""
    document = Document()
    name = f"{facts.kind.label} of {shortened(facts.project_name, 80)}"
    if facts.state is not ReviewState.SCHEDULED:
        why = sentence(shortened(facts.not_held, 300)) if facts.not_held else ""
        document.paragraph(Bold(name), SAID[facts.state], f" {why}" if why else "")
        return document.actions(f"planned_{facts.review_id}", [_see(facts)]).rendered()
    document.paragraph(Bold(name), f": by {_day(facts)}. ", _led_by(facts))
    document.context(shortened(facts.reason or "", 300), *missing(facts))
    return document.actions(f"planned_{facts.review_id}", _buttons(facts)).rendered()


def _day(facts: ReviewFacts) -> str:
    return f"{words.weekday(facts.due)}, {words.long_day(facts.due)}"


def _led_by(facts: ReviewFacts) -> Span:
    return f"{words.called(facts.chair)} leads it." if facts.chair else "Nobody leads it yet."


def missing(facts: ReviewFacts) -> list[str]:
    """What is missing before it can be held, and who could look with fresh eyes."""
    said = []
    if facts.lacking:
        said.append(f"Before it can be held: {words.listed(facts.lacking)}.")
    if facts.seeks_a_peer and facts.proposed:
        said.append(f"Proposed: {words.names(facts.proposed)}. Anybody may, also you.")
    return said


def _see(facts: ReviewFacts) -> InteractiveElement:
    return button("See it", Click.REVIEW_SEE, str(facts.review_id))


def _buttons(facts: ReviewFacts) -> list[InteractiveElement]:
    value = str(facts.review_id)
    joins = button("I'll review", Click.REVIEW_JOIN, value, style="primary")
    return [
        *([joins] if facts.seeks_a_peer else []),
        _see(facts),
        button("Move", Click.REVIEW_MOVE, value),
        button("Cancel", Click.REVIEW_CANCEL, value),
        button("Calendar", Click.REVIEW_CALENDAR, value),
    ]


def planned(kind: ReviewKind, project: str, due: date, lacking: Sequence[str]) -> dict[str, Any]:
    """After somebody has planned one: when it is, and what is missing before it can be held."""
    said = [f"{kind.label} of {project}: by {words.weekday(due)}, {words.long_day(due)}."]
    if lacking:
        said.append(f"Before it can be held: {words.listed(lacking)}.")
    return note("Planned", *([one] for one in said))


def month(facts: MonthFacts) -> Rendered:
    """The project review of a month: every project in work, in one post."""
    document = Document()
    when = f"{words.weekday(facts.day)}, {words.long_day(facts.day)}"
    document.paragraph(Bold(f"Project reviews, {when}"))
    named = [_of_month(row, facts.long.get(row.review_id)) for row in facts.rows[:MOST_NAMED]]
    document.bullets(
        words.count_of(len(facts.rows), "project in work", "projects in work"),
        [[line] for line in named],
        left_out=max(len(facts.rows) - MOST_NAMED, 0),
        where="behind “Reviews”",
    )
    document.context("A brief of each comes two working days before. Nobody has to meet.")
    return document.actions("month", [button("Reviews", Click.REVIEW_LIST)]).rendered()


def _of_month(row: ReviewRow, long: int | None) -> str:
    led = f", {words.called(row.chair)}" if row.chair else ""
    since = f": {long} days since its prototype, and not in use yet" if long else ""
    return f"{shortened(row.project_name, 80)}{led}{since}"


def result(facts: ReviewFacts) -> Rendered:
    """How it ended, for those who were not in it: no numbers, no checklist."""
    document = Document()
    name = f"{facts.kind.label} of {shortened(facts.project_name, 80)}"
    decided = facts.decided
    if decided is None:
        return document.paragraph(Bold(name), " is over.").rendered()
    if decided.replaced_by is not None:
        document.paragraph(Bold(decisions.replaced(decided.replaced_by)))
    document.paragraph(
        Bold(f"{name}: {decided.kind.label.lower()}. "), shortened(decided.reason, 600)
    )
    document.bullets(
        "On condition",
        [
            [
                f"{shortened(one.text, 200)}: ",
                f"{words.called(one.owner)}, {words.long_day(one.due)}",
            ]
            for one in decided.conditions
        ],
        where="in the review",
    )
    document.context(f"{words.called(decided.by)}, {words.long_day(decided.on)}")
    return document.rendered()


def beside_calendar(facts: Appointment) -> Rendered:
    """The words beside a calendar file."""
    day = f"{words.weekday(facts.day)}, {words.long_day(facts.day)}"
    name = f"{facts.name} of {shortened(facts.project_name, 80)}"
    said = f"{name} is cancelled." if facts.cancelled else f"{name}: by {day}."
    return Document().paragraph(said, " Open the file to have it in your calendar.").rendered()


def to_be_held(
    rows: tuple[ReviewRow, ...],
    more: int,
    held: tuple[ReviewRow, ...] = (),
    by_itself: bool = True,
    *,
    mine: bool = False,
) -> dict[str, Any]:
    """`/lab review`: what is open, what comes and what was held last, each with a way to it."""
    document = Document()
    if not rows:
        document.paragraph("No review of yours is planned." if mine else "No review is planned.")
        document.context(
            "A review asks a few people short questions, beside their work, "
            "and ends with a decision that is remembered."
        )
    for row in rows:
        document.row(_row(row), button("See it", Click.REVIEW_SEE, str(row.review_id)))
    if more:
        document.context(f"{more} more; write a project's key behind the command to see its own.")
    other = button("All of them", Click.REVIEW_LIST) if mine else button("Mine", Click.REVIEW_MINE)
    document.actions(
        "review_new",
        [
            button("Plan a review", Click.REVIEW_NEW, style="primary"),
            other,
            button("Checklists", Click.CHECKLISTS),
        ],
    )
    if held:
        document.divider().context("Held last")
    for row in held:
        document.row(_row(row), button("See it", Click.REVIEW_SEE, str(row.review_id)))
    _by_itself(document, on=by_itself)
    return modal(
        "My reviews" if mine else "Reviews",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
    )


def _by_itself(document: Document, *, on: bool) -> None:
    """Whether reviews come by themselves, and the other way."""
    document.divider()
    if on:
        said, turn = "Reviews that come round are planned by themselves.", "Don't plan them"
    else:
        said, turn = "Reviews are planned only when somebody asks.", "Plan them by themselves"
    document.row(said, button(turn, Click.REVIEW_SWITCH, "off" if on else "on"))


def _row(row: ReviewRow) -> str:
    name = f"{row.kind.label}: {shortened(row.project_name, 80)}"
    if row.state is ReviewState.HELD:
        decided = f": {row.decided.label.lower()}" if row.decided else ", not decided"
        return f"{name}\nheld {words.long_day(row.due)}{decided}"
    chair = f" · {shortened(row.chair.name, 60)}" if row.chair else ""
    state = "open" if row.state is ReviewState.OPEN else "planned"
    return f"{name}\n{state}, due {words.long_day(row.due)}{chair}"
