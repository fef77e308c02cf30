"""The DM that asks one person (domain §3.2), and the menu of the experiments that didn't fit in it."""

from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, button
from handlers.blocks.forms import modal, select
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.experiment import Outcome
from models.domain.facts import Answer, ExperimentCard, PromptFacts
from models.domain.repeats import same_step
from models.domain.standup import EntryStatus, PromptState

WAITED_FOR = (PromptState.WAITING, PromptState.ASKED)
NOT_NOW = {
    PromptState.SKIPPED: "You sit this one out.",
    PromptState.AWAY: "You are away: I ask you again when you are back.",
}
SHOWN = 3
"""Experiments in the DM; the rest behind a button."""
IN_MODAL = 49
"""Experiments behind the button: two blocks each, and a modal has a hundred."""
CHANGES_A_MIND = "what would change your mind?"
ELSEWHERE = (
    ("hand-over", "On a hand-over"),
    ("review", "On a review"),
    ("something else", "On something else"),
)


def prompt(facts: PromptFacts) -> Rendered:
    """What a person is asked today; answered parts say what was noted."""
    first_name = shortened(facts.person.name, 60).split(" ")[0]
    document = Document()
    if not facts.cards:
        return _nothing_open(document, facts, first_name)
    document.paragraph(f"Hello {first_name}. ", Bold(_question(facts)))
    for card in facts.cards[:SHOWN]:
        document.divider()
        document.paragraph(*_card_lines(card))
        document.actions(f"card_{card.experiment_id}", _buttons(facts, card))
    more = len(facts.cards) - SHOWN
    if more > 0 and not facts.closed:
        document.actions("more", [button(f"Show {more} more", Click.MORE, str(facts.prompt_id))])
    if facts.closed:
        document.context("What comes next belongs to the next one.")
        document.actions("next", [button("Update", Click.UPDATE)])
    return _until(document, facts).rendered()


def _until(document: Document, facts: PromptFacts) -> Document:
    """When the person's own time ends, while something is still open."""
    if facts.until is None or facts.closed or facts.state not in WAITED_FOR:
        return document
    when = f"{facts.until:%A %H:%M}"
    return document.context(
        f"Your time to answer ends {when}. While the standup is open you can still answer late."
    )


def _question(facts: PromptFacts) -> str:
    if facts.closed:
        return "This standup is closed."
    if facts.state in NOT_NOW:
        return NOT_NOW[facts.state]
    if any(card.pending and card.answer is None for card in facts.cards):
        return "First, a conclusion is still to be finished."
    open_cards = [card for card in facts.cards if card.answer is None]
    if not open_cards:
        pending = any(card.pending for card in facts.cards)
        return "Thank you, one thing is left." if pending else "Thank you, that is everything."
    if len(open_cards) == 1:
        return "What did you learn?"
    return f"What did you learn? {len(open_cards)} experiments are open."


def _card_lines(card: ExperimentCard) -> list[Span]:
    """Project and goal, the hypothesis with its numbers, and what the person planned last time."""
    facts = [words.day_words(card.day, card.timebox)]
    if card.criterion:
        facts.append(words.goal_words(card.criterion))
    if card.numbers and (card.criterion is None or card.criterion.is_primary):
        facts.append(words.best_words(card.numbers))
    spans: list[Span] = [
        Bold(shortened(card.project_name, 80)),
        f": {shortened(card.business_goal, 200)}\n",
        Italic(f"{card.key} · {shortened(card.title, 120)}"),
        f"\n{' · '.join(facts)}",
    ]
    if card.pending and card.answer is None:
        spans.append(f"\n{_still_open(card.pending)}")
    elif card.planned and card.answer is None:
        spans.append(f"\nLast time you planned: “{shortened(card.planned, 300)}”")
    if card.answer is not None:
        spans.append(f"\n✓ {_noted(card, card.answer)}")
    return spans


def _still_open(pending: Outcome) -> str:
    return f"Noted: {pending.label.lower()}. Still open: what should the team remember?"


def _noted(card: ExperimentCard, answer: Answer) -> str:
    if card.pending is not None:
        return _still_open(card.pending)
    if answer.no_change:
        loop = (
            " That is the third time in a row: still worth its timebox?"
            if card.no_changes >= 2
            else ""
        )
        return f"Noted: still running, no change.{loop}"
    outcome = answer.status.outcome
    said = outcome.label.lower() if outcome else "still testing"
    learned = f" “{shortened(answer.learned, 200)}”" if answer.learned else ""
    return f"Noted: {said}.{learned}{_to_think_about(card, answer)}"


def _to_think_about(card: ExperimentCard, answer: Answer) -> str:
    """What an answer makes one ask: of a number that surprises, of a next step that stays the same."""
    asked = ""
    if answer.to_confirm:
        asked += f" That number is {words.TO_CONFIRM} A second person is asked to look."
    if answer.set_aside:
        asked += f" Its number doesn't count: {words.aside(answer.set_aside)}."
    if card.stuck_on and answer.next_step and same_step(card.stuck_on, answer.next_step):
        asked += f" Three times in a row the same next step: {CHANGES_A_MIND}"
    return asked


def _buttons(facts: PromptFacts, card: ExperimentCard) -> list[InteractiveElement]:
    if facts.closed:
        return []
    value = f"{facts.prompt_id}:{card.experiment_id}"
    if card.pending is not None:
        return [
            button("Finish concluding", Click.CONCLUDE, value, style="primary"),
            button("Edit answer", Click.ANSWER, value),
        ]
    if card.answer is not None:
        concluded = card.status == "concluded"
        return [] if concluded else [button("Edit answer", Click.ANSWER, value)]
    return open_buttons(value)


def open_buttons(value: str) -> list[InteractiveElement]:
    """What can be clicked about an experiment that nothing was said about yet (domain §3.2)."""
    return [
        button("Update", Click.ANSWER, value, style="primary"),
        button("No change, still running", Click.NO_CHANGE, value),
        button("It's concluded", Click.CONCLUDE, value),
        button("Pause / I'm away", Click.NOT_NOW, value),
    ]


def _nothing_open(document: Document, facts: PromptFacts, first_name: str) -> Rendered:
    if facts.closed and not facts.doing_else:
        document.paragraph(f"Hello {first_name}. ", Bold("This standup is closed."))
    elif facts.doing_else:
        document.paragraph(f"Hello {first_name}. ", Bold("Thank you."))
        document.paragraph(f"✓ Noted: not experimenting now, {shortened(facts.doing_else, 100)}.")
    elif facts.state in NOT_NOW:
        document.paragraph(f"Hello {first_name}. ", Bold(NOT_NOW[facts.state]))
    else:
        document.paragraph(f"Hello {first_name}. ", Bold("No experiment of yours is open."))
        asked = "Tell" if facts.reads_only else "What will you try next? Or tell"
        document.paragraph(f"{asked} the team what you are on instead.")
    if facts.closed:
        return document.actions("next", [button("Update", Click.UPDATE)]).rendered()
    return document.actions("nothing_open", nothing_open_clicks(facts)).rendered()


def nothing_open_clicks(facts: PromptFacts) -> list[InteractiveElement]:
    """What can be clicked by somebody who has no open experiment."""
    new = button("New hypothesis", Click.NEW_HYPOTHESIS, style="primary")
    clicks: list[InteractiveElement] = [
        *([] if facts.reads_only else [new]),
        select(
            [(f"{facts.prompt_id}:{value}", label) for value, label in ELSEWHERE],
            placeholder="Not experimenting now",
            action_id=Click.DOING_ELSE,
        ),
    ]
    if not facts.doing_else and facts.state in WAITED_FOR:
        clicks.append(button("Skip / I'm away", Click.NOT_NOW, f"{facts.prompt_id}:0"))
    return clicks


def more(facts: PromptFacts, first: int = SHOWN) -> dict[str, Any]:
    """The experiments behind “Show more”, from the first that isn't shown, with the same buttons."""
    document = Document()
    for card in facts.cards[first : first + IN_MODAL]:
        document.paragraph(*_card_lines(card))
        document.actions(f"card_{card.experiment_id}", _buttons(facts, card))
    left = len(facts.cards) - first - IN_MODAL
    if left > 0:
        document.context(f"{left} more, when some of these are answered or concluded.")
    return modal("More experiments", document.blocks(), callback_id=Form.NOTE, close="Close")


STATUS_ORDER = (
    EntryStatus.STILL_TESTING,
    EntryStatus.SUPPORTED,
    EntryStatus.REFUTED,
    EntryStatus.INCONCLUSIVE,
    EntryStatus.ABANDONED,
)
"""As they stand in the form."""
