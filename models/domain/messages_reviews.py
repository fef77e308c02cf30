"""What the bot says about reviews, as facts: rows of the outbox (see `models.domain.messages`)."""

from typing import Literal

from models.domain.addressed import InChannel, ToPerson


class ReviewCard(InChannel):
    """A review in its channel: how far it is and what is open; updated in place until it is over."""

    kind: Literal["review_card"] = "review_card"
    review_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"review:{self.review_id}"


class ReviewChecklist(InChannel):
    """Its whole checklist in the thread of its card, with every answer as it comes."""

    kind: Literal["review_checklist"] = "review_checklist"
    review_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"checklist:{self.review_id}"

    @property
    def thread_subject(self) -> str:
        """The message in whose thread this one is posted."""
        return ReviewCard(review_id=self.review_id).subject


class ReviewPlanned(InChannel):
    """That a review is to be held, by when and who leads it: one line in its channel."""

    kind: Literal["review_planned"] = "review_planned"
    review_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"planned:{self.review_id}"


class MonthlyReview(InChannel):
    """The project review of a month: every project in work, where leadership reads (S3-25)."""

    kind: Literal["monthly_review"] = "monthly_review"
    month: str
    project_ids: tuple[int, ...] = ()

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"monthly:{self.month}"


class ReviewResult(InChannel):
    """How a review ended, where others than its team read."""

    kind: Literal["review_result"] = "review_result"
    review_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"result:{self.review_id}"


class ReviewCalendar(ToPerson):
    """A review as a calendar file for one person. `asked`: where it was asked for, or its move."""

    kind: Literal["review_calendar"] = "review_calendar"
    review_id: int
    member_id: int
    asked: str

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"calendar:{self.review_id}:{self.member_id}:{self.asked}"
