"""The draft of what leaders will read, and the form in which a PM adds a sentence or holds it back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import leadership, words
from handlers.blocks.document import Document, button
from handlers.blocks.forms import field, modal, select, text_input
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.leadership_facts import LeadershipFacts, ProjectFacts
from models.domain.leadership_gaps import Lacks, lacks

SHOWN = 20
"""Projects of a draft: a view has at most 100 blocks."""
LIMIT = 240
"""Characters of a sentence."""
TOLD, HELD_BACK = "told", "held_back"
"""Whether leaders read about a project this week."""


def draft(day: date, projects: Sequence[ProjectFacts], ceremony_id: int) -> dict[str, Any]:
    """What leaders will read of a person's projects, each with what it lacks."""
    page = Document().paragraph(
        f"This is what leaders read on {words.weekday(day)}, {words.long_day(day)}, as things stand."
    )
    draft_is = f"{ceremony_id}|{day.toordinal()}"
    for one in projects[:SHOWN]:
        page.divider().paragraph(*leadership.block(one, day))
        lacking = words.listed([gap.value for gap in lacks(one)])
        page.context(
            "Held back: leaders don't read it this week." if one.held else "",
            f"It lacks {lacking}." if lacking else "",
        )
        page.actions(
            f"note_{one.project_id}",
            [
                button("Add or hold back", Click.LEADERS_NOTE, f"{one.project_id}|{draft_is}"),
                button("How likely?", Click.CONFIDENCE, str(one.project_id)),
                *_filling(one),
            ],
        )
    left = len(projects) - SHOWN
    page.context(f"{left} more: /lab status and their key." if left > 0 else "")
    if not projects:
        page.paragraph("It was posted, or it tells of none of your projects.")
    return modal("What leaders read", page.blocks(), callback_id=Form.NOTE, close="Close")


def _filling(one: ProjectFacts) -> list[InteractiveElement]:
    """A button for what it lacks; how likely it is can be said every week, lacking or not."""
    lacking = lacks(one)
    ways = (
        ({Lacks.RESULT, Lacks.PHRASE}, "Its numbers", Click.NUMBERS_PAGE),
        ({Lacks.VALUE}, "Its worth", Click.WORTH),
        ({Lacks.WHEN}, "Its dates", Click.PROJECT_PLAN),
    )
    return [
        button(label, click, str(one.project_id))
        for gaps, label, click in ways
        if gaps.intersection(lacking)
    ]


def note_form(
    facts: LeadershipFacts, sentence: str, *, held_back: bool, metadata: str
) -> dict[str, Any]:
    """One sentence of a project, or nothing of it this week."""
    page = Document()
    for one in facts.projects:
        page.paragraph(*leadership.block(one, facts.as_of))
    blocks = [
        *page.blocks(),
        field(
            "sentence",
            "A sentence of yours",
            text_input(initial=sentence or None, lines=True, limit=LIMIT),
            hint="The story behind the number, in words that anybody understands. It is said for a week.",
            optional=True,
        ),
        field(
            "told",
            "This week",
            select(
                ((TOLD, "Leaders read about it"), (HELD_BACK, "Hold it back")),
                initial=HELD_BACK if held_back else TOLD,
            ),
        ),
    ]
    title = shortened(facts.projects[0].key, 24) if facts.projects else "What leaders read"
    return modal(title, blocks, callback_id=Form.LEADERS_NOTE, submit="Save", metadata=metadata)
