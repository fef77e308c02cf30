"""“Pause / I'm away”: skip this standup, go on leave, or pause one experiment (domain §3.2)."""

from typing import Any

from handlers.blocks.forms import date_picker, field, modal, radio
from handlers.blocks.text import shortened
from handlers.ids import Form
from models.domain.facts import PromptFacts

SKIP, AWAY, PAUSE = "skip", "away", "pause"


def form(facts: PromptFacts, experiment_id: int, metadata: str) -> dict[str, Any]:
    """One choice, and a day for the two that last; the experiment is offered while it is open."""
    choices = [(SKIP, "Skip this standup"), (AWAY, "I'm away, until the day below")]
    card = next((one for one in facts.cards if one.experiment_id == experiment_id), None)
    if card is not None and card.answer is None:
        choices.append((PAUSE, f"Pause {card.key}, until the day below"))
    blocks = [
        field("what", "Not this time?", radio(choices, initial=SKIP)),
        field(
            "until",
            "Until",
            date_picker(),
            hint=_hint(card.title if card else None),
            optional=True,
        ),
    ]
    return modal(
        "Pause or away", blocks, callback_id=Form.NOT_NOW, submit="Save", metadata=metadata
    )


def _hint(title: str | None) -> str:
    away = "Away: your last day off; you are asked again after it."
    if title is None:
        return away
    paused = (
        f"Pause: the day on which “{shortened(title, 120)}” goes on; without one, when you say so."
    )
    return f"{away} {paused}"
