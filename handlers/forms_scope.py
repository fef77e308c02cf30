"""The form of a scope change as a frozen value."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from handlers.blocks.scope_changes import LONG
from handlers.blocks.text import size
from handlers.forms import (
    FrozenForm,
    InvalidForm,
    Optional300,
    OptionalNumber,
    Trimmed,
    blank_is_none,
)
from models.domain.scope_change import MOST_SAFE, ScopeReason, listed
from models.scope_changes import Change, Typed


def _at_most(words: str) -> str:
    if size(words) > LONG:
        raise ValueError(f"That is too long: at most {LONG:,} characters, please.")
    return words


def _things(text: Any) -> tuple[str, ...]:
    things = listed(text or "")
    if len(things) > MOST_SAFE:
        raise ValueError(f"At most {MOST_SAFE} things, please: one a line.")
    if any(size(one) > 300 for one in things):
        raise ValueError("Each line can have 300 characters at most.")
    return things


Long = Annotated[str, Trimmed, AfterValidator(_at_most)]
OptionalLong = Annotated[Long | None, BeforeValidator(blank_is_none)]
ASKED = {
    "effective": "From which day on?",
    "baseline": "A new version needs its baseline.",
    "source": "How do you know the baseline?",
    "acceptance": "A new version needs the value from which it is good enough.",
}


class ScopeForm(FrozenForm):
    """What changes, why, what it means; a new benchmark with all its four fields, or none."""

    before: Long
    after: Long
    reason: ScopeReason
    because: Long
    for_design: OptionalLong = None
    for_engineering: OptionalLong = None
    safe_to_build: Annotated[tuple[str, ...], BeforeValidator(_things)] = ()
    told: Annotated[tuple[str, ...], BeforeValidator(lambda people: people or ())] = ()
    effective: date | None = None
    baseline: OptionalNumber = None
    source: Optional300 = None
    acceptance: OptionalNumber = None

    @model_validator(mode="after")
    def _whole_version(self) -> Self:
        missing = [name for name in ASKED if getattr(self, name) is None]
        if missing and len(missing) < len(ASKED):
            raise InvalidForm({name: ASKED[name] for name in missing})
        return self

    @property
    def change(self) -> Change:
        """As it is stored."""
        version = None
        if self.effective and self.source and None not in (self.baseline, self.acceptance):
            version = Typed(
                self.effective, self.baseline or 0.0, self.source, self.acceptance or 0.0
            )
        return Change(
            self.before,
            self.after,
            self.reason,
            self.because,
            self.for_design,
            self.for_engineering,
            self.safe_to_build,
            self.told,
            version,
        )
