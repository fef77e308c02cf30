"""What stands about a review in its channel: a line before it, its card, the checklist in the thread."""

from models.domain.messages_reviews import ReviewCard, ReviewChecklist, ReviewPlanned
from models.domain.review import ReviewState
from models.outbox import Post
from models.tables import Review


def said_of(review: Review) -> list[Post]:
    """All that may stand about it in its channel."""
    return [card_of(review), checklist_of(review), line_of(review)]


def stands_in(review: Review, channel: str) -> list[Post]:
    """What is to stand in another channel: card and checklist of an open one, else the line."""
    is_open = review.state is ReviewState.OPEN
    shown = [card_of(review), checklist_of(review)] if is_open else [line_of(review)]
    return [one._replace(again=channel) for one in shown]


def card_of(review: Review) -> Post:
    """Its card in the channel."""
    return Post(ReviewCard(review_id=review.id), review.channel_id or "", review.workspace_id)


def checklist_of(review: Review) -> Post:
    """Its checklist, in the card's thread."""
    return card_of(review)._replace(message=ReviewChecklist(review_id=review.id))


def line_of(review: Review) -> Post:
    """The line in the channel that says when it is."""
    return card_of(review)._replace(message=ReviewPlanned(review_id=review.id))
