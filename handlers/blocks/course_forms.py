"""Forms of an experiment's course outside the standup: a number, more time, an end, somebody who can help."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import field, modal, number_input, radio, text_input, user_select
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.address import LONGEST
from models.domain.course_facts import CourseFacts
from models.domain.experiment import AbandonReason, Outcome
from models.domain.guardrail import Broken

OUTCOMES = (
    (Outcome.SUPPORTED, "Supported"),
    (Outcome.REFUTED, "Refuted: we can rule it out"),
    (Outcome.INCONCLUSIVE, "Can't tell (inconclusive)"),
    (Outcome.ABANDONED, "Dropped it"),
)


def head(facts: CourseFacts) -> list[Block]:
    """What it is about, with its numbers."""
    document = Document().paragraph(Bold(f"{facts.key} · {shortened(facts.title, 120)}"))
    said = [words.day_words(facts.day, facts.timebox)]
    if facts.criterion:
        said.append(words.goal_words(facts.criterion))
    if facts.numbers and (facts.criterion is None or facts.criterion.is_primary):
        said.append(words.as_typed(facts.numbers))
    return document.context(" · ".join(said)).blocks()


def number_form(facts: CourseFacts, metadata: str) -> dict[str, Any]:
    """A number, with its range where it is known; a way to the full form."""
    more = Document().actions("more", [button("More: data, seeds, counts", Click.NUMBER_MORE)])
    blocks = [
        *head(facts),
        field("value", shortened(f"Number: {facts.measures}", 150), number_input()),
        field(
            "low",
            "From",
            number_input(),
            hint="If you know the range, from several runs or seeds.",
            optional=True,
        ),
        field("high", "To", number_input(), optional=True),
        *more.blocks(),
    ]
    return modal("Add a number", blocks, callback_id=Form.NUMBER, submit="Save", metadata=metadata)


def conclude_form(facts: CourseFacts, metadata: str) -> dict[str, Any]:
    """How it came out, and what the team should remember: one view (domain §2.4-1)."""
    by_it = facts.suggested
    says = (
        f"By its criterion: {by_it.label.lower()}. Choose otherwise if you know why."
        if by_it
        else None
    )
    blocks = [
        *head(facts),
        field(
            "outcome",
            "How did it come out?",
            radio([(outcome.value, label) for outcome, label in OUTCOMES]),
            hint=says,
        ),
        field(
            "learning",
            "What should the team remember?",
            text_input(lines=True, focus=True),
            hint="One or two sentences that spare the next person the way. Dropped ones may leave it empty.",
            optional=True,
        ),
        field(
            "adopted",
            "Keep this change?",
            radio([("yes", "Yes, from now on"), ("no", "No")], initial="no"),
        ),
        field(
            "abandon_reason",
            "If it is dropped: why?",
            radio([(reason.value, reason.label) for reason in AbandonReason]),
            optional=True,
        ),
        *words_owed(measured=facts.measured, breaks=facts.breaks),
        field(
            "link",
            "Where are its runs?",
            text_input(placeholder="https://", limit=LONGEST),
            optional=True,
        ),
        field(
            "follow_up",
            "Does another hypothesis follow?",
            radio([("yes", "Yes, I write it down now"), ("no", "No")], initial="no"),
        ),
    ]
    return modal(
        "Conclude", blocks, callback_id=Form.CONCLUDE_NOW, submit="Conclude", metadata=metadata
    )


def words_owed(
    *, measured: bool, breaks: tuple[Broken, ...], required: bool = False, supported: bool = False
) -> list[Block]:
    """What a conclusion says a word about: no number (S1-26), a guardrail that breaks (domain §3.4).

    `required` where the outcome is known not to be dropped, `supported` where it is known to be that.
    """
    asked = [] if measured else [_why_no_number(optional=not required)]
    if breaks:
        asked.append(_why_all_the_same(breaks, optional=not supported))
    return asked


def _why_all_the_same(breaks: tuple[Broken, ...], *, optional: bool) -> Block:
    """A supported or kept result that breaks a guardrail asks for a word (domain §3.4)."""
    return field(
        "despite",
        "A guardrail breaks. Why does it stand all the same?",
        text_input(limit=300),
        hint=shortened(words.broken_words(breaks), 1_000),
        optional=optional,
    )


def _why_no_number(*, optional: bool) -> Block:
    """Concluding without a measurement is allowed, and asked about (S1-26)."""
    return field(
        "unmeasured",
        "There is no number of it. Why?",
        text_input(limit=300, placeholder="The data showed it before anything was trained"),
        hint="Any reason will do; it is kept beside the outcome.",
        optional=optional,
    )


def extend_form(facts: CourseFacts, metadata: str) -> dict[str, Any]:
    """More time, once, with a reason (domain §2.5)."""
    blocks = [
        *head(facts),
        field(
            "days",
            "How many working days more?",
            number_input(initial=max(facts.timebox // 2, 1)),
            hint="Once is all: after that it is concluded, with what is known by then.",
        ),
        field(
            "reason",
            "What will be known then that isn't known now?",
            text_input(limit=300, focus=True),
        ),
    ]
    return modal("Extend", blocks, callback_id=Form.EXTEND, submit="Extend", metadata=metadata)


def extended_before(facts: CourseFacts, value: str) -> dict[str, Any]:
    """It has had its extension: what can be done instead; `value` names it as the digest's buttons do."""
    document = Document()
    document.paragraph(
        Bold("Once is all. "),
        "This one was extended before: conclude it, with what is known by now.",
    )
    document.actions(
        "instead", [button("Conclude", Click.FINDING_CONCLUDE, value, style="primary")]
    )
    blocks = [*head(facts), *document.blocks()]
    return modal("Extended before", blocks, callback_id=Form.NOTE, close="Close")


def escalate_form(text: str, metadata: str) -> dict[str, Any]:
    """Who else can clear what is in the way, and what is asked of them."""
    document = Document().paragraph(Bold("In the way: "), shortened(text, 300))
    blocks = [
        *document.blocks(),
        field("person", "Who can help?", user_select(placeholder="A person")),
        field(
            "ask",
            "What do you ask of them?",
            text_input(placeholder="Please get us access by Friday", limit=300, focus=True),
            hint="They get it as one message, within their working hours.",
        ),
    ]
    return modal("Escalate", blocks, callback_id=Form.ESCALATE, submit="Ask", metadata=metadata)
