"""Forms of an experiment's course as frozen values (see `forms`)."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from handlers.forms import InvalidForm, Number, OptionalNumber, Sentence, Text, _empty, _number
from models.domain.experiment import AbandonReason, Outcome


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)


class NumberForm(_Form):
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


class ConcludeForm(_Form):
    """How an experiment came out, and what to remember (domain §2.4-1)."""

    outcome: Outcome
    learning: Annotated[Text | None, BeforeValidator(_empty)] = None
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


class ExtendForm(_Form):
    """Working days more, and what for."""

    days: Annotated[int, BeforeValidator(_number), Field(ge=1, le=60)]
    reason: Sentence


class EscalateForm(_Form):
    """Who is asked, and for what."""

    person: Annotated[str, Field(min_length=1)]
    ask: Sentence
