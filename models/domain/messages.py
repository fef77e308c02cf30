"""What the bot says and asks, as facts: a row of the outbox is one of these, rendered when it is sent.

Changes are additive only: rows written by the last release are still delivered by the next one.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as PydanticField
from pydantic import TypeAdapter

from models.domain.addressed import InChannel as _InChannel
from models.domain.addressed import ToPerson as _ToPerson
from models.domain.delivery import Priority
from models.domain.digest_messages import LeadershipDigest, StakeholderNote
from models.domain.errands import Chore, Errand, HomePage, ModalPage, ReadChannel, ReadPerson
from models.domain.file_messages import ChartAsked, Export, ProgressCharts, ProgressDigest
from models.domain.live_messages import EndAnnounced, IncidentCard
from models.domain.messages_reviews import (
    MonthlyReview,
    ReviewCalendar,
    ReviewCard,
    ReviewChecklist,
    ReviewPlanned,
    ReviewResult,
)
from models.domain.standup import Trouble

__all__ = ["ChartAsked", "Export", "ProgressCharts", "ProgressDigest"]
"""What is defined elsewhere and belongs to the messages all the same."""


class StandupPrompt(_ToPerson):
    """The DM that asks one person about their experiments."""

    kind: Literal["standup_prompt"] = "standup_prompt"
    prompt_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"prompt:{self.prompt_id}"


class StandupReminder(_ToPerson):
    """The one reminder of who has not answered."""

    kind: Literal["standup_reminder"] = "standup_reminder"
    prompt_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"reminder:{self.prompt_id}"


class StandupSummary(_InChannel):
    """What the team learned, in the channel; updated in place until the run closes."""

    kind: Literal["standup_summary"] = "standup_summary"
    run_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"summary:{self.run_id}"


class StandupDetail(_InChannel):
    """One answer in full, in the summary's thread."""

    kind: Literal["standup_detail"] = "standup_detail"
    run_id: int
    entry_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"detail:{self.entry_id}"

    @property
    def thread_subject(self) -> str:
        """The message in whose thread this one is posted."""
        return StandupSummary(run_id=self.run_id).subject


class TakenToThread(_ToPerson):
    """An answer that people go on about: one message in the channel, and the rest in its thread (S3-24)."""

    kind: Literal["taken_to_thread"] = "taken_to_thread"
    entry_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"taken:{self.entry_id}"


class Notices(Errand):
    """Everything that a person is told on one of their days outside the standup (domain §10)."""

    kind: Literal["notices"] = "notices"
    member_id: int
    on: date

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"notices:{self.member_id}:{self.on}"

    @property
    def priority(self) -> int:
        """A person reads it when they find the time."""
        return Priority.CHANNEL


class StandupIsSet(_ToPerson):
    """Tells the person who set a standup up when it asks first, and whom."""

    kind: Literal["standup_is_set"] = "standup_is_set"
    ceremony_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"standup:{self.ceremony_id}"


class StandupTrouble(_ToPerson):
    """Tells a standup's owner what has happened to it. `about`: a name, or days, as `what` needs it."""

    kind: Literal["standup_trouble"] = "standup_trouble"
    ceremony_id: int
    what: Trouble
    about: str = ""

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"trouble:{self.ceremony_id}:{self.what}"


class StalledDigest(_InChannel):
    """What could use a hand, in the channel; buttons that did their work are taken out."""

    kind: Literal["stalled_digest"] = "stalled_digest"
    digest_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"digest:{self.digest_id}"


class StageMoved(_InChannel):
    """A project has moved to another stage: one line in its channel, with what comes next (S1-24)."""

    kind: Literal["stage_moved"] = "stage_moved"
    event_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"stage:{self.event_id}"


class ScopeChanged(_InChannel):
    """A project's scope has changed: what was, what is now, who still has to say that they know (S0-36)."""

    kind: Literal["scope_changed"] = "scope_changed"
    scope_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"scope:{self.scope_id}"


class DecisionMade(_InChannel):
    """What was decided about a project, in its channel."""

    kind: Literal["decision_made"] = "decision_made"
    decision_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"decision:{self.decision_id}"


class DecisionBrief(_InChannel):
    """What a decision about a project rests on, two working days before it (domain §5.4)."""

    kind: Literal["decision_brief"] = "decision_brief"
    project_id: int
    on: date

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"brief:{self.project_id}:{self.on}"


class CouldNotPost(_ToPerson):
    """Tells the owner that Slack refused a message for good, and what to do."""

    kind: Literal["could_not_post"] = "could_not_post"
    delivery_id: int

    @property
    def subject(self) -> str:
        """The one message in Slack that this is."""
        return f"refused:{self.delivery_id}"


Message = Annotated[
    StandupPrompt
    | StandupReminder
    | StandupSummary
    | StandupDetail
    | TakenToThread
    | Notices
    | StandupIsSet
    | StandupTrouble
    | StalledDigest
    | LeadershipDigest
    | StakeholderNote
    | ReviewCard
    | ReviewChecklist
    | ReviewPlanned
    | MonthlyReview
    | ReviewResult
    | ReviewCalendar
    | DecisionMade
    | DecisionBrief
    | ScopeChanged
    | CouldNotPost
    | Export
    | ChartAsked
    | ProgressDigest
    | ProgressCharts
    | StageMoved
    | IncidentCard
    | EndAnnounced
    | HomePage
    | ModalPage
    | Chore
    | ReadChannel
    | ReadPerson,
    PydanticField(discriminator="kind"),
]
READS = (ReadChannel, ReadPerson)
VIEWS = (HomePage, ModalPage)
CHORES = (Chore,)
"""What is no message in a conversation: what is read from Slack, shown as a view, or done by ourselves."""

_ADAPTER: TypeAdapter[Message] = TypeAdapter(Message)


def message_of(payload: dict[str, object]) -> Message:
    """The message that an outbox row holds."""
    return _ADAPTER.validate_python(payload)
