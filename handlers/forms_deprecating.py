"""The form for the end of a live model as a frozen value."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from handlers.blocks.deprecating import LONG
from handlers.forms import FrozenForm, Trimmed, at_most
from models.deprecating import End
from models.domain.deprecation import EndReason

Long = Annotated[str, Trimmed, at_most(LONG)]


class EndForm(FrozenForm):
    """When it stops, why, what then, and whom to tell."""

    stops_on: date
    why: EndReason
    reason: Long
    instead: Long
    told: Annotated[tuple[str, ...], BeforeValidator(lambda people: people or ())] = ()

    @property
    def end(self) -> End:
        """As it is stored."""
        return End(self.stops_on, self.why, self.reason, self.instead, self.told)
