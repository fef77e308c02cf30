"""What a PM and a project's leader are told about what leaders read; see `models.domain.notices`."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Kind(BaseModel):
    model_config = ConfigDict(frozen=True)


class ValueWanted(_Kind):
    """Leaders are told that nobody knows yet what this person's project is worth: it is asked for."""

    kind: Literal["value_wanted"] = "value_wanted"
    project_id: int
    by: date

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"value:{self.project_id}"


class LeadersDraft(_Kind):
    """What leaders will read on a day of this person's projects: time for a sentence, or to hold one back."""

    kind: Literal["leaders_draft"] = "leaders_draft"
    ceremony_id: int
    on: date

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"draft:{self.ceremony_id}:{self.on}"


class LeadersUntold(_Kind):
    """Leaders have heard nothing of this person's project since a day, six weeks ago or more (S0-28).

    `posted` says that there is a digest for them, which does not tell of it.
    """

    kind: Literal["leaders_untold"] = "leaders_untold"
    project_id: int
    since: date
    posted: bool = True

    @property
    def subject(self) -> str:
        """What it is about, once a person and a silence."""
        return f"untold:{self.project_id}:{self.since}"


class LikelyWanted(_Kind):
    """Before leaders read about them on a day: how likely are the projects that this person leads?"""

    kind: Literal["likely_wanted"] = "likely_wanted"
    ceremony_id: int
    on: date

    @property
    def subject(self) -> str:
        """What it is about, once a person."""
        return f"likely:{self.ceremony_id}:{self.on}"
