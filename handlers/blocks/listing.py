"""The lists behind `/lab list`, page by page; only their reader sees them."""

from collections.abc import Sequence

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Spans, button
from handlers.blocks.forms import select
from handlers.blocks.lab import state_words
from handlers.blocks.text import shortened
from handlers.ids import Click
from models.domain.experiment import Status
from models.domain.experiment_facts import (
    ExperimentList,
    ExperimentRow,
    ProjectList,
    ProjectPage,
)

MOST = 25
"""Experiments of a page that its menu opens."""
NAMED = 60
"""Characters of each in the menu: what a phone shows of it and a little more."""


def projects(facts: ProjectList, command: str, key: str | None = None) -> Rendered:
    """The projects with where they stand and their experiments; with a `key` only that one."""
    document = Document()
    for page in facts.pages:
        _project(document, page, command, alone=key is not None)
    shown = sum(len(page.rows) for page in facts.pages) if key else len(facts.pages)
    more = sum(page.more for page in facts.pages) if key else facts.more
    what = "experiment" if key else "project"
    if not facts.pages:
        document.paragraph("That was the last project.")
    rows = [row for page in facts.pages for row in page.rows]
    _controls(document, rows, _Turn(facts.offset, shown, more, what), key or "")
    document.context(
        f"One in full: {command} show KEY. "
        f"Only some: {command} list mine, running, paused, later, concluded, or a project's key"
    )
    return document.rendered()


def _project(document: Document, page: ProjectPage, command: str, *, alone: bool) -> None:
    project = page.project
    document.paragraph(
        Bold(f"{shortened(project.name, 80)} ({project.key})"),
        f"\n{shortened(project.business_goal, 200)}",
    )
    if project.numbers:
        phrase = shortened(project.numbers.phrase, 200)
        document.context(f"{words.three_numbers(project.numbers)}: {phrase}")
    if not page.rows:
        document.context("No experiment yet.")
    document.bullets(
        "Experiments",
        [_row(row) for row in page.rows],
        left_out=page.more,
        where="are older" if alone else f"with {command} list {project.key}",
    )


def experiments(facts: ExperimentList, command: str) -> Rendered:
    """Experiments of all projects that somebody wants to see."""
    wanted = facts.wanted
    title = f"Experiments: {_named(facts)} ({facts.total})"
    document = Document().bullets(title, [_row(row) for row in facts.rows])
    if not facts.rows:
        document.paragraph(
            Bold(f"{title}. "),
            f"None here. {command} list shows all projects, {command} new writes a hypothesis down.",
        )
    more = facts.total - wanted.offset - len(facts.rows)
    turn = _Turn(wanted.offset, len(facts.rows), more, "experiment")
    _controls(document, facts.rows, turn, wanted.words)
    document.context(f"One in full: {command} show KEY")
    return document.rendered()


def _named(facts: ExperimentList) -> str:
    wanted = facts.wanted
    whose = "yours" if wanted.mine else "of everybody"
    state = wanted.status.label if wanted.status else "open"
    of = f" in {shortened(wanted.project, 12)}" if wanted.project else ""
    return f"{state}, {whose}{of}"


class _Turn:
    """Where in a list a page is."""

    def __init__(self, offset: int, shown: int, more: int, what: str) -> None:
        self.back = max(offset, 0)
        self.next = offset + shown
        self.more = max(more, 0)
        self.what = what


def _controls(document: Document, rows: Sequence[ExperimentRow], at: _Turn, wanted: str) -> None:
    """A menu that opens one of them, and buttons to the next page and back to the first."""
    controls: list[InteractiveElement] = []
    if rows:
        named = [(row.key, shortened(f"{row.key} {row.title}", NAMED)) for row in rows[:MOST]]
        controls.append(select(named, placeholder="Open …", action_id=Click.SHOW_EXPERIMENT))
    if at.more:
        label = f"Show {words.count_of(at.more, f'more {at.what}')}"
        controls.append(button(label, Click.LIST_PAGE, f"{at.next} {wanted}"))
    elif at.back:
        controls.append(button("Back to the first", Click.LIST_PAGE, f"0 {wanted}"))
    document.actions("pages", controls)


def _row(row: ExperimentRow) -> Spans:
    state = state_words(row.status, row.outcome, row.day, row.timebox)
    if row.status is Status.CONCLUDED and row.on:
        state += f", {words.short_day(row.on)}"
    return [
        Bold(row.key),
        f" {shortened(row.title, 100)} ({shortened(row.who, 40)}): ",
        Italic(state),
    ]
