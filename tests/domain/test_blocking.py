"""What an answer does to blockers: the same one ages, another one or nothing ends it (domain §3.4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.domain.blocking import Effect, Heard, Known, effect
from models.domain.standup import BlockerKind
from tests.clock import MORNING

ANA, BEN = 1, 2
LATER = MORNING + timedelta(days=2)
INVOICES = Known(7, BlockerKind.DATA_ACCESS, "Invoices before 2024", ANA, MORNING, None)
CLEARED = replace(INVOICES, resolved_at=MORNING + timedelta(days=1))
SAYS = Heard(ANA, LATER, BlockerKind.DATA_ACCESS, " invoices  BEFORE 2024. ", says=True)
NOTHING = replace(SAYS, kind=None, text="")


@pytest.mark.parametrize(
    ("heard", "known", "follows"),
    [
        (SAYS, [], Effect(opens=True)),
        (SAYS, [INVOICES], Effect(goes_on=7)),
        (replace(SAYS, text="Labels"), [INVOICES], Effect(ends=(7,), opens=True)),
        (replace(SAYS, kind=BlockerKind.PRIVACY), [INVOICES], Effect(ends=(7,), opens=True)),
        (NOTHING, [INVOICES], Effect(ends=(7,))),
        (replace(NOTHING, by_id=BEN), [INVOICES], Effect()),
        (replace(NOTHING, says=False), [INVOICES], Effect()),
        (replace(NOTHING, at=MORNING - timedelta(hours=1)), [INVOICES], Effect()),
        (SAYS, [CLEARED], Effect(opens=True)),
        (replace(SAYS, at=MORNING), [CLEARED], Effect()),
        (NOTHING, [CLEARED], Effect()),
        (replace(SAYS, by_id=BEN), [INVOICES], Effect(goes_on=7)),
    ],
)
def test_what_follows_from_an_answer(heard: Heard, known: list[Known], follows: Effect) -> None:
    assert effect(heard, known) == follows
