"""The standup's rules: what an answer may say, whose time it is, when a run is summarised and closed."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.domain.cadence import local_moment
from models.domain.experiment import Outcome

DEFAULT_DAYS = ("tue", "thu")
DEFAULT_TIME = time(9, 30)
SUMMARY_TIME = time(16, 0)
ANSWER_HOURS = 24
RUN_NOW_PATIENCE = timedelta(hours=4)
"""How long a run that somebody asked for waits for everybody before it is summarised."""
GRACE_BEFORE_CLOSE = timedelta(hours=2)
"""A late prompt is still sent until this long before its window ends (design §3)."""


class CeremonyKind(StrEnum):
    """Kinds of ceremonies."""

    STANDUP = "standup"
    DIGEST_STALLED = "digest_stalled"
    DIGEST_LEADERSHIP = "digest_leadership"
    DIGEST_PROGRESS = "digest_progress"


class PromptState(StrEnum):
    """waiting → asked → answered | skipped; away and passed over are never asked.

    away: on leave, on a public holiday, or not a workday of theirs; passed_over: too late to ask, or gone.
    """

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    AWAY = "away"
    PASSED_OVER = "passed_over"


class Part(StrEnum):
    """A person's part in a standup: asked for answers, or reading along (domain §3.1)."""

    ASKED = "asked"
    OBSERVER = "observer"


class Trouble(StrEnum):
    """What can happen to a standup from outside; its owner is told."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    REMOVED = "removed"
    BACK = "back"
    RENAMED = "renamed"
    GUESTS = "guests"
    LEFT = "left"
    YOURS = "yours"
    SKIPPED = "skipped"


class EntryStatus(StrEnum):
    """Where the hypothesis stands (domain §3.3-2), or that there is none now."""

    STILL_TESTING = "still_testing"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    ABANDONED = "abandoned"
    NOT_EXPERIMENTING = "not_experimenting"

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that it concludes with; None while it goes on."""
        match self:
            case EntryStatus.STILL_TESTING | EntryStatus.NOT_EXPERIMENTING:
                return None
            case _:
                return Outcome(self.value)

    @property
    def label(self) -> str:
        """As people choose it."""
        return {
            EntryStatus.STILL_TESTING: "Still testing",
            EntryStatus.SUPPORTED: "Supported",
            EntryStatus.REFUTED: "Refuted: we can rule it out",
            EntryStatus.INCONCLUSIVE: "Can't tell (inconclusive)",
            EntryStatus.ABANDONED: "Dropped it",
            EntryStatus.NOT_EXPERIMENTING: "Not experimenting now",
        }[self]


class BlockerKind(StrEnum):
    """What can be in the way (domain §3.3-5)."""

    DATA_ACCESS = "data_access"
    DATA_QUALITY = "data_quality"
    COMPUTE = "compute"
    DEPENDENCY = "dependency"
    REQUIREMENT = "requirement"
    PRIVACY = "privacy"
    PRIORITY_CONFLICT = "priority_conflict"

    @property
    def label(self) -> str:
        """As people choose it."""
        return {
            BlockerKind.DATA_ACCESS: "Data access",
            BlockerKind.DATA_QUALITY: "Data quality or labels",
            BlockerKind.COMPUTE: "Compute",
            BlockerKind.DEPENDENCY: "Waiting for someone",
            BlockerKind.REQUIREMENT: "Unclear requirement",
            BlockerKind.PRIVACY: "Privacy",
            BlockerKind.PRIORITY_CONFLICT: "Other priority",
        }[self]


def window(ask_at: datetime, answer_hours: int) -> datetime:
    """When a person's own answering time ends: the same length for everyone (domain §3.1)."""
    return ask_at + timedelta(hours=answer_hours)


def still_worth_asking(now: datetime, closes_at: datetime) -> bool:
    """Whether a prompt that is late may still be sent."""
    return now <= closes_at - GRACE_BEFORE_CLOSE


def summary_moment(
    day: date, at: time, zone: ZoneInfo, opened_at: datetime, *, asked_for: bool
) -> datetime:
    """When the summary is posted if not everyone has answered before.

    A run that somebody asked for gives people at least RUN_NOW_PATIENCE.
    """
    planned = local_moment(day, at, zone)
    return max(planned, opened_at + RUN_NOW_PATIENCE) if asked_for else planned
