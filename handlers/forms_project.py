"""Forms of a project's page as frozen values (see `forms`)."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, create_model, field_validator, model_validator

from handlers.forms import (
    FrozenForm,
    InvalidForm,
    Optional300,
    OptionalNumber,
    Sentence,
    Text,
    Trimmed,
    as_number,
    at_most,
    blank_is_none,
)
from models.domain.charter import QUESTIONS, Kind
from models.domain.findings.kinds import Thresholds
from models.domain.project import GovernanceState, RiskTier, Serving, Stage

OptionalDate = Annotated[date | None, BeforeValidator(blank_is_none)]


class GoalForm(FrozenForm):
    """What a project is called, what it is for, where it is talked about."""

    name: Annotated[str, Trimmed, at_most(80)]
    business_goal: Sentence
    channel: str | None = None
    stakeholders: str | None = None


class RoleForm(FrozenForm):
    """Who holds a role, by Slack id."""

    people: tuple[str, ...] = ()

    @field_validator("people", mode="before")
    @classmethod
    def _nobody(cls, people: Any) -> Any:
        return people or ()


class PlanForm(FrozenForm):
    """Estimate, stop mark, touchpoint, effort (S0-25)."""

    touchpoint: OptionalDate = None
    earliest: OptionalDate = None
    latest: OptionalDate = None
    stop: OptionalNumber = None
    stop_by: OptionalDate = None
    effort: Annotated[
        Annotated[float, Field(allow_inf_nan=False, ge=0, le=1_000)] | None,
        BeforeValidator(as_number),
    ] = None
    repair: Annotated[Annotated[int, Field(ge=1, le=10_000)] | None, BeforeValidator(as_number)] = (
        None
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.earliest is None) != (self.latest is None):
            missing = "earliest" if self.earliest is None else "latest"
            raise InvalidForm({missing: "An estimate is a range: please give both days, or none."})
        if self.earliest and self.latest and self.latest < self.earliest:
            raise InvalidForm({"latest": "That is before the earliest day."})
        if (self.stop is None) != (self.stop_by is None):
            missing = "stop" if self.stop is None else "stop_by"
            raise InvalidForm({missing: "A stop mark is a value and a day: both, or none."})
        return self


class TrackForm(FrozenForm):
    """One governance track."""

    state: GovernanceState
    owner: str | None = None
    link: Optional300 = None


class MoveStageForm(FrozenForm):
    """Where a project goes, and why."""

    stage: Stage
    reason: Optional300 = None


def _answer(kind: Kind) -> Any:
    match kind:
        case Kind.TEXT:
            return Annotated[Text | None, BeforeValidator(blank_is_none)]
        case Kind.RISK:
            return RiskTier | None
        case Kind.SERVING:
            return Serving | None
        case Kind.YES_NO:
            return Annotated[str | None, Field(pattern="^(yes|no)$")]


_ANSWERS: dict[str, Any] = {key: (_answer(one.kind), None) for key, one in QUESTIONS.items()}
CharterForm = create_model(
    "CharterForm",
    __base__=FrozenForm,
    __doc__="Answers to questions of the charter, by key; None where nothing was said.",
    **_ANSWERS,
)
AT_ONCE = ("decision_days",)
"""Those that may be nothing: raised on the day itself."""
_LIMITS: dict[str, Any] = {
    one.name: (
        Annotated[
            int, BeforeValidator(as_number), Field(ge=0 if one.name in AT_ONCE else 1, le=365)
        ],
        ...,
    )
    for one in fields(Thresholds)
}
ThresholdsForm = create_model(
    "ThresholdsForm", __base__=FrozenForm, __doc__="The findings' settings.", **_LIMITS
)
