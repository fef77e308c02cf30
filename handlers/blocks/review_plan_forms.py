"""Forms about when a review is: planning one, moving it, cancelling it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Document
from handlers.blocks.forms import (
    channel_select,
    date_picker,
    field,
    modal,
    select,
    text_input,
    user_select,
    users_select,
)
from handlers.blocks.review_planned import missing
from handlers.blocks.text import shortened
from handlers.ids import Form
from models.domain.facts import ProjectChoice
from models.domain.facts_reviews import ReviewFacts
from models.domain.review import ReviewKind

SAME_CODE, NEW_CODE = "same", "new"


def plan_form(
    projects: Sequence[ProjectChoice],
    chosen: ProjectChoice,
    due: date,
    chair: str,
    kind: ReviewKind = ReviewKind.PEER,
) -> dict[str, Any]:
    """Which review, of what, when, and who leads it."""
    blocks: list[Block] = [
        field(
            "kind",
            "Which review?",
            select([(one.value, one.label) for one in ReviewKind], initial=kind.value),
        ),
        field(
            "project",
            "Of which project?",
            select(
                [(str(one.project_id), one.name) for one in projects],
                initial=str(chosen.project_id),
            ),
        ),
        field(
            "due",
            "To be decided by",
            date_picker(due.isoformat()),
            hint="It opens five working days before; nobody has to meet.",
        ),
        field("chair", "Who leads it?", user_select(initial=chair)),
        field(
            "participants",
            "Who else takes part?",
            users_select(),
            hint="Those who hold the project's roles are asked anyway.",
            optional=True,
        ),
        field(
            "channel",
            "Posted in",
            channel_select(chosen.channel_id),
            hint="Left empty: the project's channel.",
            optional=True,
        ),
        field(
            "update",
            "Launch check: what changes?",
            select(
                [
                    (NEW_CODE, "A new model, or new code"),
                    (SAME_CODE, "The same code, trained anew"),
                ]
            ),
            optional=True,
        ),
        field(
            "reason",
            "Why now?",
            text_input(limit=300, placeholder="New version with the retrained model"),
            optional=True,
        ),
    ]
    return modal("Plan a review", blocks, callback_id=Form.REVIEW, submit="Plan it")


def move_form(facts: ReviewFacts, today: date) -> dict[str, Any]:
    """On another day, or in another channel; a day that is past is not offered again."""
    document = Document().context(*missing(facts))
    blocks = [
        *document.blocks(),
        field("due", "To be decided by", date_picker(max(facts.due, today).isoformat())),
        field("channel", "Posted in", channel_select(facts.channel_id), optional=True),
    ]
    return modal(
        "Move it",
        blocks,
        callback_id=Form.REVIEW_MOVE,
        submit="Move",
        metadata=str(facts.review_id),
    )


def cancel_form(facts: ReviewFacts) -> dict[str, Any]:
    """Not at all, and why."""
    blocks = [field("reason", "Why is it not held?", text_input(limit=300, focus=True))]
    return modal(
        "Cancel it",
        blocks,
        callback_id=Form.REVIEW_CANCEL,
        submit="Cancel it",
        close="Back",
        metadata=str(facts.review_id),
    )


def again_form(facts: ReviewFacts, today: date, metadata: str) -> dict[str, Any]:
    """When a review that was due and is not held will be; `metadata` says which one."""
    document = Document().paragraph(
        Bold(f"{facts.title}: {shortened(facts.project_name, 80)}. "),
        f"It was due on {words.long_day(facts.due)}.",
    )
    due = field("due", "To be decided by", date_picker(max(facts.due, today).isoformat()))
    blocks = [*document.blocks(), due]
    return modal(
        "Schedule it", blocks, callback_id=Form.REVIEW_AGAIN, submit="Schedule", metadata=metadata
    )
