"""Forms as frozen values. A field's name is its block's id, so that an error stands beside its field."""

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_serializer,
    field_validator,
    model_validator,
)

from handlers.blocks.setup import NO_UNIT
from handlers.blocks.standup_form import NO_BLOCKER
from handlers.blocks.text import size
from models.domain.errors import BotError, NotInUnit, Unknown
from models.domain.experiment import Category
from models.domain.metric import Goal, OutOf100, reaches, stored_as
from models.domain.project import KEY_PATTERN, key_from
from models.domain.standup import BlockerKind, EntryStatus

Model = TypeVar("Model", bound=BaseModel)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class InvalidForm(BotError):
    """Please look at the marked fields."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__()
        self.fields = fields


def parse(model: type[Model], values: dict[str, Any] | None) -> Model:
    """A form's values as a model.

    Raises:
        InvalidForm: with a sentence for each field that can't be taken.
    """
    try:
        return model.model_validate(
            {name: _storable(value) for name, value in (values or {}).items()}
        )
    except ValidationError as error:
        problems = {str(problem["loc"][0]): _sentence(problem) for problem in error.errors()}
        raise InvalidForm(problems) from error


def _storable(value: Any) -> Any:
    """Without NUL: PostgreSQL stores none, and nobody can see one."""
    return value.replace("\x00", "") if isinstance(value, str) else value


SENTENCES = {
    "string_too_short": "Please write something here.",
    "missing": "Please write something here.",
    "string_type": "Please write something here.",
    "float_parsing": "Please write a number, such as 54 or 0.7.",
    "float_type": "Please write a number, such as 54 or 0.7.",
    "finite_number": "Please write a number, such as 54 or 0.7.",
    "int_parsing": "Please write a whole number.",
    "int_from_float": "Please write a whole number.",
    "int_type": "Please write a whole number.",
    "enum": "Please choose one.",
    "literal_error": "Please choose one.",
    "too_short": "Please choose at least one.",
    "list_type": "Please choose at least one.",
    "tuple_type": "Please choose at least one.",
    "date_type": "Please choose a day.",
    "date_parsing": "Please choose a day.",
    "date_from_datetime_parsing": "Please choose a day.",
    "time_type": "Please choose a time.",
    "time_parsing": "Please choose a time.",
}


def _sentence(problem: Any) -> str:
    kind, context = problem["type"], problem.get("ctx") or {}
    match kind:
        case "value_error":
            return str(context["error"])
        case "greater_than_equal":
            return f"At least {context['ge']:,.0f}, please."
        case "less_than_equal":
            return f"At most {context['le']:,.0f}, please."
        case _:
            return SENTENCES.get(kind, "Labmate can't read this. Please write it another way.")


def blank_is_none(value: Any) -> Any:
    """Blank text is no answer."""
    return None if isinstance(value, str) and not value.strip() else value


def as_number(value: Any) -> Any:
    """Text as pydantic reads a number: a comma is a decimal point where no point stands."""
    value = blank_is_none(value)
    if isinstance(value, str):
        text = value.strip().replace("−", "-")
        return text.replace(",", ".") if "," in text and "." not in text else text
    return value


def at_most(limit: int) -> AfterValidator:
    """As long as Slack shows it again in a form; it counts characters at worst in UTF-16."""

    def check(words: str) -> str:
        if size(words) > limit:
            raise ValueError(f"That is too long: at most {limit:,} characters, please.")
        return words

    return AfterValidator(check)


Trimmed = StringConstraints(strip_whitespace=True, min_length=1)
Text = Annotated[str, Trimmed, at_most(3_000)]
Sentence = Annotated[str, Trimmed, at_most(300)]
Optional150 = Annotated[
    Annotated[str, Trimmed, at_most(150)] | None, BeforeValidator(blank_is_none)
]
Optional300 = Annotated[Sentence | None, BeforeValidator(blank_is_none)]
OptionalName = Annotated[
    Annotated[str, Trimmed, at_most(80)] | None, BeforeValidator(blank_is_none)
]
Typed = BeforeValidator(as_number)
"""Before a number: how people type it."""


def _amount(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """A number, kept as said with its % sign (“0.5%” of a share is half a point)."""
    said = as_number(value)
    is_percent = isinstance(said, str) and said.endswith(("%", "％"))
    number = check(said[:-1].rstrip() if is_percent else said)
    return OutOf100(number) if is_percent else number


Number = Annotated[
    Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)], WrapValidator(_amount)
]
OptionalNumber = Annotated[
    Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)] | None, WrapValidator(_amount)
]


class FrozenForm(BaseModel):
    """What every form is: it can't be changed, and what it doesn't know it leaves alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)


class AnswerForm(FrozenForm):
    """The standup's questions (domain §3.3)."""

    status: EntryStatus
    learned: Text
    value: OptionalNumber = None
    next_step: Optional300 = None
    blocker_kind: Annotated[
        BlockerKind | None, BeforeValidator(lambda kind: None if kind == NO_BLOCKER else kind)
    ] = None
    blocker_text: Optional300 = None
    blocker_owner: str | None = None

    @field_validator("blocker_text")
    @classmethod
    def _says_what(cls, text: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("blocker_kind") is not None and text is None:
            raise ValueError("Please say in one line what is in the way.")
        return text


class ProjectForm(FrozenForm):
    """A project's start. Values are stored in the metric's unit."""

    name: Annotated[str, Trimmed, at_most(80)]
    business_goal: Sentence
    metric_name: Annotated[str, Trimmed, at_most(100)]
    goal: Goal
    unit: Annotated[str, at_most(32)]
    baseline: Number
    baseline_source: Sentence
    acceptance: Number
    business_phrase: Annotated[str, Trimmed, at_most(200)]
    key: Annotated[str | None, BeforeValidator(blank_is_none)] = None

    @field_validator("unit")
    @classmethod
    def _unit(cls, unit: str) -> str:
        return "" if unit == NO_UNIT else unit

    @field_validator("baseline", "acceptance")
    @classmethod
    def _stored(cls, value: float, info: ValidationInfo) -> float:
        try:
            return stored_as(value, info.data.get("unit", ""))
        except NotInUnit as error:
            raise ValueError(error.sentence) from error

    @field_validator("acceptance")
    @classmethod
    def _beyond_baseline(cls, value: float, info: ValidationInfo) -> float:
        baseline, goal = info.data.get("baseline"), info.data.get("goal")
        if goal is not None and baseline is not None and reaches(goal, baseline, value):
            direction = "higher" if goal is Goal.MAX else "lower"
            raise ValueError(f"Today's value is that good already: {direction}, please.")
        return value

    @field_validator("key")
    @classmethod
    def _key(cls, key: str | None) -> str | None:
        if key is None:
            return None
        key = key.strip().upper()
        if not KEY_PATTERN.fullmatch(key):
            raise ValueError("2 to 10 letters and digits, beginning with a letter, such as FRAUD.")
        return key

    @model_validator(mode="after")
    def _has_key(self) -> Self:
        if self.key is None and not key_from(self.name):
            raise InvalidForm({"key": "Please give a short key, such as FRAUD."})
        return self

    @property
    def chosen_key(self) -> str:
        """The key given, or one made of the name."""
        return self.key or key_from(self.name)


class HypothesisForm(FrozenForm):
    """We believe that … will … because …; we will know within N working days."""

    change: Annotated[str, Trimmed, at_most(1_000)]
    threshold: OptionalNumber
    because: Annotated[str, Trimmed, at_most(1_000)]
    timebox: Annotated[int, BeforeValidator(as_number), Field(ge=1, le=60)]
    category: Category
    project: int | None = None
    begins: Literal["now", "later"] = "now"

    @field_serializer("threshold")
    def _as_typed(self, value: float | None) -> float | str | None:
        return f"{value}%" if isinstance(value, OutOf100) else value

    @property
    def lacks_criterion(self) -> bool:
        """Whether it begins now with nothing that would support it (S0-12: asked for once)."""
        return self.begins == "now" and self.threshold is None


class AnswerRef(FrozenForm):
    """Which experiment of which prompt a view is about; its `private_metadata`, checked again when used."""

    prompt_id: int
    experiment_id: int

    @classmethod
    def of_value(cls, value: str) -> Self:
        """From a button's value, “prompt:experiment”.

        Raises:
            Unknown: it is none that we made.
        """
        prompt_id, _, experiment_id = value.partition(":")
        try:
            return cls.model_validate({"prompt_id": prompt_id, "experiment_id": experiment_id})
        except ValidationError as error:
            raise Unknown from error

    @classmethod
    def of_metadata(cls, metadata: str) -> Self:
        """From a view's `private_metadata`.

        Raises:
            Unknown: it is none that we made.
        """
        try:
            return cls.model_validate_json(metadata)
        except ValidationError as error:
            raise Unknown from error
