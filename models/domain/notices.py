"""What a person may be told outside the standup, as facts: a Notice row holds one of these.

Changes are additive only, as with messages: rows of the last release are still told by the next one.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from models.domain.leaders_notices import LeadersDraft, LeadersUntold, LikelyWanted, ValueWanted
from models.domain.live_messages import IncidentCard
from models.domain.live_notices import (
    EndStillOpen,
    EndTakenBack,
    EndToConfirm,
    IncidentLate,
    LiveFell,
)
from models.domain.notices_reviews import (
    ReviewAhead,
    ReviewEnded,
    ReviewItems,
    ReviewNowhere,
    ReviewToClose,
)
from models.domain.scope_change import CHASED_AGAIN, MOST_CHASES
from models.domain.standup_notices import StandupNews


class _Kind(BaseModel):
    model_config = ConfigDict(frozen=True)


class BlockerToClear(_Kind):
    """Somebody says that this person can clear what is in the way (domain §3.4)."""

    kind: Literal["blocker_to_clear"] = "blocker_to_clear"
    blocker_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"blocker:{self.blocker_id}"


class BlockerCleared(_Kind):
    """What this person raised is cleared, or what they were to clear is in nobody's way any more."""

    kind: Literal["blocker_cleared"] = "blocker_cleared"
    blocker_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"cleared:{self.blocker_id}"


class BlockerSaid(_Kind):
    """Something was said about what this person raised."""

    kind: Literal["blocker_said"] = "blocker_said"
    blocker_id: int
    by_name: str

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"said:{self.blocker_id}"


class NumberToConfirm(_Kind):
    """A surprising number wants a second look (S0-21)."""

    kind: Literal["number_to_confirm"] = "number_to_confirm"
    measurement_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"number:{self.measurement_id}"


class NobodyToConfirm(_Kind):
    """A surprising number wants a second look, and nobody in the project can give one (S0-21)."""

    kind: Literal["nobody_to_confirm"] = "nobody_to_confirm"
    measurement_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"nobody:{self.measurement_id}"


class NumberSetAside(_Kind):
    """A number of this person's experiment was set aside, with what was said about it."""

    kind: Literal["number_set_aside"] = "number_set_aside"
    measurement_id: int
    note: str | None = None

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"aside:{self.measurement_id}"


class AskedAbout(_Kind):
    """Somebody asks how this person's experiment stands (domain §2.5: ask the owner)."""

    kind: Literal["asked_about"] = "asked_about"
    experiment_id: int
    by_id: int
    wants_number: bool = False

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"ask:{self.experiment_id}"


class HelpWanted(_Kind):
    """Somebody asks this person to help with what is in the way: it has waited long enough (S3-7).

    `by_id` is None where nobody but the calendar asks the project's leader.
    """

    kind: Literal["help_wanted"] = "help_wanted"
    blocker_id: int
    by_id: int | None = None
    ask: str = ""

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"help:{self.blocker_id}"


class ExpectationsNote(_Kind):
    """What to expect of a project, to be acknowledged by this stakeholder (S1-23)."""

    kind: Literal["expectations_note"] = "expectations_note"
    project_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"expectations:{self.project_id}"


class ConditionToMeet(_Kind):
    """A go depends on something that this person sees to (domain §4.2)."""

    kind: Literal["condition_to_meet"] = "condition_to_meet"
    condition_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"condition:{self.condition_id}"


class ConditionIsDue(_Kind):
    """A condition that this person sees to is due today."""

    kind: Literal["condition_is_due"] = "condition_is_due"
    condition_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"condition:{self.condition_id}:due"


class ScopeToConfirm(_Kind):
    """A project's scope has changed, and this person is to say that they know (S0-36)."""

    kind: Literal["scope_to_confirm"] = "scope_to_confirm"
    scope_id: int
    member_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"scope:{self.scope_id}:{self.member_id}"


class ScopeStillOpen(_Kind):
    """This person has not said yet that they know of a scope change; asked again for the `time`-th time."""

    kind: Literal["scope_still_open"] = "scope_still_open"
    scope_id: int
    member_id: int
    time: int = 1

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"scope:{self.scope_id}:{self.member_id}:{self.time}"

    @property
    def next(self) -> "ScopeStillOpen | None":
        """What they are told a week later; after some weeks nothing more."""
        more = self.time < MOST_CHASES
        return self.model_copy(update={"time": self.time + 1}) if more else None


class ChangeAdopted(_Kind):
    """A change of an experiment's is kept from now on: it bends the work of who builds on it (S4-2)."""

    kind: Literal["change_adopted"] = "change_adopted"
    experiment_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"adopted:{self.experiment_id}"


class HandedOn(_Kind):
    """An experiment is this person's from now on: somebody has handed it on to them."""

    kind: Literal["handed_on"] = "handed_on"
    experiment_id: int
    by_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"handed:{self.experiment_id}"


NoticeKind = Annotated[
    BlockerToClear
    | BlockerCleared
    | BlockerSaid
    | NumberToConfirm
    | NobodyToConfirm
    | NumberSetAside
    | AskedAbout
    | HelpWanted
    | ReviewItems
    | ReviewToClose
    | ReviewAhead
    | ReviewNowhere
    | ReviewEnded
    | ConditionToMeet
    | ConditionIsDue
    | ExpectationsNote
    | ScopeToConfirm
    | ScopeStillOpen
    | ChangeAdopted
    | ValueWanted
    | LeadersDraft
    | LeadersUntold
    | LikelyWanted
    | HandedOn
    | LiveFell
    | IncidentLate
    | EndTakenBack
    | EndToConfirm
    | EndStillOpen
    | StandupNews,
    Field(discriminator="kind"),
]

_ADAPTER: TypeAdapter[NoticeKind] = TypeAdapter(NoticeKind)


def notice_of(payload: dict[str, object]) -> NoticeKind:
    """What a row of notices holds."""
    return _ADAPTER.validate_python(payload)


def of_scope(scope_id: int, member_id: int) -> list[str]:
    """The subjects of everything that a person is told about a scope change."""
    times = range(1, MOST_CHASES + 1)
    asked = ScopeToConfirm(scope_id=scope_id, member_id=member_id)
    return [asked.subject, *(f"{asked.subject}:{time}" for time in times)]


def comes_again(about: NoticeKind, told_at: datetime) -> tuple[NoticeKind, datetime] | None:
    """What the same person is told later unless they act, and from when on."""
    if not isinstance(about, ScopeStillOpen) or about.next is None:
        return None
    return about.next, told_at + CHASED_AGAIN


def shown_in(about: NoticeKind) -> IncidentCard | None:
    """The message in a channel that says so, too, and is to be shown anew when somebody is told."""
    return IncidentCard(incident_id=about.incident_id) if isinstance(about, IncidentLate) else None
