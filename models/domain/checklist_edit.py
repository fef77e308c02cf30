"""Changing a workspace's own checklist: what each change makes of it, and what may not be made of it."""

from dataclasses import dataclass
from enum import StrEnum

from models.domain.checklist import MOST_QUESTIONS, Checklist, Gate, Item, ItemKind
from models.domain.errors import BotError, Unknown
from models.domain.project import Role


class TooManyItems(BotError):
    """A checklist has at most 40 items: more are not answered with care. Take one out first."""


class AsksNothing(BotError):
    """A checklist asks at least one thing."""


class Place(StrEnum):
    """Where an item goes, among those of its level."""

    STAYS = "stays"
    UP = "up"
    DOWN = "down"
    TOP = "top"
    END = "end"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            Place.STAYS: "Where it is",
            Place.UP: "One up",
            Place.DOWN: "One down",
            Place.TOP: "To the top",
            Place.END: "To the end",
        }[self]


@dataclass(frozen=True)
class Wording:
    """What an item asks, of whom, and how far it gates a go."""

    label: str
    text: str
    gate: Gate
    asked_of: Role
    kind: ItemKind
    na_allowed: bool = False
    evidence: str = ""

    @classmethod
    def of(cls, item: Item) -> "Wording":
        """As the item has it."""
        return cls(
            label=item.label,
            text=item.text,
            gate=item.gate,
            asked_of=item.asked_of,
            kind=item.kind,
            na_allowed=item.na_allowed,
            evidence=item.evidence,
        )


def added(asked: Checklist, wording: Wording) -> Checklist:
    """With a new item at the end; its key is never used again.

    Raises:
        TooManyItems: there are forty.
    """
    if asked.questions >= MOST_QUESTIONS:
        raise TooManyItems
    new = Item.model_validate({"key": f"own_{asked.version + 1}", **vars(wording)})
    return _with(asked, [*asked.items, new])


def changed(asked: Checklist, key: str, wording: Wording, place: Place = Place.STAYS) -> Checklist:
    """With one item put otherwise, and elsewhere among those of its level.

    Raises:
        Unknown: there is no such item.
    """
    old = _item(asked, key)
    new = Item.model_validate({**old.model_dump(), **vars(wording)})
    return _moved(_with(asked, [new if one is old else one for one in asked.items]), new, place)


def retired(asked: Checklist, key: str) -> Checklist:
    """Without one item; reviews that began with it keep it.

    Raises:
        Unknown: there is no such item.
        AsksNothing: it is the last one.
    """
    old = _item(asked, key)
    left = [one for one in asked.items if one is not old]
    if not left:
        raise AsksNothing
    return _with(asked, left)


def restored(asked: Checklist, base: Checklist) -> Checklist:
    """As the package has it."""
    return _with(asked, base.items)


def differences(before: Checklist, after: Checklist) -> list[str]:
    """What was changed, one short line each."""
    old = {item.key: item for item in before.items}
    new = {item.key: item for item in after.items}
    said = [f"“{item.label}” is asked as well" for key, item in new.items() if key not in old]
    said += [f"“{item.label}” is asked no more" for key, item in old.items() if key not in new]
    for key in (key for key in new if key in old):
        said += _put_otherwise(old[key], new[key])
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        said.append("The order is another one")
    return said


def _put_otherwise(old: Item, new: Item) -> list[str]:
    name = f"“{new.label}”"
    said = []
    if old.label != new.label or old.text != new.text:
        before = f" (was “{old.label}”)" if old.label != new.label else ""
        said.append(f"{name} is worded anew{before}")
    if old.gate is not new.gate:
        said.append(f"{name} is a {new.gate.value}, was a {old.gate.value}")
    if old.asked_of is not new.asked_of:
        said.append(f"{name} is asked of others")
    if (old.kind, old.na_allowed, old.evidence) != (new.kind, new.na_allowed, new.evidence):
        said.append(f"{name} is answered in another way")
    return said


def _item(asked: Checklist, key: str) -> Item:
    found = asked.item(key)
    if found is None:
        raise Unknown
    return found


def _with(asked: Checklist, items: tuple[Item, ...] | list[Item]) -> Checklist:
    return asked.model_copy(update={"items": tuple(items)})


def _moved(asked: Checklist, item: Item, place: Place) -> Checklist:
    """Those of its level change places among themselves; the others stay where they are."""
    level = [one for one in asked.items if one.gate is item.gate]
    at = level.index(item)
    to = {
        Place.STAYS: at,
        Place.UP: max(at - 1, 0),
        Place.DOWN: at + 1,
        Place.TOP: 0,
        Place.END: len(level),
    }[place]
    level.remove(item)
    level.insert(to, item)
    rest = iter(level)
    return _with(asked, [next(rest) if one.gate is item.gate else one for one in asked.items])
