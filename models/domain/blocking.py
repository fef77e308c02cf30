"""What an answer does to the blockers of its experiment (domain §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from models.domain.repeats import same
from models.domain.standup import BlockerKind


@dataclass(frozen=True)
class Known:
    """A blocker of the experiment, open until `resolved_at`."""

    blocker_id: int
    kind: BlockerKind
    text: str
    raised_by_id: int
    opened_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True)
class Heard:
    """What an answer says is in the way: `kind` None is “nothing”. `says` is false where it says neither."""

    by_id: int
    at: datetime
    kind: BlockerKind | None
    text: str
    says: bool


class Effect(NamedTuple):
    """The blocker that goes on, those that end, and whether a new one opens."""

    goes_on: int | None = None
    ends: tuple[int, ...] = ()
    opens: bool = False


def effect(heard: Heard, known: Iterable[Known]) -> Effect:
    """What follows from an answer; the same answer looked at again changes nothing more.

    The same kind and text again is the same blocker, which ages; another one, or nothing, ends what this
    person raised before. What was cleared or opened after the answer was given stays as it is.
    """
    if not heard.says:
        return Effect()
    before = [one for one in known if one.opened_at <= heard.at]
    again = [one for one in before if one.kind is heard.kind and same(one.text, heard.text)]
    goes_on = next((one.blocker_id for one in again if one.resolved_at is None), None)
    cleared_since = any(one.resolved_at and one.resolved_at > heard.at for one in again)
    ends = tuple(
        one.blocker_id
        for one in before
        if one.resolved_at is None and one.raised_by_id == heard.by_id and one.blocker_id != goes_on
    )
    opens = heard.kind is not None and goes_on is None and not cleared_since
    return Effect(goes_on, ends, opens)
