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
        require_range(self.value, self.low, self.high)
        return self


def require_range(value: float | None, low: float | None, high: float | None) -> None:
    """Raise unless a range has both ends, in order, with the number between them.

    Raises:
        InvalidForm: a sentence beside the field that is to be mended.
    """
    if (low is None) != (high is None):
        missing = "low" if low is None else "high"
        raise InvalidForm({missing: "A range has two ends: please give both, or none."})
    if low is None or high is None:
        return
    if low > high:
        raise InvalidForm({"high": "The upper end can't be below the lower one."})
    if value is not None and not low <= value <= high:
        raise InvalidForm({"value": "The number should lie within its range."})


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
