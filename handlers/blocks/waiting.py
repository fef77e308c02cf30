"""What a person can answer now, with the same buttons as in the DM: in the Home, and behind `/lab update`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import modal, select
from handlers.blocks.standup_dm import ELSEWHERE
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.facts_home import OpenExperiment, Question

MOST = 40
"""Experiments in a modal of two blocks each."""


def add_question(document: Document, question: Question, *, most: int, named: bool) -> None:
    """The experiments of one question that wait for an answer, at most so many; `named`: of which standup."""
    if named:
        day = f"{question.day:%A}, {words.short_day(question.day)}"
        document.context(f"{shortened(question.standup, 80)} · {day}")
    if not question.experiments:
        document.paragraph(
            "No experiment of yours is open. What will you try next? Or tell the team what you are on."
        )
        document.actions(f"none_{question.prompt_id}", _nothing_open(question.prompt_id))
    waiting = [one for one in question.experiments if one.waits or question.ahead]
    for one in waiting[:most]:
        add_experiment(document, question.prompt_id, one)
    if len(waiting) > most:
        document.context(f"{len(waiting) - most} more when some of these are answered.")


def add_experiment(document: Document, prompt_id: int, one: OpenExperiment) -> None:
    """One experiment and what can be said of it."""
    state = words.day_words(one.day, one.timebox)
    if one.pending is not None:
        state = f"{one.pending.label.lower()}; what should the team remember is still open"
    elif one.answered:
        state = "✓ answered"
    document.paragraph(
        Bold(f"{one.key} · {shortened(one.title, 120)}"),
        f"\n{shortened(one.project_name, 80)} · {state}",
    )
    document.actions(f"q_{prompt_id}_{one.experiment_id}", buttons(prompt_id, one))


def buttons(prompt_id: int, one: OpenExperiment) -> list[InteractiveElement]:
    """As in the DM."""
    value = f"{prompt_id}:{one.experiment_id}"
    if one.pending is not None:
        return [
            button("Finish concluding", Click.CONCLUDE, value, style="primary"),
            button("Edit answer", Click.ANSWER, value),
        ]
    if one.answered:
        return [button("Edit answer", Click.ANSWER, value)]
    return [
        button("Update", Click.ANSWER, value, style="primary"),
        button("No change, still running", Click.NO_CHANGE, value),
        button("It's concluded", Click.CONCLUDE, value),
    ]


def _nothing_open(prompt_id: int) -> list[InteractiveElement]:
    return [
        button("New hypothesis", Click.NEW_HYPOTHESIS, style="primary"),
        select(
            [(f"{prompt_id}:{value}", label) for value, label in ELSEWHERE],
            placeholder="Not experimenting now",
            action_id=Click.DOING_ELSE,
        ),
    ]


def update(questions: Sequence[Question]) -> dict[str, Any]:
    """`/lab update` where several things can be answered: all of them, to choose from."""
    document = Document()
    room = MOST
    for question in questions:
        add_question(document, question, most=max(room, 0), named=True)
        room -= len(question.experiments)
    if not any(one.waits for question in questions for one in question.experiments):
        document.paragraph(Bold("Thank you, that is everything. "), "Nothing else waits for you.")
    return modal("Update", document.blocks(), callback_id=Form.NOTE, close="Close")


def early(question: Question, at: datetime) -> dict[str, Any]:
    """The next question before it is asked; `at` is its moment on the person's own clock."""
    document = Document()
    document.paragraph(
        Bold(f"Nothing is asked right now. Next: {at:%A}, {words.short_day(at)} at {at:%H:%M}. "),
        "What you answer here already counts, and you are not asked about it again.",
    )
    add_question(document, question, most=MOST, named=False)
    return modal("Answer early", document.blocks(), callback_id=Form.NOTE, close="Close")


def nothing_to_answer() -> dict[str, Any]:
    """Nobody asks this person anything: what they can do instead."""
    document = Document()
    document.paragraph(Bold("No standup asks you at the moment."))
    document.actions("instead", [button("New hypothesis", Click.NEW_HYPOTHESIS, style="primary")])
    return modal("Update", document.blocks(), callback_id=Form.NOTE, close="Close")
