"""What a person is told about reviews outside of their channel: a part of their one message a day."""

from handlers.blocks import words
from handlers.blocks.document import Bold, Channel, Document, button
from handlers.blocks.text import shortened
from handlers.ids import Click
from models.domain.facts_notices import (
    ItemsOwed,
    ReviewComing,
    ReviewDone,
    ReviewHomeless,
    ToClose,
)

OfReview = ItemsOwed | ToClose | ReviewComing | ReviewHomeless | ReviewDone


def part(document: Document, about: OfReview) -> None:
    """What is asked of them, what comes, what they are to close or to mend, how one ended."""
    match about:
        case ItemsOwed():
            _items_owed(document, about)
        case ToClose():
            _to_close(document, about)
        case ReviewComing():
            _coming(document, about)
        case ReviewHomeless():
            _homeless(document, about)
        case ReviewDone():
            _done(document, about)


def _named(about: ReviewComing | ReviewHomeless | ReviewDone) -> Bold:
    return Bold(f"{about.name} of {shortened(about.project_name, 80)}")


def _coming(document: Document, about: ReviewComing) -> None:
    """“Peer review of Churn is planned by Thursday, 12 February. You lead it.”."""
    if about.over:
        document.paragraph(_named(about), ": ✓ nothing of it waits for you.")
        return
    end = "You lead it." if about.leads else "You take part."
    if about.proposed:
        end = "Would you look at it with fresh eyes?"
    day = f"{words.weekday(about.due)}, {words.long_day(about.due)}"
    document.paragraph(_named(about), f" is planned by {day}. ", end)
    value = str(about.review_id)
    if about.proposed:
        joins = button("I'll review", Click.REVIEW_JOIN, value, style="primary")
        buttons = [joins, button("Not me", Click.REVIEW_NOT_ME, value)]
    else:
        buttons = [
            button("See it", Click.REVIEW_SEE, value),
            button("Calendar", Click.REVIEW_CALENDAR, value),
        ]
    document.actions(f"ahead_{about.review_id}", buttons)


def _homeless(document: Document, about: ReviewHomeless) -> None:
    """“Peer review of Churn: I can't write to #churn any more.”."""
    if about.settled:
        document.paragraph(_named(about), ": ✓ it has a channel.")
        return
    document.paragraph(
        _named(about),
        ": I can't write to ",
        Channel(about.channel_id),
        " any more. Unarchive it or invite me, or choose another channel. Nothing is lost.",
    )
    document.actions(
        f"nowhere_{about.review_id}",
        [button("Choose a channel", Click.REVIEW_MOVE, str(about.review_id), style="primary")],
    )


def _done(document: Document, about: ReviewDone) -> None:
    """“Hand-over review of Churn: go.”."""
    document.paragraph(_named(about), f": {about.decided.lower() or 'over'}.")
    document.context(shortened(about.reason, 300))
    document.actions(
        f"ended_{about.review_id}", [button("See it", Click.REVIEW_SEE, str(about.review_id))]
    )


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
