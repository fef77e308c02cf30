"""What a person is told about reviews outside of their channel: a part of their one message a day."""

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.text import shortened
from handlers.ids import Click
from models.domain.facts_notices import ItemsOwed, ToClose


def part(document: Document, about: ItemsOwed | ToClose) -> None:
    """What is asked of them, or what they are to close."""
    if isinstance(about, ItemsOwed):
        _items_owed(document, about)
    else:
        _to_close(document, about)


def _items_owed(document: Document, about: ItemsOwed) -> None:
    """“Launch check of Churn: 3 items are asked of you.”."""
    name = f"{about.title} of {shortened(about.project_name, 80)}"
    if not about.left:
        document.paragraph(Bold(name), ": ✓ nothing of it waits for you.")
        return
    asked = words.count_of(about.left, "item is asked of you", "items are asked of you")
    document.paragraph(Bold(name), f": {asked}, one tap each.")
    document.context(f"To be decided by {words.weekday(about.due)}, {words.long_day(about.due)}")
    document.actions(
        f"items_{about.review_id}",
        [button("Answer", Click.REVIEW_ANSWER, str(about.review_id), style="primary")],
    )


def _to_close(document: Document, about: ToClose) -> None:
    """“Launch check of Churn is to be decided today.”."""
    name = f"{about.title} of {shortened(about.project_name, 80)}"
    if about.over:
        document.paragraph(Bold(name), ": ✓ decided.")
        return
    document.paragraph(Bold(name), " is to be decided today. You lead it.")
    document.context("What nobody has answered shows as unanswered.")
    document.actions(
        f"close_{about.review_id}",
        [
            button("Close it", Click.REVIEW_CLOSE, str(about.review_id), style="primary"),
            button("See all", Click.REVIEW_SEE, str(about.review_id)),
        ],
    )
