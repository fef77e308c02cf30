"""Blockers and risks of a project: the page, and the forms that raise one or say how one stands."""

from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import (
    Choice,
    field,
    modal,
    radio,
    select,
    text_input,
    user_select,
)
from handlers.blocks.number_notices import where
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.facts_blockers import BlockerLine, BlockersPage, RaiseFacts
from models.domain.facts_notices import BlockerFacts
from models.domain.standup import BlockerKind

TITLE = "Blockers and risks"


def page(facts: BlockersPage, per_page: int) -> dict[str, Any]:
    """What is in the way, then what may come to be; each with a button to say how it stands."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    now = [line for line in facts.lines if not line.about.risk]
    risks = [line for line in facts.lines if line.about.risk]
    if not facts.lines:
        document.paragraph("Nothing is in the way, and no risk is written down.")
    for title, lines in (("In the way", now), ("Risks: not in the way yet", risks)):
        if lines:
            document.heading(title)
        for line in lines:
            value = f"{facts.project_id}|{facts.offset}|{line.about.blocker_id}"
            document.row(_line(line), button("Update", Click.BLOCKER_UPDATE, value))
    document.actions("blockers", _buttons(facts, per_page))
    return modal(TITLE, document.blocks(), callback_id=Form.NOTE, close="Close")


def _buttons(facts: BlockersPage, per_page: int) -> list[InteractiveElement]:
    here = f"{facts.project_id}|{facts.offset}"
    add = f"{here}|project:{facts.project_id}"
    buttons: list[InteractiveElement] = [
        button("Add one", Click.BLOCKER_RAISE, add, style="primary")
    ]
    if facts.offset:
        before = f"{facts.project_id}|{max(facts.offset - per_page, 0)}"
        buttons.append(button("Those before", Click.BLOCKERS_TURN, f"{before}|back"))
    more = facts.total - facts.offset - len(facts.lines)
    if facts.lines and more > 0:
        after = f"{facts.project_id}|{facts.offset + per_page}"
        buttons.append(button(f"{more} more", Click.BLOCKERS_TURN, f"{after}|on"))
    return buttons


def _line(line: BlockerLine) -> str:
    """What it is; what it is about, who raised it and its age; who has it and what they say."""
    about = line.about
    age = f"open for {words.count_of(about.days, 'working day')}" if about.days else "new today"
    of = f"{about.key} · {shortened(about.title, 60)}" if "-" in about.key else "The whole project"
    lines = [
        words.needs(about.blocker),
        f"{of} · {shortened(about.raised_by.name, 40)} · {age}",
        _who_has_it(about),
    ]
    if line.asked:
        lines.append(f"{shortened(line.asked.name, 40)} was asked for help.")
    return "\n".join(lines)


def _who_has_it(about: BlockerFacts) -> str:
    """“Sofía is on it: “with legal until Friday””."""
    said = f": “{shortened(about.said, 200)}”" if about.said else ""
    owner = about.blocker.owner
    if owner is None:
        return f"Who can clear it?{said}"
    name = shortened(owner.name, 40)
    return f"{name} is on it{said}" if about.acknowledged else f"With {name}{said}"


def raise_form(facts: RaiseFacts, metadata: str) -> dict[str, Any]:
    """Something new that is in the way, or may come to be (S3-3)."""
    document = Document().paragraph(Bold(f"{facts.key} · {shortened(facts.title, 120)}"))
    now_or_later: list[Choice] = [
        ("blocker", "It is in the way now"),
        ("risk", "A risk: it may come to be"),
    ]
    blocks = [
        *document.blocks(),
        field("text", "What is it?", text_input(limit=300, focus=True)),
        field("risk", "Now, or later?", radio(now_or_later, initial="blocker")),
        field(
            "kind",
            "What kind of thing?",
            select([(kind.value, kind.label) for kind in BlockerKind], placeholder="Choose one"),
        ),
        field(
            "owner",
            "Who can clear it?",
            user_select(placeholder="A person"),
            hint="They get it as one message, within their working hours.",
            optional=True,
        ),
    ]
    return modal(TITLE, blocks, callback_id=Form.BLOCKER_RAISE, submit="Save", metadata=metadata)


def update_form(about: BlockerFacts, metadata: str) -> dict[str, Any]:
    """How one stands: a word for who raised it, who has it, and whether it is cleared."""
    document = Document().paragraph(Bold(words.needs(about.blocker)))
    raised = f"raised by {shortened(about.raised_by.name, 60)}"
    document.context(f"{about.key} · {shortened(about.title, 120)} · {raised}")
    steps: list[Choice] = [("stays", "As it is"), ("on_it", "I'm on it")]
    if about.risk:
        steps.append(("in_the_way", "It has come to be in the way"))
    steps.append(("cleared", "No risk any more" if about.risk else "It's cleared"))
    owner = about.blocker.owner
    blocks = [
        *document.blocks(),
        field("step", "How does it stand?", radio(steps, initial="stays")),
        field(
            "said",
            "A word about it",
            text_input(
                placeholder="The contract is with legal until Friday", limit=300, focus=True
            ),
            hint=f"{shortened(about.raised_by.name, 60)} gets to read it.",
            optional=True,
        ),
        field(
            "owner",
            "Who can clear it?",
            user_select(placeholder="A person", initial=owner.slack_id if owner else None),
            optional=True,
        ),
    ]
    return modal(
        "How does it stand?",
        blocks,
        callback_id=Form.BLOCKER_UPDATE,
        submit="Save",
        metadata=metadata,
    )


def owner_form(about: BlockerFacts) -> dict[str, Any]:
    """“Not me”: who can clear it?"""
    document = Document().paragraph(
        Bold(shortened(about.raised_by.name, 60)), f" needs: {words.needs(about.blocker)}"
    )
    document.context(where(about))
    asked = field("owner", "Who can clear it?", user_select(placeholder="A person"))
    return modal(
        "Who can clear it?",
        [*document.blocks(), asked],
        callback_id=Form.BLOCKER_OWNER,
        submit="Ask them",
        metadata=str(about.blocker_id),
    )
