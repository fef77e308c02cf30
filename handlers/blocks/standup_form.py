"""The answer form (domain §3.3: under 90 seconds, few required taps) and the view that concludes."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.course_forms import words_owed
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import (
    Choice,
    field,
    modal,
    number_input,
    radio,
    select,
    text_input,
    user_select,
)
from handlers.blocks.standup_dm import CHANGES_A_MIND, STATUS_ORDER
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.experiment import AbandonReason, Outcome
from models.domain.facts import Answer, ExperimentCard, FormFacts, Pending
from models.domain.metric import entered_as
from models.domain.questions import Question
from models.domain.standup import BlockerKind, EntryStatus

NO_BLOCKER = "none"
LEARNED = "What did you learn"
STATUS = "Where does the hypothesis stand?"
NEXT_STEP = "What will you try next?"
NEXT_HINT = "One line; you will see it next time."
IN_THE_WAY = "Anything in the way?"
LEARNED_HINT = "What surprised you, or what can you now rule out?"


def answer_form(facts: FormFacts, metadata: str, *, concluding: bool = False) -> dict[str, Any]:
    """The form of one experiment; with `concluding`, only the outcomes are offered."""
    card = facts.card
    said = card.answer
    since = f" since {words.weekday(card.last_heard)}" if card.last_heard else ""
    document = Document()
    document.paragraph(
        Bold(shortened(card.project_name, 80)), f": {shortened(card.business_goal, 200)}"
    )
    document.context(f"{card.key} · {shortened(card.title, 120)}", _facts_line(card))
    asked = facts.questions
    inputs: list[Block] = [
        field(
            "learned",
            asked.learned.wording or f"{LEARNED}{since}?",
            text_input(initial=said.learned if said else None, lines=True, focus=True),
            hint=asked.learned.hint or LEARNED_HINT,
        ),
        field(
            "status",
            asked.status.wording or STATUS,
            _status(said, concluding=concluding),
            hint=asked.status.hint,
        ),
    ]
    inputs += _number(card, asked.value) if asked.value.asked else []
    inputs += [_next_step(card, asked.next_step)] if asked.next_step.asked else []
    inputs += _in_the_way(card, asked.blocker) if asked.blocker.asked else []
    title = "Conclude" if concluding else "Standup"
    return modal(
        title,
        [*document.blocks(), *inputs],
        callback_id=Form.ANSWER,
        submit="Next" if concluding else "Save",
        metadata=metadata,
    )


def _number(card: ExperimentCard, question: Question) -> list[Block]:
    """The number, with all three numbers of its metric whatever the team's own hint says.

    Whoever has more to say of one (range, seeds, counts, another metric) does so in a form above this one.
    """
    hints = [hint for hint in (question.hint, _number_hint(card)) if hint]
    asked = field(
        "value",
        question.wording or _number_label(card),
        number_input(initial=_initial_value(card.answer)),
        hint=" · ".join(hints) or None,
        optional=True,
    )
    more = button("Other number", Click.NUMBER_FULL, str(card.experiment_id))
    return [asked, *Document().actions("other_number", [more]).blocks()]


def _next_step(card: ExperimentCard, question: Question) -> Block:
    """What comes next; who has said the same twice is asked what would change it."""
    hint = question.hint or NEXT_HINT
    if card.stuck_on:
        hint = f"Last two times: “{shortened(card.stuck_on, 300)}”. If it is that again: {CHANGES_A_MIND}"
    return field(
        "next_step",
        question.wording or NEXT_STEP,
        text_input(initial=card.answer.next_step if card.answer else None, limit=300),
        hint=hint,
        optional=True,
    )


def _facts_line(card: ExperimentCard) -> str:
    facts = [words.day_words(card.day, card.timebox)]
    if card.criterion:
        facts.append(words.goal_words(card.criterion))
    if card.planned:
        facts.append(f"you planned: “{shortened(card.planned, 300)}”")
    return " · ".join(facts)


def _status(said: Answer | None, *, concluding: bool) -> Any:
    offered = [s for s in STATUS_ORDER if not (concluding and s is EntryStatus.STILL_TESTING)]
    initial = said.status.value if said else None if concluding else EntryStatus.STILL_TESTING.value
    return radio([(s.value, s.label) for s in offered], initial=initial)


def _number_label(card: ExperimentCard) -> str:
    if card.criterion is not None and not card.criterion.is_primary:
        return f"Latest number: {card.criterion.metric_name}"
    if card.numbers is None:
        return "Latest number"
    return f"Latest number: {card.numbers.phrase}"


def _number_hint(card: ExperimentCard) -> str | None:
    """All three numbers of the metric that is asked for; of another one than the primary, its mark."""
    if card.criterion is not None and not card.criterion.is_primary:
        return words.goal_words(card.criterion)
    return words.as_typed(card.numbers) if card.numbers else None


def _initial_value(said: Answer | None) -> float | None:
    return None if said is None or said.value is None else entered_as(said.value, said.unit)


def _in_the_way(card: ExperimentCard, question: Question) -> list[Block]:
    """What is in the way, and who can clear it; what is still open stands there already."""
    said = card.answer
    blocker = card.in_the_way if said is None or said.no_change else said.blocker
    kinds: list[Choice] = [(NO_BLOCKER, "Nothing")]
    kinds += [(kind.value, kind.label) for kind in BlockerKind]
    return [
        field(
            "blocker_kind",
            question.wording or IN_THE_WAY,
            select(kinds, initial=blocker.kind.value if blocker else NO_BLOCKER),
            hint=question.hint,
        ),
        field(
            "blocker_text",
            "If so: what is it?",
            text_input(initial=blocker.text if blocker else None, limit=300),
            optional=True,
        ),
        field(
            "blocker_owner",
            "Who can clear it?",
            user_select(
                placeholder="A person",
                initial=blocker.owner.slack_id if blocker and blocker.owner else None,
            ),
            optional=True,
        ),
    ]


def conclusion_form(pending: Pending, metadata: str) -> dict[str, Any]:
    """The second view of a conclusion: what the team keeps of it (domain §3.3)."""
    dropped = pending.outcome is Outcome.ABANDONED
    document = Document()
    document.paragraph(Bold(f"{pending.key} · {shortened(pending.title, 120)}"))
    document.context(f"Your answer is stored. Outcome: {pending.outcome.label.lower()}.")
    inputs: list[Block] = [
        field(
            "learning",
            "What should the team remember?",
            text_input(initial=pending.learned, lines=True, focus=True),
            hint="One or two sentences that spare the next person the way.",
            optional=dropped,
        )
    ]
    if dropped:
        reasons = [(reason.value, reason.label) for reason in AbandonReason]
        inputs.append(field("abandon_reason", "Why is it dropped?", radio(reasons)))
    else:
        inputs.append(
            field(
                "adopted",
                "Keep this change?",
                radio(
                    [("yes", "Yes, from now on"), ("no", "No")],
                    initial="yes" if pending.outcome is Outcome.SUPPORTED else "no",
                ),
            )
        )
        inputs += words_owed(
            measured=pending.measured,
            breaks=pending.breaks,
            required=True,
            supported=pending.outcome is Outcome.SUPPORTED,
        )
    inputs.append(
        field(
            "follow_up",
            "Follow-up hypothesis?",
            radio([("no", "Not now"), ("yes", "Yes, write it down next")], initial="no"),
        )
    )
    return modal(
        "Conclude",
        [*document.blocks(), *inputs],
        callback_id=Form.CONCLUSION,
        submit="Conclude",
        close="Later",
        metadata=metadata,
    )
