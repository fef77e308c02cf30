"""The menu, the help, the lists: what `/lab` shows in the channel, to its reader only."""

from collections.abc import Sequence
from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Rendered, Span, button
from handlers.blocks.forms import modal
from handlers.ids import Click, Form
from models.domain.experiment import Outcome, Status


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
        ],
    )
    document.actions(
        "menu_team",
        [
            button("Projects", Click.MENU_PROJECT),
            button("Standup", Click.MENU_STANDUP),
            button("Reviews", Click.REVIEW_LIST),
            button("Decide", Click.MENU_DECIDE),
            button("What could use a hand", Click.MENU_DIGEST),
        ],
    )
    document.actions(
        "menu_you",
        [
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


def no_project(said: str) -> Rendered:
    """There is nothing yet to work on, with the button that starts it: no dead end."""
    document = Document().paragraph(said)
    document.actions("first_project", [button("New project", Click.PROJECT_NEW, style="primary")])
    return document.rendered()


def state_words(status: Status, outcome: Outcome | None, day: int | None, timebox: int) -> str:
    """“day 5 of 8”, “ruled out”, “paused”, “for later”."""
    if status is Status.CONCLUDED and outcome is not None:
        return outcome.label.lower()
    if status is Status.RUNNING:
        return words.day_words(day, timebox)
    return status.label
