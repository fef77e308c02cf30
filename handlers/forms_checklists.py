"""The forms of a checklist's item as frozen values, and what they make of the checklist."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator

from handlers.forms import FrozenForm, Trimmed, at_most, blank_is_none, parse
from models.domain.checklist import Checklist, Gate, Item, ItemKind
from models.domain.checklist_edit import Place, Wording, added, changed, retired
from models.domain.errors import Unknown
from models.domain.project import Role

Evidence = Annotated[Annotated[str, Trimmed, at_most(200)] | None, BeforeValidator(blank_is_none)]
Edit = Callable[[Checklist], Checklist]


class MinimumForm(FrozenForm):
    """What may be changed about a minimum check."""

    evidence: Evidence = None
    place: Place = Place.STAYS

    def wording(self, item: Item) -> Wording:
        """The item's words, with what was changed."""
        return replace(Wording.of(item), evidence=self.evidence or "")


class ItemForm(MinimumForm):
    """An item as it is to be; without `keep` it is asked no more."""

    asked_of: Role
    label: Annotated[str, Trimmed, at_most(60)]
    text: Annotated[str, Trimmed, at_most(300)]
    gate: Gate
    kind: ItemKind
    na_allowed: bool
    keep: bool = True

    def whole(self) -> Wording:
        """All of it."""
        return Wording(
            label=self.label,
            text=self.text,
            gate=self.gate,
            asked_of=self.asked_of,
            kind=self.kind,
            na_allowed=self.na_allowed,
            evidence=self.evidence or "",
        )


def edit_of(values: dict[str, Any] | None, key: str) -> Edit:
    """What a form makes of a checklist; with an empty `key` it is a new item.

    Raises:
        InvalidForm: a field can't be taken.
    """
    if key and "label" not in (values or {}):
        return _of_minimum(parse(MinimumForm, values), key)
    form = parse(ItemForm, values)
    if not key:
        return lambda asked: added(asked, form.whole())
    if not form.keep:
        return lambda asked: retired(asked, key)
    return lambda asked: changed(asked, key, form.whole(), form.place)


def _of_minimum(form: MinimumForm, key: str) -> Edit:
    def edit(asked: Checklist) -> Checklist:
        item = asked.item(key)
        if item is None:
            raise Unknown
        return changed(asked, key, form.wording(item), form.place)

    return edit
