"""A project's page: where it stands, and a way to each of its parts; and the projects to choose from."""

from typing import Any

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks import project_words, words
from handlers.blocks.decisions import again_on
from handlers.blocks.document import Bold, Channel, Document, Span, button
from handlers.blocks.forms import modal, sure_of
from handlers.blocks.project_people import EXPECT
from handlers.blocks.project_plan import estimate_words
from handlers.blocks.text import shortened, size
from handlers.ids import Click, Form
from handlers.project_refs import ProjectRef
from models.domain.findings.kinds import Kind
from models.domain.metric import reaches
from models.domain.permissions import Action
from models.domain.project import ProjectStatus, Role, Stage
from models.domain.project_facts import ProjectFacts, ProjectRow, ProjectRows
from models.domain.stages import LABEL, STAGES, comes_next

PARTS: tuple[tuple[str, Click], ...] = (
    ("Numbers", Click.NUMBERS_PAGE),
    ("Scores", Click.SCORE_PAGE),
    ("How likely?", Click.CONFIDENCE),
    ("Worth", Click.WORTH),
    ("Chart", Click.CHART),
    ("Blockers and risks", Click.BLOCKERS),
    ("Scope change", Click.SCOPE_CHANGE),
    ("Decisions", Click.DECISIONS),
    ("History", Click.CHRONICLE),
)
"""Further parts of the page, in order: what its button says, and where that leads. The button's value is
the project's id; a form that comes back to the page has it as its metadata, before any “|”."""
IN_USE: tuple[tuple[str, Click, str], ...] = (
    ("Same numbers?", Click.PARITY, ""),
    ("Live number", Click.LIVE_VALUE, "|page"),
    ("Incidents", Click.INCIDENTS, ""),
    ("Its end", Click.END_PAGE, ""),
)
"""Parts that a project has once it is made ready for use: as `PARTS`, with what follows the project's id."""
WRITES = {
    Click.CONFIDENCE: Action.SAY_CONFIDENCE,
    Click.SCOPE_CHANGE: Action.CHANGE_SCOPE,
    Click.LIVE_VALUE: Action.ADD_NUMBER,
    Click.PARITY: Action.ADD_NUMBER,
}
"""Parts that are a form: shown to who may fill it in, and so to no guest."""
USED = STAGES[STAGES.index(Stage.READINESS) :]
TITLE = 24
NAMED = (Role.PM, Role.LEADER, Role.STAKEHOLDER)
"""Roles that have a line of their own."""


def page(facts: ProjectFacts, command: str) -> dict[str, Any]:
    """Where a project stands: a row for each part of it, with the way there."""
    title = shortened(facts.name, 150) or facts.key
    document = Document()
    if size(title) > TITLE:
        document.heading(title)
    document.paragraph(*_head(facts))
    document.divider()
    _stage(document, facts)
    _numbers(document, facts)
    _row_of(document, facts, estimate_words(facts), "Plan", Click.PROJECT_PLAN)
    _decided(document, facts)
    document.row(_people(facts), button("People", Click.PROJECT_ROLES, str(facts.project_id)))
    _answers(document, facts)
    _expectations(document, facts)
    _more(document, facts)
    document.context(f"Hypotheses: {command} list {facts.key}")
    return modal(
        title,
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def _row_of(document: Document, facts: ProjectFacts, said: str, label: str, click: Click) -> None:
    """A part with its button, for those who may change it."""
    if facts.may_change:
        document.row(said, button(label, click, ProjectRef(facts.project_id).value))
    else:
        document.paragraph(said)


def _head(facts: ProjectFacts) -> list[Span]:
    spans: list[Span] = [
        Bold(shortened(facts.business_goal, 300)),
        f"\n{facts.key} · {project_words.STATUS[facts.status]}",
    ]
    if facts.channel_id:
        spans += [" · ", Channel(facts.channel_id)]
    return spans


def _stage(document: Document, facts: ProjectFacts) -> None:
    said = f"Stage: {LABEL[facts.stage].lower()}\nNext: {_next(facts)}"
    _row_of(document, facts, said, "Move", Click.PROJECT_STAGE)
    gaps = len(facts.gaps)
    if gaps:
        still = words.count_of(gaps, "thing")
        show = button("Show", Click.GAPS, str(facts.project_id))
        document.row(f"{still} still to fill in", show)


def _next(facts: ProjectFacts) -> str:
    of = facts.numbers
    return comes_next(
        facts.stage,
        reached=of is not None and reaches(of.goal, of.best, of.acceptance),
        unconfirmed=of is not None and of.unconfirmed,
    )


def _numbers(document: Document, facts: ProjectFacts) -> None:
    numbers = facts.numbers
    if numbers is None:
        document.paragraph(Bold("No number yet "), "says whether it is good enough.")
        return
    agreed = " (agreed)" if facts.agreed else ""
    document.paragraph(
        Bold(f"{words.three_numbers(numbers)}{agreed}"), f"\n{shortened(numbers.phrase, 200)}"
    )


def _decided(document: Document, facts: ProjectFacts) -> None:
    """The newest decision, with a way to all of them."""
    last = facts.decided
    if last is None:
        return
    next_on = again_on(last)
    again = f", again on {next_on}" if next_on else ""
    said = f"Decided: {last.kind.label.lower()}, {words.short_day(last.on)}{again}"
    show = button("Decisions", Click.DECISIONS, str(facts.project_id))
    document.row(f"{said}\n{shortened(last.reason, 200)}", show)


def _people(facts: ProjectFacts) -> str:
    held = [one for one in facts.roles if one.people]
    lines = [
        f"{project_words.ROLE[one.role]}: {words.names(one.people, 200)}"
        for one in held
        if one.role in NAMED
    ]
    others = [
        f"{project_words.in_text(one.role)} {words.names(one.people, 120)}"
        for one in held
        if one.role not in NAMED
    ]
    if others:
        lines.append(f"And {words.listed_within(others, 600)}")
    return "\n".join(lines) or "Nobody has a role in it yet"


def _answers(document: Document, facts: ProjectFacts) -> None:
    """Charter, governance, and what is in the way."""
    value = str(facts.project_id)
    document.row(
        f"Charter: {facts.charter.answered} of {facts.charter.of} answered\n"
        f"About production: {facts.production.answered} of {facts.production.of}",
        button("Charter", Click.CHARTER, value),
    )
    tracks = "\n".join(
        f"{project_words.TRACK[one.kind]}: {project_words.track(one)}" for one in facts.governance
    )
    document.row(tracks, button("Governance", Click.GOVERNANCE, value))


def _expectations(document: Document, facts: ProjectFacts) -> None:
    """Whether the stakeholders know what to expect (S1-23)."""
    waiting = facts.waiting_for
    if waiting is None:
        said = "Expectations note: not sent yet"
        if not facts.may_change:
            document.paragraph(said)
            return
        sure = sure_of("Send to the stakeholders?", "\n".join(EXPECT), "Send")
        value = ProjectRef(facts.project_id).value
        document.row(said, button("Send", Click.EXPECTATIONS_SEND, value, sure=sure))
    elif waiting:
        document.paragraph(f"Expectations note: sent, not read yet by {words.names(waiting, 300)}")
    else:
        document.paragraph("Expectations note: read by all stakeholders")


def _more(document: Document, facts: ProjectFacts) -> None:
    in_the_way = words.count_of(facts.blockers, "blocker")
    document.paragraph(f"In the way: {in_the_way}, {words.count_of(facts.risks, 'risk')}")
    value = str(facts.project_id)
    new = button("New hypothesis", Click.FINDING_NEW, first(facts.project_id))
    parts = [(label, click, "") for label, click in PARTS]
    parts += IN_USE if facts.stage in USED else ()
    shown = [one for one in parts if one[1] not in WRITES or WRITES[one[1]] in facts.may]
    controls = [] if facts.reads_only else [new]
    controls += [button(label, click, f"{value}{more}") for label, click, more in shown]
    if facts.may_change:
        ref = ProjectRef(facts.project_id)
        controls += [
            button("Name and goal", Click.PROJECT_GOAL, ref.value),
            button("Thresholds", Click.THRESHOLDS, ref.value),
            *_hold(facts, ref),
        ]
    document.actions("parts", controls)


def _hold(facts: ProjectFacts, ref: ProjectRef) -> list[ButtonElement]:
    """On hold, or on again; what has ended only a decision takes back."""
    match facts.status:
        case ProjectStatus.ACTIVE:
            sure = sure_of(
                "Put it on hold?", "Nothing is raised meanwhile. It can go on any day.", "Hold"
            )
            value = ref._replace(about=ProjectStatus.ON_HOLD).value
            return [button("Put on hold", Click.PROJECT_STATUS, value, sure=sure)]
        case ProjectStatus.ON_HOLD:
            value = ref._replace(about=ProjectStatus.ACTIVE).value
            return [button("Go on", Click.PROJECT_STATUS, value, style="primary")]
        case _:
            return []


def started(project_id: int, key: str, name: str, channel_id: str | None) -> dict[str, Any]:
    """What a new project's PM sees next: two steps make it run, everything else can wait."""
    document = Document().paragraph(
        Bold(f"{shortened(name, 80)} is there. "),
        f"Its experiments are called {key}-1, {key}-2 and so on.",
    )
    document.actions(
        "next",
        [
            button("First hypothesis", Click.FINDING_NEW, first(project_id), style="primary"),
            button("Standup", Click.STANDUP_NEW, channel_id or None),
            button("Project", Click.PROJECT_PAGE, str(project_id)),
        ],
    )
    document.context("People, plan and charter can wait: the project's page says what is missing.")
    return modal("Project started", document.blocks(), callback_id=Form.NOTE, close="Close")


def first(project_id: int) -> str:
    """What a button for a new hypothesis of the project carries."""
    return f"0|project:{project_id}|{Kind.IDLE}"


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
