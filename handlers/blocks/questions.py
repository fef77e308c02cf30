"""The form in which a team words its standup's questions (S4-14)."""

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.blocks.document import Document, button
from handlers.blocks.forms import field, modal, radio, text_input
from handlers.blocks.standup_form import (
    IN_THE_WAY,
    LEARNED,
    LEARNED_HINT,
    NEXT_HINT,
    NEXT_STEP,
    STATUS,
)
from handlers.ids import Click, Form
from models.domain.questions import MOST, Kind, Questions

USUAL = {
    Kind.LEARNED: (f"{LEARNED}?", LEARNED_HINT),
    Kind.STATUS: (STATUS, "none"),
    Kind.VALUE: ("Latest number", "baseline, best and needed, always"),
    Kind.NEXT_STEP: (NEXT_STEP, NEXT_HINT),
    Kind.BLOCKER: (IN_THE_WAY, "none"),
}
"""Wording and hint where a team has none of its own."""


def questions_form(questions: Questions, metadata: str) -> dict[str, Any]:
    """Five questions: their words, a hint, and whether they are asked."""
    document = Document().paragraph(
        "An empty field asks as usual. What was learned and where the hypothesis stands is always asked: "
        "the summary is made of it."
    )
    blocks: list[Block] = [*document.blocks()]
    for kind in Kind:
        blocks += _fields(kind, questions)
    return modal(
        "Questions",
        blocks,
        callback_id=Form.QUESTIONS,
        submit="Save",
        metadata=metadata,
    )


def _fields(kind: Kind, questions: Questions) -> list[Block]:
    own, (wording, hint) = questions.of(kind), USUAL[kind]
    fields: list[Block] = [
        field(
            kind.value,
            f"Instead of “{wording}”",
            text_input(initial=own.wording, limit=MOST),
            optional=True,
        ),
        field(
            f"{kind.value}_hint",
            "With the hint",
            text_input(initial=own.hint, limit=MOST),
            hint=f"Usually: {hint}",
            optional=True,
        ),
    ]
    if not kind.always:
        asked = radio([("yes", "Asked"), ("no", "Left out")], initial="yes" if own.asked else "no")
        fields.append(field(f"{kind.value}_asked", f"“{wording}” is", asked))
    return fields


def questions_button(ceremony_id: int) -> ButtonElement:
    """Leads to the form; for the standup's page."""
    return button("Questions", Click.QUESTIONS, str(ceremony_id))
