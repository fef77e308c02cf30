"""What somebody was asked, in their App Home: with the same buttons as in the messages."""

from handlers.blocks import decisions, deprecating, incidents, scope_changes, words
from handlers.blocks.asks import answer_buttons, blocker_buttons, number_buttons
from handlers.blocks.document import Bold, Document
from handlers.blocks.text import shortened
from models.domain.facts_home import (
    Asked,
    MyBlocker,
    MyCondition,
    MyEnd,
    MyLive,
    MyNotice,
    MyScope,
)


def notice(document: Document, asked: Asked) -> None:
    """A second look, how something stands, what to confirm or to see to; in the messages, too."""
    match asked:
        case MyScope():
            scope_changes.add_owed(document, asked)
        case MyEnd():
            deprecating.add_owed(document, asked)
        case MyLive():
            incidents.add_owed(document, asked)
        case MyCondition():
            decisions.owed(document, asked)
        case MyNotice():
            _of_experiment(document, asked)


def _of_experiment(document: Document, asked: MyNotice) -> None:
    named = f"{asked.key} · {shortened(asked.title, 120)}"
    if asked.measurement_id is not None:
        document.paragraph("A number wants a second look: ", Bold(named))
        number_buttons(document, asked.measurement_id)
    else:
        document.paragraph("Somebody would like to know how it stands: ", Bold(named))
        answer_buttons(document, asked.experiment_id)


def blocker(document: Document, asked: MyBlocker) -> None:
    """What somebody waits for that this person can clear."""
    since = f", open for {words.count_of(asked.days, 'working day')}" if asked.days else ""
    document.paragraph(
        Bold(f"{shortened(asked.raised_by, 60)} needs "),
        f"{shortened(asked.text, 300)} ({shortened(asked.project_name, 80)}, "
        f"{asked.kind.label.lower()}{since}). Can you clear it?",
    )
    blocker_buttons(document, asked.blocker_id, acknowledged=asked.acknowledged)
