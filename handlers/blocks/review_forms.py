"""Forms of a review: planning one, answering what one is asked, closing it with a decision."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Document
from handlers.blocks.forms import (
    date_picker,
    field,
    modal,
    radio,
    text_input,
    user_select,
)
from handlers.blocks.project_words import ROLE
from handlers.blocks.text import clipped, shortened
from handlers.ids import Form
from models.domain.checklist import Gate, Item, ItemKind
from models.domain.decision import DecisionKind
from models.domain.facts_reviews import Line, ReviewFacts
from models.domain.review import Answer

ANSWER, NOTE = "answer_", "note_"
"""Before an item's key, in the names of its two fields."""
WHO, BY, WHAT = "who_", "by_", "what_"
"""Before an item's key, in the names of a condition's fields."""
MOST_CONDITIONS = 12
NOTE_LIMIT = 1_000


def answers_form(
    facts: ReviewFacts, lines: Sequence[Line], left: Sequence[Line] = ()
) -> dict[str, Any]:
    """What one person is asked: one tap an item, a word where it isn't a plain yes.

    What is `left` only others can say.
    """
    document = Document().paragraph(Bold(shortened(facts.project_name, 120)))
    document.context("One tap each; a word or a link only where it helps. You can come back.")
    if any(line.before for line in lines):
        document.context(
            "What was said at the last go is filled in: saving says that it still holds."
        )
    if left:
        document.context(
            f"Only they can say: {words.listed_within([_left(one) for one in left], 600)}."
        )
    blocks = [*document.blocks(), *(block for line in lines for block in _asked(line))]
    shown = ",".join(f"{line.item.key}={_stands(line)}" for line in lines)
    return modal(
        facts.title,
        blocks,
        callback_id=Form.REVIEW_ANSWERS,
        submit="Save",
        metadata=f"{facts.review_id}|{shown}"[:3_000],
    )


def _left(line: Line) -> str:
    """“Explained both ways: ML engineer (Daniel)”."""
    who = shortened(line.owed_by[0].name, 40) if line.owed_by else "nobody yet"
    return f"{line.item.label} ({who})"


def mark_of(answer: Answer | None, note: str | None) -> str:
    """Eight characters for what stands in an item's two fields, so that one sees what was changed."""
    if answer is None and not note:
        return ""
    return sha256(f"{answer or ''}|{note or ''}".encode()).hexdigest()[:8]


def _stands(line: Line) -> str:
    """What was shown; nothing of what was taken over, so that saving it is an answer."""
    return "" if line.before else mark_of(line.answer, _note(line))


def _asked(line: Line) -> Iterable[Block]:
    item = line.item
    answer = line.before.answer if line.before else line.answer
    hint = _hint(line)
    open_question = item.kind is ItemKind.STATEMENT
    if open_question:
        yield field(
            NOTE + item.key,
            f"{_label(item)}. {item.text}",
            text_input(initial=_note(line), lines=True, limit=NOTE_LIMIT),
            hint=hint,
            optional=True,
        )
    yield field(
        ANSWER + item.key,
        "Is that settled?" if open_question else f"{_label(item)}. {item.text}",
        radio(_choices(item), initial=answer.value if answer else None),
        hint=None if open_question else hint,
        optional=True,
    )
    if not open_question:
        yield field(
            NOTE + item.key,
            "A word, or a link",
            text_input(initial=_note(line), limit=NOTE_LIMIT),
            optional=True,
        )


def _hint(line: Line) -> str:
    evidence = f"{line.item.evidence}. " if line.item.evidence else ""
    record = f"On record: {shortened(line.note, 200)}. " if line.is_beside and line.note else ""
    role = ROLE[line.item.asked_of]
    missing = f"{role}: nobody in this project, so it falls to you." if line.nobodys else ""
    return f"{evidence}{record}{missing}".strip()


def _note(line: Line) -> str | None:
    if line.is_beside:
        return None
    said = line.before or line
    return (
        clipped(" ".join(part for part in (said.note, said.evidence) if part), NOTE_LIMIT) or None
    )


def _label(item: Item) -> str:
    must = " (must)" if item.gate is Gate.MUST else ""
    return f"{item.label}{must}"


def _choices(item: Item) -> list[tuple[str, str]]:
    if item.kind is ItemKind.STATEMENT:
        return [(Answer.YES.value, "Settled"), (Answer.NO.value, "Not yet")]
    choices = [Answer.YES, Answer.PARTLY, Answer.NO]
    if item.na_allowed or item.gate is Gate.SHOULD:
        choices.append(Answer.NOT_APPLICABLE)
    return [(one.value, one.label) for one in choices]


def close_form(facts: ReviewFacts, kinds: Sequence[DecisionKind], today: date) -> dict[str, Any]:
    """The decision: what the checklist says first, then what is decided, and what it depends on."""
    document = Document()
    document.paragraph(Bold("By the checklist: "), recommended(facts))
    if facts.refuses_go:
        document.context("A go can be stored once they are met; then it asks who sees to the rest.")
    if facts.open_lines:
        document.context(f"Unanswered: {words.count_of(len(facts.open_lines), 'item')}.")
    blocks: list[Block] = [
        *document.blocks(),
        field(
            "decision",
            "What is decided?",
            radio([(kind.value, kind.label) for kind in kinds]),
        ),
        field(
            "reason",
            "Because",
            text_input(lines=True, limit=1_000, focus=True),
            hint="One or two sentences that still make sense in a year.",
        ),
        field("next_on", "When is the next look at it?", date_picker(), optional=True),
        field(
            "dissent",
            "Did somebody see it otherwise?",
            text_input(limit=300),
            optional=True,
        ),
    ]
    if DecisionKind.GO in kinds and facts.wants_conditions:
        blocks += _conditions(facts, today)
    return modal(
        f"Close: {facts.title}",
        blocks,
        callback_id=Form.REVIEW_CLOSE,
        submit="Decide",
        metadata=str(facts.review_id),
    )


def recommended(facts: ReviewFacts) -> str:
    """“no go: 2 must-haves are not met”."""
    found = facts.verdict
    if found.failing_must:
        labels = words.listed_within([item.label for item in found.failing_must], 300)
        return f"no go. Not met: {labels}."
    if found.failing_should:
        return (
            f"go with {words.count_of(len(found.failing_should), 'condition')}: "
            "each with somebody who sees to it, and a date within 90 days."
        )
    return "go. Everything is met."


def _conditions(facts: ReviewFacts, today: date) -> Iterable[Block]:
    document = Document().divider()
    document.paragraph("For a go, say who sees to what is not met:")
    yield from document.blocks()
    for item in facts.verdict.failing_should[:MOST_CONDITIONS]:
        yield field(
            WHAT + item.key,
            item.label,
            text_input(limit=300, placeholder="What will be done"),
            optional=True,
        )
        yield field(WHO + item.key, "Who sees to it?", user_select(), optional=True)
        yield field(
            BY + item.key,
            f"By (at most 90 days from {words.short_day(today)})",
            date_picker(),
            optional=True,
        )
