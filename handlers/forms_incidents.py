"""Forms of incidents as frozen values."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, model_validator

from handlers.blocks.incidents import LONG, OVER, UNKNOWN
from handlers.forms import FrozenForm, InvalidForm, Trimmed, at_most, blank_is_none
from models.domain.decision import Cause
from models.incidents import Account, Seen

Long = Annotated[str, Trimmed, at_most(LONG)]
OptionalLong = Annotated[Long | None, BeforeValidator(blank_is_none)]


def _known(value: Any) -> Any:
    return None if value == UNKNOWN else value


OptionalCause = Annotated[Cause | None, BeforeValidator(_known)]


class IncidentForm(FrozenForm):
    """What was seen, since when, and what is known of it."""

    what: Long
    since: date
    cause: OptionalCause = None
    told: OptionalLong = None

    @property
    def seen(self) -> Seen:
        """As it is stored."""
        return Seen(self.what, self.since, self.cause, self.told)


class AccountForm(FrozenForm):
    """How an incident stands. What is over has a cause, a fix and a prevention."""

    state: Literal["open", "over"]
    what: Long
    cause: OptionalCause = None
    fix: OptionalLong = None
    prevention: OptionalLong = None
    told: OptionalLong = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = {
            "cause": (self.cause, "Which of the three? It helps whoever has the next one."),
            "fix": (self.fix, "What was done?"),
            "prevention": (self.prevention, "What keeps it from coming back?"),
        }
        missing = {name: said for name, (value, said) in needed.items() if value is None}
        if self.state == OVER and missing:
            raise InvalidForm(missing)
        return self

    @property
    def account(self) -> Account:
        """As it is stored."""
        known = self.model_dump(exclude={"state"})
        return Account(**known, closed=self.state == OVER)
