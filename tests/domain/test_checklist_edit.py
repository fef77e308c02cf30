"""Changing a workspace's own checklist: what each change makes of it, and how it is told."""

from dataclasses import replace

import pytest

from models.domain.checklist import MOST_QUESTIONS, Checklist, Gate, Item, ItemKind
from models.domain.checklist_edit import (
    AsksNothing,
    Place,
    TooManyItems,
    Wording,
    added,
    changed,
    differences,
    restored,
    retired,
)
from models.domain.errors import Unknown
from models.domain.project import Role

NIGHTS = Wording("Nights", "Who is called at night?", Gate.SHOULD, Role.DEVOPS, ItemKind.CONFIRM)


def item(key: str, gate: Gate = Gate.MUST) -> Item:
    """An item that asks for a yes."""
    return Item(
        key=key,
        kind=ItemKind.CONFIRM,
        gate=gate,
        label=key.upper(),
        text=f"Is {key}?",
        asked_of=Role.PM,
        source="S3",
    )


LIST = Checklist(
    version=3,
    title="Launch check",
    refuses_go=True,
    items=(item("a"), item("x", Gate.SHOULD), item("b"), item("c")),
)


def keys(asked: Checklist) -> str:
    """In their order."""
    return " ".join(one.key for one in asked.items)


def test_a_new_item_comes_last_under_a_key_of_its_own() -> None:
    more = added(LIST, NIGHTS)
    assert keys(more) == "a x b c own_4"
    assert Wording.of(more.items[-1]) == NIGHTS
    assert differences(LIST, more) == ["“Nights” is asked as well"]


def test_forty_items_are_enough() -> None:
    full = LIST.model_copy(update={"items": tuple(item(f"n{n}") for n in range(MOST_QUESTIONS))})
    with pytest.raises(TooManyItems):
        added(full, NIGHTS)


def test_one_is_put_otherwise_and_keeps_its_key_and_its_source() -> None:
    after = changed(LIST, "b", NIGHTS)
    assert keys(after) == keys(LIST)
    assert after.item("b") == Item.model_validate({"key": "b", "source": "S3", **vars(NIGHTS)})
    assert differences(LIST, after) == [
        "“Nights” is worded anew (was “B”)",
        "“Nights” is a should, was a must",
        "“Nights” is asked of others",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "Is it so?"}, ["“B” is worded anew"]),
        ({"evidence": "A link"}, ["“B” is answered in another way"]),
        ({"na_allowed": True}, ["“B” is answered in another way"]),
        ({"kind": ItemKind.STATEMENT}, ["“B” is answered in another way"]),
        ({}, []),
    ],
)
def test_what_was_changed_is_said(changes: dict[str, object], said: list[str]) -> None:
    wording = replace(Wording.of(LIST.items[2]), **changes)  # type: ignore[arg-type]
    assert differences(LIST, changed(LIST, "b", wording)) == said


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (Place.STAYS, "a x b c"),
        (Place.UP, "b x a c"),
        (Place.DOWN, "a x c b"),
        (Place.TOP, "b x a c"),
        (Place.END, "a x c b"),
    ],
)
def test_one_is_moved_among_those_of_its_level(place: Place, order: str) -> None:
    after = changed(LIST, "b", Wording.of(LIST.items[2]), place)
    assert keys(after) == order
    moved = [] if place is Place.STAYS else ["The order is another one"]
    assert differences(LIST, after) == moved


def test_the_first_stays_first_and_the_last_last() -> None:
    assert keys(changed(LIST, "a", Wording.of(LIST.items[0]), Place.UP)) == keys(LIST)
    assert keys(changed(LIST, "c", Wording.of(LIST.items[3]), Place.DOWN)) == keys(LIST)


def test_one_is_taken_out_but_not_the_last() -> None:
    after = retired(LIST, "x")
    assert keys(after) == "a b c"
    assert differences(LIST, after) == ["“X” is asked no more"]
    with pytest.raises(AsksNothing):
        retired(LIST.model_copy(update={"items": (item("a"),)}), "a")


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(Unknown):
        changed(LIST, "z", NIGHTS)
    with pytest.raises(Unknown):
        retired(LIST, "z")


def test_back_to_the_package_s_own() -> None:
    after = restored(added(retired(LIST, "a"), NIGHTS), LIST)
    assert (after.items, differences(LIST, after)) == (LIST.items, [])


def test_every_place_has_a_label_of_its_own() -> None:
    assert len({place.label for place in Place}) == len(Place)
