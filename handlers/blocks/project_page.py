"""A project's page: where it stands, and a way to each of its parts; and the projects to choose from."""

from typing import Any

from handlers.blocks import project_words, words
from handlers.blocks.document import Bold, Channel, Document, Span, button
from handlers.blocks.forms import modal
from handlers.blocks.text import shortened, size
from handlers.ids import Click, Form
from models.domain.project import ProjectStatus, Role
from models.domain.project_facts import ProjectFacts, ProjectRow, ProjectRows
from models.domain.stages import LABEL, NEXT

PARTS: tuple[tuple[str, Click], ...] = (
    ("Numbers", Click.NUMBERS_PAGE),
    ("Scores", Click.SCORE_PAGE),
    ("How likely?", Click.CONFIDENCE),
    ("Blockers and risks", Click.BLOCKERS),
)
"""Further parts of the page, in order: what its button says, and where that leads. The button's value is
the project's id; a form that comes back to the page has it as its metadata, before any “|”."""
TITLE = 24


def page(facts: ProjectFacts, command: str) -> dict[str, Any]:
    """Where a project stands: a row for each part of it."""
    title = shortened(facts.name, 150) or facts.key
    document = Document()
    if size(title) > TITLE:
        document.heading(title)
    document.paragraph(*_head(facts))
    document.divider()
    _stage(document, facts)
    _numbers(document, facts)
    _way(document, facts)
    _more(document, facts)
    document.context(f"Hypotheses: {command} list {facts.key}")
    return modal(
        title,
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def _head(facts: ProjectFacts) -> list[Span]:
    spans: list[Span] = [
        Bold(shortened(facts.business_goal, 300)),
        f"\n{facts.key} · {project_words.STATUS[facts.status]}",
    ]
    if facts.channel_id:
        spans += [" · ", Channel(facts.channel_id)]
    return spans


def _stage(document: Document, facts: ProjectFacts) -> None:
    document.paragraph(
        Bold(f"Stage: {LABEL[facts.stage].lower()}. "), f"Next: {NEXT[facts.stage]}."
    )
    if facts.missing:
        document.context(f"The next stage still needs: {words.listed_within(facts.missing, 600)}.")


def _numbers(document: Document, facts: ProjectFacts) -> None:
    numbers = facts.numbers
    if numbers is None:
        document.paragraph(Bold("No number yet "), "says whether it is good enough.")
        return
    agreed = " (agreed)" if facts.agreed else ""
    document.paragraph(
        Bold(f"{words.three_numbers(numbers)}{agreed}"), f"\n{shortened(numbers.phrase, 200)}"
    )


def _way(document: Document, facts: ProjectFacts) -> None:
    """Plan, people, answers, governance, what is in the way."""
    plan = facts.plan
    touchpoint = words.full_day(plan.touchpoint) if plan.touchpoint else "none yet"
    when = [
        f"Good enough {project_words.estimate(plan)}",
        f"Stop mark: {project_words.stop_mark(plan, facts.numbers)}",
        f"Next touchpoint: {touchpoint}",
    ]
    if plan.effort is not None:
        when.append(f"Effort: {plan.effort:g} person-weeks a week")
    document.paragraph("\n".join(when))
    document.paragraph(_people(facts))
    tracks = "; ".join(
        f"{project_words.TRACK[one.kind]} {project_words.track(one)}" for one in facts.governance
    )
    document.paragraph(
        f"Charter: {facts.charter.answered} of {facts.charter.of} questions answered, "
        f"{facts.production.answered} of {facts.production.of} of those about production\n{tracks}"
    )
    in_the_way = words.count_of(facts.blockers, "blocker")
    document.paragraph(f"Open: {in_the_way}, {words.count_of(facts.risks, 'risk')}")


def _people(facts: ProjectFacts) -> str:
    held = [one for one in facts.roles if one.people]
    lines = [
        f"{project_words.ROLE[one.role]}: {words.names(one.people, 200)}"
        for one in held
        if one.role in (Role.PM, Role.LEADER, Role.STAKEHOLDER)
    ]
    others = [
        f"{project_words.ROLE[one.role]} {words.names(one.people, 120)}"
        for one in held
        if one.role not in (Role.PM, Role.LEADER, Role.STAKEHOLDER)
    ]
    if others:
        lines.append(words.listed_within(others, 600))
    return "\n".join(lines) or "Nobody has a role in it yet"


def _more(document: Document, facts: ProjectFacts) -> None:
    value = str(facts.project_id)
    document.actions("parts", [button(label, click, value) for label, click in PARTS])


def chooser(facts: ProjectRows, command: str, channel: str) -> dict[str, Any]:
    """The projects, each with a button that opens it, and a new one."""
    document = Document()
    document.actions("new_project", [button("New project", Click.PROJECT_NEW, style="primary")])
    for row in facts.rows:
        document.row(_row(row), button("Open", Click.PROJECT_PAGE, str(row.project_id)))
    if facts.more:
        more = words.count_of(facts.more, "more project")
        document.context(f"{more}: {command} project KEY opens any of them")
    return modal(
        "Projects", document.blocks(), callback_id=Form.NOTE, close="Close", metadata=channel
    )


def _row(row: ProjectRow) -> str:
    state = LABEL[row.stage].lower()
    if row.status is not ProjectStatus.ACTIVE:
        state = project_words.STATUS[row.status]
    return f"{shortened(row.name, 120)} ({row.key})\n{state}"
