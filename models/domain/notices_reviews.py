"""What people are told about reviews outside their channels, as facts (see `models.domain.notices`)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class About(BaseModel):
    """One thing that a person is told."""

    model_config = ConfigDict(frozen=True)


class ReviewItems(About):
    """Items of an open review are asked of this person, and half of its time is over."""

    kind: Literal["review_items"] = "review_items"
    review_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"items:{self.review_id}"


class ReviewToClose(About):
    """The review that this person leads is to be decided today."""

    kind: Literal["review_to_close"] = "review_to_close"
    review_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"close:{self.review_id}"


class ReviewAhead(About):
    """A review is planned that this person leads, or is to take part in."""

    kind: Literal["review_ahead"] = "review_ahead"
    review_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"ahead:{self.review_id}"


class ReviewNowhere(About):
    """The channel of the review that this person leads takes nothing any more."""

    kind: Literal["review_nowhere"] = "review_nowhere"
    review_id: int
    channel_id: str

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"nowhere:{self.review_id}:{self.channel_id}"


class ReviewEnded(About):
    """How a review ended that concerns this person's work."""

    kind: Literal["review_ended"] = "review_ended"
    review_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"ended:{self.review_id}"
