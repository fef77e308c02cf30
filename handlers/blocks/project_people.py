"""A project's people: its roles, the form for one of them, and what stakeholders may expect."""

from typing import Any

from handlers.blocks import project_words, words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import field, modal, users_select
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from handlers.project_refs import Back, ProjectRef
from models.domain.facts_notices import Expected
from models.domain.project import Role
from models.domain.project_facts import ProjectFacts

EXPECT = (
    "It may not work: many ideas are ruled out, and how often it errs is known once it is measured.",
    "It is not magic: it learns from the data there is, and it makes mistakes.",
    "It takes time: progress comes in steps, with long flat stretches between.",
)
"""The three things to expect (S1-23)."""


def roles(facts: ProjectFacts) -> dict[str, Any]:
    """Every role with who holds it."""
    document = Document().paragraph(
        Bold(shortened(facts.name, 80)), ": who does what. One person may hold several roles."
    )
    for one in facts.roles:
        who = words.names(one.people, 300) if one.people else "nobody yet"
        said = f"{project_words.ROLE[one.role]}: {who}\n{project_words.DOES[one.role]}"
        if facts.may_change:
            ref = ProjectRef(facts.project_id, one.role.value, Back.ROLES)
            document.row(said, button("Change", Click.PROJECT_ROLE, ref.value))
        else:
            document.paragraph(said)
    document.actions("back", [to_page(facts.project_id)])
    return modal(
        "People",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def to_page(project_id: int) -> Any:
    """A button that shows the project's page in place of what stands there."""
    return button("‹ Project", Click.PROJECT_PAGE, str(project_id))


def role_form(facts: ProjectFacts, role: Role, ref: ProjectRef) -> dict[str, Any]:
    """Who holds one role."""
    holders = [one.slack_id for one in facts.holders(role)]
    document = Document().paragraph(
        Bold(shortened(facts.name, 80)), f": {project_words.DOES[role]}."
    )
    asked = field(
        "people",
        project_words.ROLE[role],
        users_select(placeholder="People", initial=holders),
        hint="Add people, or take them out.",
        optional=role is not Role.PM,
    )
    return modal(
        project_words.ROLE[role],
        [*document.blocks(), asked],
        callback_id=Form.PROJECT_ROLE,
        submit="Save",
        metadata=ref._replace(shown=tuple(holders)).value,
    )


def expected(document: Document, part: Expected) -> None:
    """What a stakeholder is told to expect, to be acknowledged."""
    document.paragraph(
        Bold(f"What to expect of {shortened(part.project_name, 80)}"),
        f" ({shortened(part.business_goal, 200)})",
    )
    document.paragraph("\n".join(EXPECT))
    if part.acknowledged:
        document.context("✓ You have read it.")
        return
    value = str(part.project_id)
    read = button("I have read it", Click.EXPECTATIONS_READ, value, style="primary")
    document.actions(f"expect_{value}", [read])
