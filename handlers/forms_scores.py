"""Forms of scoring as frozen values (see `forms`)."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from handlers.forms import FrozenForm, Optional300, Sentence, as_number
from models.domain.score import Axis

OneToTen = Annotated[int, BeforeValidator(as_number), Field(ge=1, le=10)]
Perhaps = Annotated[Annotated[int, Field(ge=1, le=10)] | None, BeforeValidator(as_number)]


class ScoreForm(FrozenForm):
    """What somebody gives on each axis that they were asked for, and why."""

    benefit_ux: Perhaps = None
    benefit_ux_why: Optional300 = None
    benefit_profit: Perhaps = None
    benefit_profit_why: Optional300 = None
    complexity: Perhaps = None
    complexity_why: Optional300 = None

    @property
    def given(self) -> dict[Axis, tuple[int, str]]:
        """By axis: the score, and the reason."""
        axes = (Axis.BENEFIT_UX, Axis.BENEFIT_PROFIT, Axis.COMPLEXITY)
        return {
            axis: (value, getattr(self, f"{axis.value}_why") or "")
            for axis in axes
            if (value := getattr(self, axis.value)) is not None
        }


class ConfidenceForm(FrozenForm):
    """How likely acceptance is, and why."""

    value: OneToTen
    why: Sentence
