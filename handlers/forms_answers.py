"""Forms about what follows from answers: who clears the way, why a number is set aside, the questions."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from handlers.forms import FrozenForm, Optional150, Optional300
from models.domain.errors import Unknown
from models.domain.questions import Kind, Question, Questions
from models.domain.surprise import AsideReason

Asked = Annotated[bool, BeforeValidator(lambda value: value != "no")]


class OwnerForm(FrozenForm):
    """Who can clear it, when it isn't the person who was asked."""

    owner: Annotated[str, Field(min_length=1)]


class SetAsideForm(FrozenForm):
    """Why a number doesn't count."""

    reason: AsideReason
    note: Optional300 = None


class QuestionsForm(FrozenForm):
    """How a team words its standup; an empty field goes back to the default."""

    learned: Optional150 = None
    learned_hint: Optional150 = None
    status: Optional150 = None
    status_hint: Optional150 = None
    value: Optional150 = None
    value_hint: Optional150 = None
    value_asked: Asked = True
    next_step: Optional150 = None
    next_step_hint: Optional150 = None
    next_step_asked: Asked = True
    blocker: Optional150 = None
    blocker_hint: Optional150 = None
    blocker_asked: Asked = True

    @property
    def questions(self) -> Questions:
        """As the standup asks them."""
        return Questions(
            **{
                kind.value: Question(
                    getattr(self, kind.value),
                    getattr(self, f"{kind.value}_hint"),
                    asked=kind.always or getattr(self, f"{kind.value}_asked"),
                )
                for kind in Kind
            }
        )


def id_of(value: Any) -> int:
    """A row's id from a button or a view.

    Raises:
        Unknown: it is none that we made.
    """
    if not (isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19):
        raise Unknown
    return int(value)
