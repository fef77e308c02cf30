"""Forms of an experiment's course as frozen values (see `forms`)."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from handlers.forms import (
    FrozenForm,
    InvalidForm,
    Number,
    OptionalNumber,
    Sentence,
    Text,
    as_number,
    blank_is_none,
)
from models.domain.experiment import AbandonReason, Outcome


class NumberForm(FrozenForm):
    """A number with its range, as typed."""

    value: Number
    low: OptionalNumber = None
    high: OptionalNumber = None

    @model_validator(mode="after")
    def _whole_range(self) -> Self:
        if (self.low is None) != (self.high is None):
            missing = "low" if self.low is None else "high"
            raise InvalidForm({missing: "A range has two ends: please give both, or none."})
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise InvalidForm({"high": "The upper end can't be below the lower one."})
            if not self.low <= self.value <= self.high:
                raise InvalidForm({"value": "The number should lie within its range."})
        return self


class ConcludeForm(FrozenForm):
    """How an experiment came out, and what to remember (domain §2.4-1)."""

    outcome: Outcome
    learning: Annotated[Text | None, BeforeValidator(blank_is_none)] = None
    adopted: bool = False
    abandon_reason: AbandonReason | None = None

    @field_validator("adopted", mode="before")
    @classmethod
    def _yes(cls, value: Any) -> bool:
        return bool(value == "yes")

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.outcome is Outcome.ABANDONED:
            if self.abandon_reason is None:
                raise InvalidForm({"abandon_reason": "Please choose why it is dropped."})
        elif self.learning is None:
            sentence = "One sentence, please: it is what the others keep of this."
            raise InvalidForm({"learning": sentence})
        return self


class ExtendForm(FrozenForm):
    """Working days more, and what for."""

    days: Annotated[int, BeforeValidator(as_number), Field(ge=1, le=60)]
    reason: Sentence


class EscalateForm(FrozenForm):
    """Who is asked, and for what."""

    person: Annotated[str, Field(min_length=1)]
    ask: Sentence
