"""Forms of metrics, benchmarks and numbers in full, as frozen values (see `forms`)."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from handlers.blocks.setup import NO_UNIT
from handlers.blocks.text import size
from handlers.forms import (
    FrozenForm,
    InvalidForm,
    Number,
    Optional300,
    OptionalNumber,
    Sentence,
    as_number,
    blank_is_none,
)
from handlers.forms_course import require_range
from models.domain.benchmark import Moved
from models.domain.confusion import Counts
from models.domain.errors import NotInUnit, Unknown
from models.domain.experiment import Split
from models.domain.metric import Goal, MetricKind, stored_as


def _within(limit: int) -> AfterValidator:
    def check(words: str) -> str:
        words = words.strip()
        if not words:
            raise ValueError("Please write something here.")
        if size(words) > limit:
            raise ValueError(f"That is too long: at most {limit:,} characters, please.")
        return words

    return AfterValidator(check)


def _link(text: str) -> str:
    link = text.strip()
    if not re.fullmatch(r"https?://\S+", link):
        raise ValueError("A link begins with https:// and has no spaces.")
    return link


Name = Annotated[str, _within(100)]
Phrase = Annotated[str, _within(200)]
Count = Annotated[Annotated[int, Field(ge=0, le=10**15)] | None, BeforeValidator(as_number)]
Positive = Annotated[
    Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)] | None, BeforeValidator(as_number)
]
Whole = Annotated[Annotated[int, Field(ge=1, le=10_000)] | None, BeforeValidator(as_number)]
Link = Annotated[Annotated[str, AfterValidator(_link)] | None, BeforeValidator(blank_is_none)]


class AddMetricForm(FrozenForm):
    """A guardrail or a business metric; its numbers are stored in its unit."""

    kind: Literal[MetricKind.GUARDRAIL, MetricKind.BUSINESS]
    name: Name
    unit: Annotated[str, Field(max_length=32)]
    goal: Goal
    phrase: Phrase
    limit: OptionalNumber = None
    today: OptionalNumber = None
    source: Optional300 = None

    @field_validator("kind", mode="before")
    @classmethod
    def _kind(cls, value: Any) -> Any:
        return MetricKind(value) if value in set(MetricKind) else value

    @field_validator("unit")
    @classmethod
    def _unit(cls, unit: str) -> str:
        return "" if unit == NO_UNIT else unit

    @model_validator(mode="after")
    def _has_limit(self) -> Self:
        if self.kind is MetricKind.GUARDRAIL and self.limit is None:
            raise InvalidForm({"limit": "A guardrail needs its limit."})
        return self


class ChangeMetricForm(FrozenForm):
    """A better name, and the smallest gain that counts, as typed."""

    name: Name
    phrase: Phrase
    min_delta: Positive = None
    run_low: OptionalNumber = None
    run_high: OptionalNumber = None

    @model_validator(mode="after")
    def _both_runs(self) -> Self:
        if (self.run_low is None) != (self.run_high is None):
            missing = "run_low" if self.run_low is None else "run_high"
            raise InvalidForm({missing: "Please give the lowest and the highest, or neither."})
        return self

    @property
    def runs(self) -> tuple[float, float] | None:
        """Lowest and highest of repeated runs, where they were given."""
        if self.run_low is None or self.run_high is None:
            return None
        return self.run_low, self.run_high


class AcceptanceForm(FrozenForm):
    """What is good enough, as typed."""

    acceptance: Number
    reason: Sentence
    ceiling: OptionalNumber = None


class VersionForm(AcceptanceForm):
    """A new version of a benchmark, as typed."""

    moved: Moved
    effective: date
    baseline: Number
    source: Sentence


class ParityForm(FrozenForm):
    """The experiment's number and the product's, of the same data."""

    experiment: Number
    product: Number
    url: Link = None


class FullNumberForm(FrozenForm):
    """A number with everything that is known about it; the four counts may stand for it."""

    value: OptionalNumber = None
    low: OptionalNumber = None
    high: OptionalNumber = None
    metric: Annotated[int, Field(ge=1)]
    split: Split = Split.VALIDATION
    seeds: Whole = None
    url: Link = None
    tp: Count = None
    fp: Count = None
    fn: Count = None
    tn: Count = None
    on: Annotated[date | None, BeforeValidator(blank_is_none)] = None

    @model_validator(mode="after")
    def _four_or_none(self) -> Self:
        given = {name: getattr(self, name) for name in ("tp", "fp", "fn", "tn")}
        missing = [name for name, count in given.items() if count is None]
        if 0 < len(missing) < 4:
            raise InvalidForm(dict.fromkeys(missing, "All four counts, please, or none."))
        if missing and self.value is None:
            raise InvalidForm({"value": "Please write a number, such as 54 or 0.7."})
        require_range(self.value, self.low, self.high)
        return self

    @property
    def counts(self) -> Counts | None:
        """The four counts, where they were given."""
        if self.tp is None or self.fp is None or self.fn is None or self.tn is None:
            return None
        return Counts(self.tp, self.fp, self.fn, self.tn)


def in_unit(fields: dict[str, float | None], unit: str) -> dict[str, float | None]:
    """Typed numbers as they are stored.

    Raises:
        InvalidForm: one of them is not in the metric's unit; the sentence stands beside its field.
    """
    stored: dict[str, float | None] = {}
    for name, typed in fields.items():
        try:
            stored[name] = None if typed is None else stored_as(typed, unit)
        except NotInUnit as error:
            raise InvalidForm({name: error.sentence}) from error
    return stored


def signed_of(value: str) -> tuple[int, float]:
    """The benchmark that a person agrees to, and the acceptance that they saw.

    Raises:
        Unknown: it is none that we made.
    """
    benchmark, _, acceptance = value.partition("|")
    try:
        return int(benchmark), float(acceptance)
    except ValueError as error:
        raise Unknown from error
