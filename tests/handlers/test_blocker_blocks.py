"""The page of blockers and risks, and its forms: what they say, and that any text fits."""

from dataclasses import replace

import pytest
from hypothesis import given

from handlers.blocks import blockers
from handlers.forms import InvalidForm, parse
from handlers.forms_blockers import PlaceRef, RaiseForm, UpdateForm
from models.blocker_pages import News, Raised, Step
from models.domain.errors import Unknown
from models.domain.facts_blockers import BlockerLine, BlockersPage, RaiseFacts
from models.domain.standup import BlockerKind
from tests.handlers.facts import JONAS, PRIYA, SOFIA, blocked
from tests.handlers.test_any_text import endless, many, modest, showable, spoiled
from tests.stories.reading import shown

LINES = (
    BlockerLine(blocked(days=6, acknowledged=True, said="With legal"), PRIYA),
    BlockerLine(blocked(blocker_id=2, key="FRAUD")),
    BlockerLine(blocked(blocker_id=3, risk=True, blocker=replace(blocked().blocker, owner=None))),
)


def page(*lines: BlockerLine, offset: int = 0, total: int = 3) -> BlockersPage:
    return BlockersPage(3, "FRAUD", "Card fraud alerts", lines, offset, total)


def test_blockers_with_their_age_and_risks_apart() -> None:
    view = blockers.page(page(*LINES), 8)
    assert shown(view["blocks"]) == (
        "Card fraud alerts (FRAUD)\n"
        "In the way\n"
        "Invoices before 2024 (data access)\n"
        f"FRAUD-11 · 18 months of history · {JONAS.name} · open for 6 working days\n"
        f"{SOFIA.name} is on it: “With legal”\n"
        f"{PRIYA.name} was asked for help. [Update]\n"
        "Invoices before 2024 (data access)\n"
        f"The whole project · {JONAS.name} · new today\n"
        f"With {SOFIA.name} [Update]\n"
        "Risks: not in the way yet\n"
        "Invoices before 2024 (data access)\n"
        f"FRAUD-11 · 18 months of history · {JONAS.name} · new today\n"
        "Who can clear it? [Update]\n"
        "[Add one]"
    )


def test_nothing_in_the_way_says_so_and_pages_lead_on() -> None:
    assert "no risk is written down" in shown(blockers.page(page(total=0), 8)["blocks"])
    middle = blockers.page(page(*LINES, offset=8, total=20), 8)
    assert shown(middle["blocks"]).endswith("[Add one] [Those before] [9 more]")


@modest
@given(many)
def test_any_text_fits(words: list[str]) -> None:
    said = endless(words)
    lines = tuple(spoiled(line, said) for line in LINES * 3)
    showable(blockers.page(replace(page(*lines), name=next(said)), 8))
    showable(blockers.raise_form(RaiseFacts("project:3", 3, "FRAUD", next(said)), "3|0|project:3"))
    for line in LINES:
        showable(blockers.update_form(spoiled(line.about, said), "3|0|7"))


def test_the_forms_are_read_as_they_are_filled_in() -> None:
    filled = {"text": " Invoices ", "kind": "data_access", "risk": "risk", "owner": None}
    assert parse(RaiseForm, filled).raised == Raised(BlockerKind.DATA_ACCESS, "Invoices", risk=True)
    assert parse(UpdateForm, {"step": "on_it", "said": " ", "owner": "U1"}).news == News(
        Step.ON_IT, owner="U1"
    )
    with pytest.raises(InvalidForm) as refused:
        parse(RaiseForm, {"risk": "blocker", "text": "", "kind": None})
    assert set(refused.value.fields) == {"text", "kind"}


@pytest.mark.parametrize("value", ["x|0|1", "1|x|1", "-1|0|1", f"{10**18}|0|1"])
def test_a_place_that_we_did_not_make_is_unknown(value: str) -> None:
    with pytest.raises(Unknown):
        PlaceRef.of(value)


def test_a_place_is_carried_whole() -> None:
    assert PlaceRef.of("3|8|project:3").value == "3|8|project:3"
    assert (PlaceRef.of("7").what, PlaceRef.of_page("3").project_id) == ("7", 3)
