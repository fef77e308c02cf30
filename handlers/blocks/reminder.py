"""The one reminder of who has not answered: until when, and about what."""

from datetime import datetime

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, button
from handlers.blocks.standup_dm import nothing_open_clicks, open_buttons
from handlers.blocks.text import shortened
from handlers.ids import Click
from models.domain.facts import ExperimentCard, PromptFacts
from models.domain.standup import PromptState

LISTED = 5
"""Experiments named in a reminder."""


def reminder(facts: PromptFacts, now: datetime) -> Rendered:
    """“Still time until tomorrow 09:30”, with the answer one click away; nothing to click once answered."""
    document = Document()
    if facts.closed or facts.state is not PromptState.ASKED:
        answered = facts.state is PromptState.ANSWERED
        said = "Thank you, that is everything." if answered else "Nothing is left to do here."
        return document.paragraph(Bold(said)).rendered()
    is_over = facts.until is not None and facts.until <= now
    waiting = [card for card in facts.cards if card.answer is None]
    if is_over:
        document.paragraph(Bold("You can still answer, marked as late."))
    elif facts.until is not None:
        document.paragraph(Bold(f"Still time until {words.moment(facts.until, now)}."))
    if not waiting:
        asked = "What are you on?" if facts.reads_only else "What will you try next?"
        document.paragraph(f"No experiment of yours is open. {asked}")
        return document.actions("reminder", nothing_open_clicks(facts)).rendered()
    document.bullets("What did you learn?", [[Italic(_title(card))] for card in waiting[:LISTED]])
    if len(waiting) > LISTED:
        document.context(f"{len(waiting) - LISTED} more.")
    if len(waiting) == 1:
        value = f"{facts.prompt_id}:{waiting[0].experiment_id}"
        return document.actions("reminder", open_buttons(value)).rendered()
    return document.actions(
        "reminder", [button("Show", Click.SHOW, str(facts.prompt_id), style="primary")]
    ).rendered()


def _title(card: ExperimentCard) -> str:
    return f"{card.key} · {shortened(card.title, 120)}"
