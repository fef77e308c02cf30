"""A review as people read it: the card in its channel, the whole checklist, the list of what comes."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import decisions, ml_score, words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Spans, button
from handlers.blocks.forms import modal, select
from handlers.blocks.review_planned import missing
from handlers.blocks.text import sentence, shortened
from handlers.ids import Click, Form
from models.domain.checklist import Gate, Item, ItemKind
from models.domain.facts_reviews import Before, Decided, Line, ReviewFacts
from models.domain.gate import REFUSING
from models.domain.review import Answer, ReviewKind, ReviewState, Side

IN_THE_WAY = 4
"""Failing must-haves that a card names: it fits a phone."""
WITH_A_WORD = 2
"""So many of them at most are shown with what was said about them; of more only who said it."""
MARKS = {
    Answer.YES: "✓",
    Answer.PARTLY: "◐",
    Answer.NO: "✗",
    Answer.NOT_APPLICABLE: "–",
}
UNANSWERED = "○"
GATES = {
    Gate.MUST: "Must be met",
    Gate.SHOULD: "Should be met",
    Gate.INFO: "Good to know",
}


def card(facts: ReviewFacts) -> Rendered:
    """How far it is, what is in the way of a go, who is waited for."""
    document = Document().heading(f"{facts.title}: {facts.project_name}")
    if facts.decided is not None:
        _decided(document, facts.decided)
    elif facts.state is ReviewState.CANCELLED:
        why = sentence(shortened(facts.not_held, 300)) if facts.not_held else ""
        document.paragraph(f"It is cancelled. {why}".rstrip())
    else:
        _progress(document, facts)
    return document.actions(f"review_{facts.review_id}", _buttons(facts)).rendered()


def _progress(document: Document, facts: ReviewFacts) -> None:
    chair = f" · chair {shortened(facts.chair.name, 60)}" if facts.chair else ""
    document.context(f"Due {words.weekday(facts.due)}, {words.long_day(facts.due)}{chair}")
    why_now = facts.reason if facts.kind is ReviewKind.PEER else None
    document.context(shortened(why_now or "", 300), *missing(facts))
    if facts.numbers:
        document.paragraph(
            f"{shortened(facts.numbers.phrase, 120)}: {words.three_numbers(facts.numbers)}"
        )
    asked = [line for line in facts.lines if line.item.gate is not Gate.INFO]
    answered = len(asked) - len(facts.open_lines)
    document.paragraph(Bold(f"{answered} of {len(asked)} answered. "), _standing(facts))
    failing = _failing_lines(facts)
    document.bullets(
        "In the way of a go" if facts.kind in REFUSING else "Must-haves not met",
        [_failing(line, noted=len(failing) <= WITH_A_WORD) for line in failing[:IN_THE_WAY]],
        left_out=max(len(failing) - IN_THE_WAY, 0),
        where="behind “See all”",
    )
    if waits := _waited_for(facts):
        document.context(f"Still to answer: {waits}")
    if facts.unconfirmed:
        document.context(_unconfirmed(facts.unconfirmed))
    if facts.ml_score is not None:
        document.context(ml_score.line(facts.ml_score))
    if facts.wants_signatures:
        document.context(_signatures(facts))


def _standing(facts: ReviewFacts) -> str:
    must, should = len(facts.verdict.failing_must), len(facts.verdict.failing_should)
    if not must and not should:
        return "Everything is met."
    parts = [words.count_of(must, "must-have")] if must else []
    parts += [words.count_of(should, "should-have")] if should else []
    return f"{' and '.join(parts)} not met yet."


def _failing_lines(facts: ReviewFacts) -> list[Line]:
    """Must-haves that somebody has answered with less than a yes."""
    return [
        line
        for line in facts.lines
        if line.item.gate is Gate.MUST and not line.met and not line.is_open
    ]


def _failing(line: Line, *, noted: bool) -> Spans:
    note = f": {shortened(line.note, 120)}" if line.note and noted else ""
    who = f" ({shortened(line.by.name, 40)})" if line.by else ""
    return [Bold(line.item.label), f" {_answer(line).lower()}{note}{who}"]


def _waited_for(facts: ReviewFacts) -> str:
    """“Grace 4, Sofía 3”: whoever holds the role, once an item."""
    owed = Counter(
        shortened(line.owed_by[0].name, 40) if line.owed_by else "nobody yet"
        for line in facts.open_lines
    )
    return words.listed_within([f"{name} {count}" for name, count in owed.most_common()], 300)


def _unconfirmed(lines: Sequence[Line]) -> str:
    on = max(line.before.on for line in lines if line.before)
    answers = words.count_of(len(lines), "answer is", "answers are")
    return f"{answers} as at the last go ({words.long_day(on)}): one tap says that they still hold."


def _signatures(facts: ReviewFacts) -> str:
    said = [
        f"{side.value}: {shortened(facts.signed[side].name, 60)} ✓"
        if side in facts.signed
        else f"{side.value}: to sign"
        for side in Side
    ]
    return f"Signed by · {' · '.join(said)}"


def _decided(document: Document, decided: Decided) -> None:
    by = f" · {shortened(decided.by.name, 60)}, {words.long_day(decided.on)}"
    open_ones = [one for one in decided.conditions if one.met_on is None]
    under = f" with {words.count_of(len(open_ones), 'condition')}" if open_ones else ""
    if decided.replaced_by is not None:
        document.paragraph(Bold(decisions.replaced(decided.replaced_by)))
    document.paragraph(Bold(f"{decided.kind.label}{under}"), by)
    document.paragraph(shortened(decided.reason, 600))
    document.bullets(
        "Conditions",
        [
            [
                f"{'✓ ' if one.met_on else ''}{shortened(one.text, 200)}: ",
                Bold(f"{shortened(one.owner.name, 60)}, {words.long_day(one.due)}"),
            ]
            for one in decided.conditions
        ],
        where="in the review",
    )
    if decided.differs:
        document.context("This differs from what the checklist recommends.")
    if decided.dissent:
        document.context(f"Said against it: {shortened(decided.dissent, 300)}")
    if decided.next_on:
        document.context(f"Next look: {words.long_day(decided.next_on)}")


def _buttons(facts: ReviewFacts) -> list[InteractiveElement]:
    value = str(facts.review_id)
    see = button("See all", Click.REVIEW_SEE, value)
    if facts.state is not ReviewState.OPEN:
        return [see] if facts.state is ReviewState.HELD else []
    signs = [
        button(f"Sign as {side.value}", click, value)
        for side, click in SIGNS.items()
        if facts.wants_signatures and side not in facts.signed
    ]
    return [
        button("Answer", Click.REVIEW_ANSWER, value, style="primary"),
        *([button("Still so", Click.REVIEW_UNCHANGED, value)] if facts.unconfirmed else []),
        see,
        *signs,
        *([button("I'll review", Click.REVIEW_JOIN, value)] if facts.seeks_a_peer else []),
        button("Close it", Click.REVIEW_CLOSE, value),
    ]


COMPARED = (ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT)
"""Reviews that ask whether product and experiment give the same."""
SIGNS = {
    Side.SCIENTIST: Click.REVIEW_SIGN_SCIENTIST,
    Side.ENGINEER: Click.REVIEW_SIGN_ENGINEER,
}


def whole(facts: ReviewFacts, reader: str, *, steers: bool) -> dict[str, Any]:
    """Every item with its answer; “unanswered” is shown and never hides. The `reader` may take open ones.

    Who `steers` it may also open, move, cancel and close it; so may those who lead it.
    """
    document = Document().paragraph(
        Bold(shortened(facts.project_name, 120)), f": {shortened(facts.goal, 300)}"
    )
    document.context(f"{facts.kind.label} · {facts.state.value} · due {words.long_day(facts.due)}")
    if facts.reason:
        document.context(f"Why: {shortened(facts.reason, 300)}")
    document.context(*missing(facts))
    _lines(document, facts, where="in the record")
    if facts.decided is not None:
        document.divider()
        _decided(document, facts.decided)
    if facts.ml_score is not None:
        ml_score.result(document, facts.ml_score)
    if facts.state is ReviewState.OPEN and (free := facts.free_for(reader)):
        menu = select(
            [(f"{facts.review_id}|{place}", facts.lines[place].item.label) for place in free],
            placeholder="Take an item",
            action_id=Click.REVIEW_TAKE,
        )
        document.actions("review_take", [menu])
    document.actions("review_steps", _steps(facts, steers=steers or reader in facts.leads))
    return modal(facts.title, document.blocks(), callback_id=Form.NOTE, close="Close")


def checklist(facts: ReviewFacts) -> Rendered:
    """In the card's thread: what is asked of whom, and every answer as it comes."""
    document = Document().context("The whole checklist, with every answer as it comes.")
    _lines(document, facts, where="behind “See all”")
    return document.rendered()


def _lines(document: Document, facts: ReviewFacts, *, where: str) -> None:
    for gate, title in GATES.items():
        lines = [line for line in facts.lines if line.item.gate is gate]
        document.bullets(title, [_whole_line(line) for line in lines], where=where)


def _whole_line(line: Line) -> Spans:
    said = line.before or line
    note = f" {shortened(said.note, 240)}" if said.note else ""
    link = f" {shortened(said.evidence, 200)}" if said.evidence else ""
    on = f", {words.short_day(line.on)}" if line.on else ""
    by = f" ({shortened(line.by.name, 40)}{on})" if line.by else _asked(line)
    who = " (from the record)" if line.known else by
    if line.is_beside and note:
        who, note = "", f". On record: {note.strip()}"
    noted = MARKS[Answer.PARTLY] if line.note and not line.is_beside else UNANSWERED
    mark = MARKS[line.answer] if line.answer else noted
    return [
        f"{mark} ",
        Bold(line.item.label),
        f": {_last_go(line.item, line.before) if line.before else _answer(line).lower()}{who}",
        Italic(f"{note}{link}"),
    ]


def _asked(line: Line) -> str:
    """Of whom, where nobody has answered it."""
    owes = line.owed_by[0].name if line.owed_by and line.is_open and not line.before else ""
    return f" (asked: {shortened(owes, 40)})" if owes else ""


def _last_go(item: Item, before: Before) -> str:
    """“to confirm, yes at the last go (Mira)”."""
    said = _answer(Line(item, (), before.answer, before.note)).lower()
    return f"to confirm, {said} at the last go ({shortened(before.by.name, 40)})"


def _answer(line: Line) -> str:
    if line.item.kind is ItemKind.STATEMENT and line.note:
        return "Settled" if line.answer is Answer.YES else "Not settled"
    return line.answer.label if line.answer else "Unanswered"


def _steps(facts: ReviewFacts, *, steers: bool) -> list[InteractiveElement]:
    value = str(facts.review_id)
    tests: list[InteractiveElement] = []
    if facts.wants_signatures:
        tests.append(button("ML Test Score", Click.ML_SCORE, value))
    if facts.state not in (ReviewState.SCHEDULED, ReviewState.OPEN):
        return tests if facts.ml_score is not None else []
    if facts.kind in COMPARED and steers:
        tests.append(button("Same numbers?", Click.PARITY, str(facts.project_id)))
    steps: list[InteractiveElement] = []
    if facts.state is ReviewState.OPEN:
        steps.append(button("Answer", Click.REVIEW_ANSWER, value, style="primary"))
        steps += [button("Close it", Click.REVIEW_CLOSE, value)] if steers else []
        steps += tests
    elif steers:
        steps.append(button("Open it now", Click.REVIEW_BEGIN, value, style="primary"))
    if steers:
        steps.append(button("Move", Click.REVIEW_MOVE, value))
        steps.append(button("Cancel", Click.REVIEW_CANCEL, value))
    return [*steps, button("Calendar", Click.REVIEW_CALENDAR, value)]
