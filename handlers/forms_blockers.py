"""Forms of blockers and risks as frozen values, and what a button of their page is about."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from handlers.forms import FrozenForm, Optional300, Sentence, blank_is_none
from models.blocker_pages import News, Raised, Step
from models.domain.errors import Unknown
from models.domain.standup import BlockerKind

Somebody = Annotated[str | None, BeforeValidator(blank_is_none)]


class RaiseForm(FrozenForm):
    """What is in the way, or may come to be."""

    text: Sentence
    kind: BlockerKind
    risk: bool
    owner: Somebody = None

    @field_validator("risk", mode="before")
    @classmethod
    def _is_risk(cls, value: Any) -> bool:
        return bool(value == "risk")

    @property
    def raised(self) -> Raised:
        """As it is stored."""
        return Raised(self.kind, self.text, self.risk, self.owner)


class UpdateForm(FrozenForm):
    """How one stands."""

    step: Step
    said: Optional300 = None
    owner: Somebody = None

    @property
    def news(self) -> News:
        """As it is stored."""
        return News(self.step, self.said, self.owner)


class PlaceRef(FrozenForm):
    """Which page of which project something was done on, and what to: “project|offset|what”."""

    project_id: Annotated[int, Field(ge=0, lt=10**18)]
    offset: Annotated[int, Field(ge=0, lt=10**6)]
    what: str

    @classmethod
    def of(cls, value: str) -> Self:
        """From a button's value or a view's metadata; from a message, only what it is about.

        Raises:
            Unknown: it is none that we made.
        """
        if "|" not in value:
            value = f"0|0|{value}"
        project_id, _, rest = value.partition("|")
        offset, _, what = rest.partition("|")
        try:
            return cls.model_validate({"project_id": project_id, "offset": offset, "what": what})
        except ValidationError as error:
            raise Unknown from error

    @classmethod
    def of_page(cls, value: str) -> Self:
        """The same where a project's id alone is its first page.

        Raises:
            Unknown: it is none that we made.
        """
        return cls.of(value if "|" in value else f"{value}|0|")

    @property
    def value(self) -> str:
        """As a view carries it."""
        return f"{self.project_id}|{self.offset}|{self.what}"
