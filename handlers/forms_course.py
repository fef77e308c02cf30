"""Forms of an experiment's course as frozen values (see `forms`)."""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from handlers.forms import (
    FrozenForm,
    InvalidForm,
    Number,
    Optional300,
    OptionalNumber,
    Sentence,
    Text,
    Trimmed,
    as_number,
    blank_is_none,
)
from models.answers import Remembered
from models.domain.address import is_address
from models.domain.errors import Unknown
from models.domain.experiment import AbandonReason, Outcome
from models.domain.findings.kinds import Kind
from models.domain.guardrail import asks_for_a_word


def _address(words: str) -> str:
    if not is_address(words):
        raise ValueError("Please paste an address that begins with https:// or http://.")
    return words


ABOUT = re.compile(r"(?:\d{1,18}\|experiment|[a-z_]{1,20}):(\d{1,18})(?:\|.*)?")
Address = Annotated[str, Trimmed, AfterValidator(_address)]
OptionalAddress = Annotated[Address | None, BeforeValidator(blank_is_none)]


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


class _Conclusion(FrozenForm):
    """What the team should remember. What is dropped needs a reason, all else a learning (domain §2.4-1).

    Where the form asked for a word (no number, a guardrail that breaks), one is needed.
    """

    learning: Annotated[Text | None, BeforeValidator(blank_is_none)] = None
    adopted: bool | None = None
    abandon_reason: AbandonReason | None = None
    unmeasured: Optional300 = None
    despite: Optional300 = None
    follow_up: bool | None = None

    @field_validator("adopted", "follow_up", mode="before")
    @classmethod
    def _yes(cls, value: Any) -> bool | None:
        return None if value is None else value == "yes"

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.is_dropped:
            if self.abandon_reason is None:
                raise InvalidForm({"abandon_reason": "Please choose why it is dropped."})
        elif self.learning is None:
            sentence = "One sentence, please: it is what the others keep of this."
            raise InvalidForm({"learning": sentence})
        elif "unmeasured" in self.model_fields_set and self.unmeasured is None:
            raise InvalidForm({"unmeasured": "One line, please: why is there no number?"})
        asked = "despite" in self.model_fields_set and self.despite is None
        if asks_for_a_word(supported=self.is_supported, adopted=self.adopted is True, breaks=asked):
            raise InvalidForm({"despite": "One line, please: why does it stand all the same?"})
        return self

    @property
    def is_dropped(self) -> bool:
        """Whether it ends without an answer to its question."""
        raise NotImplementedError

    @property
    def is_supported(self) -> bool:
        """Whether its form says that it came out as expected."""
        raise NotImplementedError

    @property
    def remembered(self) -> Remembered:
        """As it is stored."""
        return Remembered(
            self.learning, self.adopted, self.abandon_reason, self.unmeasured, self.despite
        )


class ConcludeForm(_Conclusion):
    """How an experiment came out as well, in one view."""

    outcome: Outcome
    link: OptionalAddress = None

    @property
    def is_dropped(self) -> bool:
        """It was chosen as the outcome."""
        return self.outcome is Outcome.ABANDONED

    @property
    def is_supported(self) -> bool:
        """It was chosen as the outcome."""
        return self.outcome is Outcome.SUPPORTED


class ConclusionForm(_Conclusion):
    """The second view of a standup's answer, which said the outcome: its form asks by that what it needs.

    Slack itself requires a word about a guardrail from what is supported.
    """

    @property
    def is_dropped(self) -> bool:
        """Only then is a reason asked for."""
        return "abandon_reason" in self.model_fields_set

    @property
    def is_supported(self) -> bool:
        """Unknown here: see `standup_form.conclusion_form`."""
        return False


class ExtendForm(FrozenForm):
    """Working days more, and what for."""

    days: Annotated[int, BeforeValidator(as_number), Field(ge=1, le=60)]
    reason: Sentence


class EscalateForm(FrozenForm):
    """Who is asked, and for what."""

    person: Annotated[str, Field(min_length=1)]
    ask: Sentence


def of_experiment(experiment_id: int) -> str:
    """What a button about an experiment carries that stands in no digest (see `FindingRef`)."""
    return f"0|experiment:{experiment_id}|{Kind.SILENT}"


def experiment_of(metadata: str) -> int:
    """Which experiment a form is about, be it of a finding (“0|experiment:12|…”) or a move (“pause:12”).

    Raises:
        Unknown: it is about none.
    """
    found = ABOUT.fullmatch(metadata)
    if found is None:
        raise Unknown
    return int(found[1])
