"""What a person may be told about a live model: its values, an incident, its end (see `notices`)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.domain.deprecation import CHASES


class _Kind(BaseModel):
    model_config = ConfigDict(frozen=True)


class LiveFell(_Kind):
    """The values of a live model are worse than accepted `since` a day: did an input change? (S3-12)."""

    kind: Literal["live_fell"] = "live_fell"
    project_id: int
    measurement_id: int
    since: str

    @property
    def subject(self) -> str:
        """What it is about, once a person: one run of bad values."""
        return live_fell(self.project_id, self.since)


class IncidentLate(_Kind):
    """An incident is open for longer than was agreed (S3-19, domain §10)."""

    kind: Literal["incident_late"] = "incident_late"
    incident_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"late:{self.incident_id}"


class EndToConfirm(_Kind):
    """A model stops, and this person is to say that they know (S3-13)."""

    kind: Literal["end_to_confirm"] = "end_to_confirm"
    notice_id: int
    member_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"end:{self.notice_id}:{self.member_id}"


class EndStillOpen(_Kind):
    """This person has not said yet that they know that a model stops; asked again for the `time`-th time."""

    kind: Literal["end_still_open"] = "end_still_open"
    notice_id: int
    member_id: int
    time: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"end:{self.notice_id}:{self.member_id}:{self.time}"


class EndTakenBack(_Kind):
    """A model stays after all: told to everybody who had read that it stops."""

    kind: Literal["end_taken_back"] = "end_taken_back"
    notice_id: int

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"stays:{self.notice_id}"


def live_fell(project_id: int, since: str) -> str:
    """The subject of what is asked about one run of bad values; without `since` how all of them begin."""
    return f"live:{project_id}:{since}"


def of_end(notice_id: int, member_id: int) -> list[str]:
    """The subjects of everything that a person is told about a model's end."""
    asked = EndToConfirm(notice_id=notice_id, member_id=member_id)
    return [asked.subject, *(f"{asked.subject}:{time}" for time in range(1, CHASES + 1))]
