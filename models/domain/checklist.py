"""A review's checklist: its items, how far each gates a *go*, and what a workspace may not weaken."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.domain.project import RiskTier, Role


class Gate(StrEnum):
    """How far an item gates a *go* (domain §4.2)."""

    MUST = "must"
    SHOULD = "should"
    INFO = "info"


class ItemKind(StrEnum):
    """Asked with yes, partly, no; or an open question, which is filled in and settled (domain §9-12)."""

    CONFIRM = "confirm"
    STATEMENT = "statement"


class Item(BaseModel):
    """One line of a checklist. A `locked` one can't be weakened by a workspace (domain §9-13).

    What has two directions is confirmed by a second role as well, `and_of`, with its own answer (S4-11).
    Of what is somebody's `own_word` only they can say it, as long as somebody holds their role.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    kind: ItemKind
    gate: Gate
    na_allowed: bool = False
    locked: bool = False
    label: str = Field(min_length=1, max_length=60)
    text: str = Field(min_length=1, max_length=300)
    why: str = Field(default="", max_length=300)
    evidence: str = Field(default="", max_length=200)
    asked_of: Role
    and_of: Role | None = None
    own_word: bool = False
    source: str = Field(default="", max_length=200)


MOST_QUESTIONS = 40
"""More are not answered with care."""


class Checklist(BaseModel):
    """The items of one kind of review; keys are unique. One that two roles confirm counts twice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(ge=1)
    title: str = Field(min_length=1, max_length=60)
    refuses_go: bool
    items: tuple[Item, ...] = Field(min_length=1, max_length=MOST_QUESTIONS)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "Checklist":
        keys = [item.key for item in self.items]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise ValueError(f"{twice} stands there twice")
        if self.questions > MOST_QUESTIONS:
            raise ValueError(f"it asks more than {MOST_QUESTIONS} questions")
        return self

    @property
    def questions(self) -> int:
        """How many answers it wants."""
        return sum(len(_sides(item)) for item in self.items)

    def item(self, key: str) -> Item | None:
        """The item of that key."""
        return next((item for item in self.items if item.key == key), None)


FROM_MEDIUM_RISK = "model_validation"


def for_project(
    items: Iterable[Item], *, risk: RiskTier, explainability_required: bool
) -> tuple[Item, ...]:
    """The items as they gate this project; what two roles confirm is asked of each.

    Explainability is a must-have where the project says so (S0-19), redress at high risk (S1-30), and an
    independent validation from medium risk, below which it is a should-have (S2-8).
    """
    gates = {
        **({"explainability": Gate.MUST} if explainability_required else {}),
        **({"redress": Gate.MUST} if risk is RiskTier.HIGH else {}),
        **({FROM_MEDIUM_RISK: Gate.SHOULD} if risk is RiskTier.LOW else {}),
    }
    return tuple(
        side.model_copy(update={"gate": gates.get(item.key, item.gate)})
        for item in items
        for side in _sides(item)
    )


def _sides(item: Item) -> tuple[Item, ...]:
    """The item as each role is asked it, once where it is the same role."""
    if item.and_of is None or item.and_of is item.asked_of:
        return (item.model_copy(update={"and_of": None}),)
    key = f"{item.key[:40]}_{item.and_of.value}"
    return _side(item, item.key, item.asked_of), _side(item, key, item.and_of)


def _side(item: Item, key: str, role: Role) -> Item:
    """“Explained both ways: data scientist”; what one side did, that side says."""
    who = role.value.replace("_", " ").replace("ml ", "ML ")
    label = f"{item.label[: 58 - len(who)]}: {who}"
    asked = {"key": key, "label": label, "asked_of": role, "and_of": None, "own_word": True}
    return item.model_copy(update=asked)


def weakened(own: Checklist, base: Checklist) -> list[str]:
    """What a workspace's `own` list may not do to the locked items of the package's `base`, as sentences."""
    said = []
    for locked in (item for item in base.items if item.locked):
        mine = own.item(locked.key)
        if mine is None:
            said.append(f"“{locked.label}” can't be taken out: it is one of the minimum checks.")
        elif (mine.gate, mine.kind, mine.na_allowed, mine.locked) != (
            locked.gate,
            locked.kind,
            locked.na_allowed,
            True,
        ):
            said.append(f"“{locked.label}” stays a must-have that only a yes passes.")
        elif (mine.label, mine.text) != (locked.label, locked.text):
            said.append(f"“{locked.label}” keeps its words.")
        elif (mine.asked_of, mine.and_of) != (locked.asked_of, locked.and_of):
            said.append(f"“{locked.label}” is asked of whom it is asked now.")
    if own.refuses_go != base.refuses_go:
        said.append("Whether this review can refuse a go is not for a checklist to say.")
    return said
