"""The menu, the help, the lists: what `/lab` shows in the channel, to its reader only."""

from collections.abc import Sequence
from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, Spans, button
from handlers.blocks.forms import modal
from handlers.blocks.text import clipped, shortened
from handlers.ids import Click, Form
from models.domain.experiment import Outcome, Status
from models.domain.facts import ExperimentPage, ExperimentRow, NumberLine, ProjectList
from models.domain.metric import written


def menu(command: str) -> Rendered:
    """Bare `/lab`: what one can do, as buttons."""
    document = Document()
    document.paragraph(Bold("What would you like to do?"))
    document.actions(
        "menu",
        [
            button("New hypothesis", Click.MENU_NEW, style="primary"),
            button("Update", Click.UPDATE),
            button("Experiments", Click.MENU_LIST),
            button("Find", Click.MENU_FIND),
            button("Standup", Click.MENU_STANDUP),
            button("What could use a hand", Click.MENU_DIGEST),
            button("Projects", Click.MENU_PROJECT),
            button("Settings", Click.SETTINGS),
            button("Help", Click.MENU_HELP),
        ],
    )
    document.context(f"Or type it: {command} new, {command} update, {command} list, {command} help")
    return document.rendered()


def help_page(command: str, verbs: Sequence[tuple[str, str]]) -> Rendered:
    """Every verb with what it does."""
    document = Document().heading("Labmate")
    document.paragraph(
        "Short standups about hypotheses: what was learned, where it stands, what is next. "
        "You are asked in a direct message; the team reads the summary in its channel."
    )
    document.bullets(
        "Commands", [[Bold(f"{command} {verb}".strip()), f": {does}"] for verb, does in verbs]
    )
    return document.rendered()


def sentence(words_: str) -> Rendered:
    """One plain sentence."""
    return Document().paragraph(words_).rendered()


def in_modal(title: str, rendered: Rendered) -> dict[str, Any]:
    """The blocks of a message as a modal, where no message can be shown."""
    return modal(title, rendered.blocks, callback_id=Form.NOTE, close="Close")


def note(title: str, *paragraphs: Sequence[Span]) -> dict[str, Any]:
    """A modal that only says something."""
    document = Document()
    for spans in paragraphs:
        document.paragraph(*spans)
    return modal(title, document.blocks(), callback_id=Form.NOTE, close="Close")


def project_list(facts: ProjectList, command: str) -> Rendered:
    """`/lab list`: the projects with where they stand, and their experiments."""
    document = Document()
    for page in facts.pages:
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
            where=f"with {command} list {project.key}" if len(facts.pages) > 1 else "are older",
        )
    if facts.more:
        names = f"{command} list KEY shows one of them"
        document.context(f"{words.count_of(facts.more, 'more project')}: {names}")
    document.context(f"One in full: {command} show KEY")
    return document.rendered()


def _row(row: ExperimentRow) -> Spans:
    state = _state(row.status, row.outcome, row.day, row.timebox)
    return [
        Bold(row.key),
        f" {shortened(row.title, 100)} ({shortened(row.who, 40)}): ",
        Italic(state),
    ]


def _state(status: Status, outcome: Outcome | None, day: int | None, timebox: int) -> str:
    if status is Status.CONCLUDED and outcome is not None:
        return outcome.label.lower()
    if status is Status.RUNNING:
        return words.day_words(day, timebox)
    return status.value


def experiment(page: ExperimentPage) -> Rendered:
    """`/lab show KEY`: hypothesis, numbers, outcome and what was learned."""
    document = Document().heading(f"{page.key} · {page.title}")
    state = _state(page.status, page.outcome, page.day, page.timebox)
    document.context(
        f"{shortened(page.project_name, 80)} · {shortened(page.who.name, 60)}"
        f" · {page.category.label} · {state}"
    )
    document.paragraph(*_hypothesis(page))
    if page.learning:
        document.paragraph(Bold("Learned: "), clipped(page.learning, 6_000))
    if page.planned and page.status is not Status.CONCLUDED:
        document.paragraph(Bold("Next: "), clipped(page.planned, 600))
    document.bullets(
        "Numbers, newest first", [_number(line) for line in page.numbers], where="of them"
    )
    if page.breaks:
        document.paragraph(Bold(words.broken_words(page.breaks)))
    dates = [f"started {words.short_day(page.started)}"] if page.started else []
    if page.concluded:
        dates.append(f"concluded {words.short_day(page.concluded)}")
    if dates:
        document.context(", ".join(dates))
    return document.rendered()


def _hypothesis(page: ExperimentPage) -> list[Span]:
    spans: list[Span] = [Bold("We believe that "), clipped(page.change, 2_000)]
    if page.criterion:
        value = written(page.criterion.threshold, page.criterion.unit)
        spans += [
            Bold(" will bring "),
            shortened(page.criterion.metric_name, 100),
            Bold(" to "),
            value,
        ]
    elif page.expected:
        spans += [Bold(" will "), clipped(page.expected, 600)]
    if page.because:
        spans += [Bold(" because "), clipped(page.because, 2_000)]
    days = words.count_of(page.timebox, "working day")
    return [*spans, Bold(". We will know within "), f"{days}."]


def _number(line: NumberLine) -> Spans:
    interval = ""
    if line.low is not None and line.high is not None:
        interval = f" ({written(line.low, line.unit)} to {written(line.high, line.unit)})"
    excluded = f", not counted: {line.excluded}" if line.excluded else ""
    value = f"{written(line.value, line.unit)}{interval}"
    metric = shortened(line.metric_name, 100)
    return [f"{words.short_day(line.on)}: {value} {metric}{excluded}"]
