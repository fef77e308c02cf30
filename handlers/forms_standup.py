"""Forms about standups and people's own time, as frozen values."""

from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from handlers.blocks.countries import GUESS
from handlers.blocks.setup import ALL_PROJECTS
from handlers.forms import FrozenForm, OptionalName, Typed, Weekday
from models.domain.standup import ANSWER_HOURS, SUMMARY_TIME

TimeOfDay = time
"""By another name: one of the fields is called `time`."""


class MoveForm(FrozenForm):
    """The day that the next run is moved to."""

    day: date


class StandupForm(FrozenForm):
    """When a standup asks whom, and where its summary goes."""

    channel: Annotated[str, Field(min_length=1)]
    name: OptionalName = None
    people: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    days: Annotated[list[Weekday], Field(min_length=1)]
    time: TimeOfDay
    summary_time: TimeOfDay = SUMMARY_TIME
    answer_hours: Annotated[int, Typed, Field(ge=4, le=72)] = ANSWER_HOURS
    project: int | None = None
    start: Literal["slot", "now"] = "slot"

    @field_validator("people", "observers", mode="before")
    @classmethod
    def _nobody(cls, people: Any) -> Any:
        return people or ()

    @field_validator("project", mode="before")
    @classmethod
    def _all(cls, project: Any) -> Any:
        return None if project == ALL_PROJECTS else project


class SettingsForm(FrozenForm):
    """A person's own settings; a field that is left empty has no wish in it."""

    ask_time: TimeOfDay | None = None
    workdays: Annotated[list[Weekday], Field(min_length=1)]
    away_from: date | None = None
    away_to: date | None = None
    country: Annotated[str | None, Field(max_length=2)] = None
    nudges: Annotated[bool, BeforeValidator(lambda chosen: chosen != "off")] = True

    @field_validator("away_to")
    @classmethod
    def _both_or_none(cls, to: date | None, info: ValidationInfo) -> date | None:
        begins = info.data.get("away_from")
        if (begins is None) is not (to is None):
            raise ValueError("Please give both days, or none.")
        if begins is not None and to is not None and to < begins:
            raise ValueError("That is before the first day away.")
        return to

    @field_validator("country", mode="before")
    @classmethod
    def _guessed(cls, country: Any) -> Any:
        return None if country == GUESS else country
