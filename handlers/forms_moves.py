"""Forms of what becomes of an experiment, and what a button or a form of it is about."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from handlers.forms import FrozenForm, Number, Optional300, OptionalNumber, Sentence, as_number
from handlers.forms_course import Address
from models.domain.errors import Unknown
from models.domain.experiment import AbandonReason, Category
from models.domain.moves import Move

Days = Annotated[int, BeforeValidator(as_number), Field(ge=1, le=60)]


class MoveRef(FrozenForm):
    """What somebody wants to do with which experiment; checked again when it is done."""

    move: Move
    experiment_id: Annotated[int, Field(ge=0, lt=2**63)]

    @classmethod
    def of(cls, value: str) -> Self:
        """From a button's value or a view's metadata, “pause:12”.

        Raises:
            Unknown: it is none that we made.
        """
        move, _, experiment_id = value.partition(":")
        try:
            return cls.model_validate({"move": move, "experiment_id": experiment_id})
        except ValidationError as error:
            raise Unknown from error

    @property
    def value(self) -> str:
        """As a button or a view carries it."""
        return f"{self.move}:{self.experiment_id}"


class StartForm(FrozenForm):
    """Its timebox, and what would support it where that is not said yet (S0-12)."""

    timebox: Days
    threshold: OptionalNumber = None


class PauseForm(FrozenForm):
    """The day on which it goes on, and why it rests."""

    until: date
    reason: Sentence


class CriterionForm(FrozenForm):
    """Which value of which metric supports it."""

    threshold: Number
    metric: int | None = None


class HandOnForm(FrozenForm):
    """Whose it is from now on."""

    person: Annotated[str, Field(min_length=1)]


class CategoryForm(FrozenForm):
    """Which kind of work it is (S4-6), and the name of the change in the data that it replays."""

    category: Category
    replays: str | None = None


class LinkForm(FrozenForm):
    """An address, and what is there."""

    address: Address
    what: Sentence


class KeepForm(FrozenForm):
    """Whether the change is kept."""

    adopted: bool

    @field_validator("adopted", mode="before")
    @classmethod
    def _yes(cls, value: Any) -> bool:
        return bool(value == "yes")


class DropForm(FrozenForm):
    """Why it is dropped, and what was learned on the way."""

    reason: AbandonReason
    learning: Optional300 = None
