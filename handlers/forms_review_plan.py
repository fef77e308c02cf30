"""Forms about when a review is, as frozen values."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from handlers.forms import FrozenForm, Optional300, Sentence
from models.domain.review import ReviewKind


class PlanForm(FrozenForm):
    """A review to be held."""

    kind: ReviewKind
    project: int
    due: date
    chair: Annotated[str, Field(min_length=1)]
    participants: Annotated[tuple[str, ...], BeforeValidator(lambda found: found or ())] = ()
    channel: str | None = None
    update: Literal["same", "new"] | None = None
    reason: Optional300 = None


class MoveReviewForm(FrozenForm):
    """Another day, or another channel."""

    due: date
    channel: str | None = None


class CancelReviewForm(FrozenForm):
    """Why it is not held."""

    reason: Sentence
