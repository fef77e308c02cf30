"""A decision: the form that records one, and the line that announces it."""

from collections.abc import Sequence
from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Link, Rendered, Span
from handlers.blocks.forms import date_picker, field, modal, select, text_input
from handlers.blocks.text import sentence, shortened
from handlers.ids import Form
from models.domain.decision import DecisionKind
from models.domain.decision_facts import DecisionFacts
from models.domain.facts import ProjectChoice

MEANS = {
    DecisionKind.GO: "Go",
    DecisionKind.NO_GO: "No-go",
    DecisionKind.CONTINUE: "Continue as it is",
    DecisionKind.PIVOT: "Pivot: another way to the goal",
    DecisionKind.HOLD: "Hold for now",
    DecisionKind.STOP: "Stop",
}


def form(
    projects: Sequence[ProjectChoice], chosen: ProjectChoice, reason: str, *, metadata: str
) -> dict[str, Any]:
    """What was decided, why, and when it is looked at again; `metadata` is the message's link."""
    by_name = sorted(projects, key=lambda project: project.name)
    blocks = [
        field(
            "project",
            "Project",
            select(
                [(str(project.project_id), project.name) for project in by_name],
                initial=str(chosen.project_id),
            ),
        ),
        field(
            "kind",
            "What was decided?",
            select(
                [(kind.value, label) for kind, label in MEANS.items()],
                placeholder="Choose one",
            ),
        ),
        field("reason", "Why?", text_input(initial=reason or None, lines=True)),
        field("next_on", "Looked at again on", date_picker(), optional=True),
    ]
    return modal(
        "Record decision", blocks, callback_id=Form.DECISION, submit="Record", metadata=metadata
    )


def made(facts: DecisionFacts) -> Rendered:
    """One line in the project's channel."""
    return Document().paragraph(*line(facts)).rendered()


def line(facts: DecisionFacts) -> list[Span]:
    """“Card fraud alerts: hold. The labels come in May. (Mira, 5 Feb; again on 5 May) message”."""
    reason = sentence(shortened(facts.reason, 600))
    again = f"; again on {words.short_day(facts.next_on)}" if facts.next_on else ""
    who = f" ({shortened(facts.by.name, 60)}, {words.short_day(facts.on)}{again})"
    spans: list[Span] = [
        Bold(f"{shortened(facts.project_name, 80)}: {facts.kind.label.lower()}. "),
        reason,
        who,
    ]
    return [*spans, " ", Link(facts.link, "message")] if facts.link else spans
