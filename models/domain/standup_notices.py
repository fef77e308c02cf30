"""What a standup's owner may be told beside everything else of a day (see `notices`)."""

from hashlib import blake2s
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.domain.standup import Trouble

NEWS = frozenset({Trouble.RENAMED, Trouble.GUESTS, Trouble.LEFT, Trouble.SKIPPED})
"""What an owner reads and needn't act on today: it is part of the day's one message (domain §10).
What stops a standup, sets it going or makes it theirs is said by itself."""


class StandupNews(BaseModel):
    """Something has happened to a standup of this person's. `about`: a name, or days, as `what` needs it.

    `at` is when, for what can happen again; what is mentioned once has none.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["standup_news"] = "standup_news"
    ceremony_id: int
    what: Trouble
    about: str = ""
    at: str = ""

    @property
    def subject(self) -> str:
        """What it is about, once a person; names and days are of any length, a subject isn't."""
        if not self.at:
            return f"standup:{self.ceremony_id}:{self.what}"
        which = blake2s(f"{self.about}:{self.at}".encode(), digest_size=8).hexdigest()
        return f"standup:{self.ceremony_id}:{self.what}:{which}"
