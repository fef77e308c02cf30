"""An experiment that is handed on: how its new owner reads it."""

from dataclasses import replace

from hypothesis import given

from handlers.blocks import notices
from models.domain.facts_notices import Handed, NoticesFacts
from tests.handlers.facts import JONAS, PRIYA
from tests.handlers.test_any_text import endless, many, modest, sendable, spoiled

HANDED = Handed("FRAUD-12", "18 months of history", "Card fraud", JONAS, "weight them", mine=True)


def read(part: Handed) -> str:
    return notices.notices(NoticesFacts(PRIYA, (part,))).text


def test_the_new_owner_reads_what_is_theirs_and_what_was_planned() -> None:
    said = read(HANDED)
    assert f"{JONAS.name} has handed an experiment on to you: FRAUD-12 · 18 months" in said
    assert "You are asked about it from now on." in said
    assert "Planned next: “weight them”" in said
    assert "Planned" not in read(replace(HANDED, planned=None))


def test_once_it_went_on_it_says_so() -> None:
    assert "✓ Somebody else has it now." in read(replace(HANDED, mine=False))


@modest
@given(many)
def test_whatever_it_says_it_can_be_sent(words: list[str]) -> None:
    said = endless(words)
    twelve = tuple(replace(spoiled(HANDED, said), key=f"FRAUD-{n}") for n in range(12))
    sendable(notices.notices(NoticesFacts(spoiled(JONAS, said), twelve)))
