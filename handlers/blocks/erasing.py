"""Erasing what somebody wrote: what goes, what stays, and the word that confirms it."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks.document import Document
from handlers.blocks.forms import field, modal, multi_select, text_input, user_select
from handlers.ids import Form

WORD = "ERASE"
HYPOTHESES, NAME = "hypotheses", "name"
GOES = (
    "answers and plans of standups",
    "what was said to be in the way",
    "notes, reasons and charter answers",
)
STAYS = ("numbers, outcomes and dates", "decisions, and what was agreed")


def erase_form(*, admin: bool) -> dict[str, Any]:
    """For oneself; an `admin` may choose somebody who has left."""
    document = Document().bullets("What goes, for good", [(line,) for line in GOES])
    document.bullets("What stays", [(line,) for line in STAYS])
    document.context("Messages that still show the words are changed, one after the other.")
    choices = [(HYPOTHESES, "Hypotheses and learnings too")]
    blocks: list[Block] = [*document.blocks()]
    if admin:
        choices.append((NAME, "The name, of somebody who left"))
        blocks.append(
            field(
                "whose",
                "Whose words?",
                user_select(),
                hint="Left empty: your own. Of somebody else only when they have left.",
                optional=True,
            )
        )
    blocks += [
        field(
            "also",
            "What else?",
            multi_select(choices),
            hint="Hypotheses and learnings are what the team builds on: they stay unless you say so.",
            optional=True,
        ),
        field("word", f"Type {WORD} to confirm", text_input(limit=20)),
    ]
    return modal("Erase what I wrote", blocks, callback_id=Form.ERASE, submit="Erase")
