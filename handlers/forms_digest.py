"""Forms of the digests: the schedule, putting a finding off, and what a button of a finding is about."""

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, ValidationError, field_validator

from handlers.blocks.setup import ALL_PROJECTS
from handlers.forms import FrozenForm, Sentence, Weekday
from models.domain.errors import Unknown
from models.domain.findings.kinds import Kind


class DigestForm(FrozenForm):
    """When a channel's stalled digest is posted, and what it is about."""

    channel: Annotated[str, Field(min_length=1)]
    days: Annotated[list[Weekday], Field(min_length=1)]
    time: time
    project: int | None = None
    leave_out: tuple[Annotated[str, Field(max_length=40)], ...] = ()

    @field_validator("project", mode="before")
    @classmethod
    def _all(cls, project: object) -> object:
        return None if project == ALL_PROJECTS else project


class SnoozeForm(FrozenForm):
    """Until when a finding is not raised, and why."""

    until: date
    reason: Sentence


class FindingRef(FrozenForm):
    """Which finding of which posted digest a button is about; checked again when it is used.

    `digest_id` is 0 for what one person sees by `/lab digest`; `kinds` are its reasons, the shown one first.
    """

    digest_id: int
    subject: Annotated[str, Field(pattern=r"^(experiment|project):\d{1,18}$")]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]

    @classmethod
    def of(cls, value: str) -> Self:
        """From a button's value or a view's metadata, “digest|subject|kind,kind”.

        Raises:
            Unknown: it is none that we made.
        """
        digest_id, _, rest = value.partition("|")
        subject, _, kinds = rest.partition("|")
        try:
            return cls.model_validate(
                {"digest_id": digest_id, "subject": subject, "kinds": kinds.split(",")}
            )
        except ValidationError as error:
            raise Unknown from error

    @property
    def number(self) -> int:
        """The id of the experiment or project."""
        return int(self.subject.partition(":")[2])

    @property
    def is_experiment(self) -> bool:
        """Whether it is about an experiment."""
        return self.subject.startswith("experiment:")

    @property
    def value(self) -> str:
        """As a button or a view carries it."""
        kinds = ",".join(kind.value for kind in self.kinds)
        return f"{self.digest_id}|{self.subject}|{kinds}"
