"""The ML Test Score as people read it, and the form of one of its four sections."""

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import field, modal, radio
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.facts_checklists import MlScorePage
from models.domain.facts_reviews import MlScore
from models.domain.ml_test_score import AUTOMATIC, BY_HAND, NOT_DONE, SECTIONS

POINTS = {
    NOT_DONE: "Not done",
    BY_HAND: "By hand, written down",
    AUTOMATIC: "Automatic",
}
EACH = 7
"""Tests in a section."""


def page(facts: MlScorePage) -> dict[str, Any]:
    """How much is tested, section by section."""
    document = Document().paragraph(Bold(shortened(facts.project_name, 120)))
    document.context(
        "It counts whether a test is there, not whether it passes. The smallest section is the score."
    )
    if facts.score is not None:
        result(document, facts.score)
        document.context(_band(facts.score))
    if facts.before is not None and facts.is_open:
        day = words.long_day(facts.before.on)
        document.context(f"The answers of last time, {day}, stand in the forms until you save.")
    for section in facts.sections:
        if facts.is_open:
            document.row(_standing(facts, section), _button(facts, section))
        else:
            document.paragraph(_standing(facts, section))
    return modal("ML Test Score", document.blocks(), callback_id=Form.NOTE, close="Close")


def result(document: Document, found: MlScore) -> None:
    """The score, its band, the sums, the cheapest next half-points; while sections are missing, only that."""
    if found.missing:
        document.context(line(found))
        return
    scored = found.scored
    document.paragraph(Bold(f"ML Test Score {scored.score:g} of {EACH}: "), scored.band.says)
    sums = " · ".join(f"{SECTIONS[name]} {points:g}" for name, points in scored.sections.items())
    document.context(
        f"{sums} ({words.long_day(found.on)})",
        f"Weakest: {SECTIONS[scored.weakest]}. Cheapest next: {'; '.join(found.next)}"
        if found.next
        else "",
    )


def line(found: MlScore) -> str:
    """The same in one line, for a card that a phone shows."""
    if found.missing:
        done = len(SECTIONS) - len(found.missing)
        return f"ML Test Score: {done} of {len(SECTIONS)} sections filled in."
    scored = found.scored
    weakest = SECTIONS[scored.weakest]
    return f"ML Test Score {scored.score:g} of {EACH}: {scored.band.says}. Weakest: {weakest}."


def _band(found: MlScore) -> str:
    band = found.scored.band
    return "" if found.missing else f"{band.range[:1].upper()}{band.range[1:]}: {band.says}."


def _is_missing(facts: MlScorePage, section: str) -> bool:
    return facts.score is None or section in facts.score.missing


def _standing(facts: MlScorePage, section: str) -> str:
    name = SECTIONS[section]
    if facts.score is None or section in facts.score.missing:
        return f"{name}: not filled in yet"
    return f"{name}: {facts.score.scored.sections[section]:g} of {EACH}"


def _button(facts: MlScorePage, section: str) -> ButtonElement:
    label = "Fill in" if _is_missing(facts, section) else "Change"
    return button(label, Click.ML_SECTION, f"{facts.review_id}|{section}")


def section_form(facts: MlScorePage, section: str) -> dict[str, Any]:
    """Seven tests, one tap each; what stood there last time is chosen."""
    blocks: list[Block] = [
        field(
            test,
            text,
            radio(
                [(f"{points:g}", label) for points, label in POINTS.items()],
                initial=None if (given := facts.points(test)) is None else f"{given:g}",
            ),
        )
        for test, text in facts.sections[section].items()
    ]
    return modal(
        f"Tests: {SECTIONS[section]}",
        blocks,
        callback_id=Form.ML_SECTION,
        submit="Save",
        metadata=f"{facts.review_id}|{section}",
    )
