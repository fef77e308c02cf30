"""Forms of decisions as frozen values: what was decided, how a condition is met; what a button is about."""

from datetime import date
from typing import Annotated, NamedTuple, Self

from pydantic import BeforeValidator

from handlers.forms import FrozenForm, Optional300, Text, blank_is_none
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown

Number = Annotated[int | None, BeforeValidator(blank_is_none)]


class DecisionForm(FrozenForm):
    """What was decided about which project, why, and when it is looked at again."""

    project: int
    kind: DecisionKind
    reason: Text
    next_on: Annotated[date | None, BeforeValidator(blank_is_none)] = None
    said: Optional300 = None
    dissent: Optional300 = None
    replaces: Number = None


class MetForm(FrozenForm):
    """With what a condition is met."""

    evidence: Text


class Numbered(NamedTuple):
    """Something in a posted digest: 0 is nobody's digest. “digest|id”."""

    digest_id: int
    number: int

    @classmethod
    def of(cls, value: str) -> Self:
        """From a button's value or a view's metadata.

        Raises:
            Unknown: it is none that we made.
        """
        digest_id, _, number = value.partition("|")
        if not all(
            one.isascii() and one.isdecimal() and len(one) < 19 for one in (digest_id, number)
        ):
            raise Unknown
        return cls(int(digest_id), int(number))

    @property
    def value(self) -> str:
        """As a button or a view carries it."""
        return f"{self.digest_id}|{self.number}"


class FormRef(NamedTuple):
    """What a form for a decision carries: the digest that it came from, and the message's link."""

    digest_id: int = 0
    link: str | None = None

    @classmethod
    def of(cls, metadata: str) -> Self:
        """From a view's metadata, “digest|link”.

        Raises:
            Unknown: it is none that we made.
        """
        digest_id, _, link = metadata.partition("|")
        if digest_id and not (
            digest_id.isascii() and digest_id.isdecimal() and len(digest_id) < 19
        ):
            raise Unknown
        return cls(int(digest_id or 0), link or None)

    @property
    def metadata(self) -> str:
        """As a view carries it."""
        return f"{self.digest_id}|{self.link or ''}"
