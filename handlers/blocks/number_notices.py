"""A surprising number, as a second person or its experiment's owner reads about it; why one doesn't count."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.asks import number_buttons
from handlers.blocks.document import Bold, Document
from handlers.blocks.forms import field, modal, radio, text_input
from handlers.blocks.text import shortened
from handlers.ids import Form
from models.domain.facts_notices import (
    BlockerFacts,
    NobodyLooks,
    NumberFacts,
    SetAside,
    ToConfirm,
)
from models.domain.metric import written
from models.domain.surprise import AsideReason

ALONE = "Nobody else in the project can look at it: please give somebody technical a role there."


def part(document: Document, told: ToConfirm | NobodyLooks | SetAside) -> None:
    """What somebody is told about a number."""
    match told:
        case ToConfirm(about):
            _to_confirm(document, about)
        case NobodyLooks(about):
            _to_confirm(document, about, alone=True)
        case SetAside(about):
            _set_aside(document, about)


def where(about: BlockerFacts | NumberFacts) -> str:
    """“Card fraud · FRAUD-12 · its title”."""
    if about.key.partition("-")[1] == "":
        return f"{shortened(about.project_name, 80)} · {about.key}"
    project = shortened(about.project_name, 80)
    return f"{project} · {about.key} · {shortened(about.title, 120)}"


def _to_confirm(document: Document, about: NumberFacts, *, alone: bool = False) -> None:
    """A number that leaps is looked at by a second person before anybody builds on it."""
    document.paragraph(
        Bold(shortened(about.who.name, 60)),
        f" measured {written(about.value, about.unit)}{_marks(about)} on {words.short_day(about.on)}. ",
        Bold(ALONE if alone and about.open else _asked(about)),
    )
    document.context(f"{where(about)} · {shortened(about.metric_name, 100)}")
    if about.open and not alone:
        number_buttons(document, about.measurement_id)


def _asked(about: NumberFacts) -> str:
    if about.excluded is not None:
        return f"✓ It doesn't count: {words.aside(about.excluded)}."
    if about.confirmed_by is not None:
        return f"✓ Confirmed by {shortened(about.confirmed_by.name, 60)}."
    return "Same data? A leak? Another seed? Please look, and say whether it holds."


def _marks(about: NumberFacts) -> str:
    if about.baseline is None or about.acceptance is None:
        return ""
    baseline, needed = (written(v, about.unit) for v in (about.baseline, about.acceptance))
    return f" (baseline {baseline}, needed {needed})"


def _set_aside(document: Document, about: NumberFacts) -> None:
    note = f" “{shortened(about.note, 300)}”" if about.note else ""
    why = words.aside(about.excluded or "")
    document.paragraph(
        f"{written(about.value, about.unit)} of {words.short_day(about.on)} doesn't count any more: ",
        Bold(f"{why}."),
        f"{note} The experiment goes on; a new number replaces it.",
    )
    document.context(where(about))


def set_aside_form(about: NumberFacts) -> dict[str, Any]:
    """“Not so fast”: why the number doesn't count."""
    document = Document().paragraph(
        Bold(f"{written(about.value, about.unit)}{_marks(about)}"),
        f", measured by {shortened(about.who.name, 60)} on {words.short_day(about.on)}",
    )
    document.context(where(about), "It stays in the record, and counts no more from today on.")
    inputs = [
        field(
            "reason",
            "Why doesn't it count?",
            radio([(reason.value, reason.label) for reason in AsideReason]),
        ),
        field(
            "note",
            "What did you see?",
            text_input(limit=300),
            hint=f"{shortened(about.who.name, 60)} reads it.",
            optional=True,
        ),
    ]
    return modal(
        "Not so fast",
        [*document.blocks(), *inputs],
        callback_id=Form.SET_ASIDE,
        submit="Set it aside",
        metadata=str(about.measurement_id),
    )
