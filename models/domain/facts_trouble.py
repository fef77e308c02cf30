"""Facts about what happens to a standup from outside."""

from dataclasses import dataclass
from datetime import date

from models.domain.standup import Trouble


@dataclass(frozen=True)
class TroubleFacts:
    """What has happened to a standup. `about`: a name, or days (ISO, with commas)."""

    what: Trouble
    about: str
    name: str
    channel_id: str
    next_day: date | None
