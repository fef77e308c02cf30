"""An experiment's states: what can be done in each, and where that leads."""

from datetime import date

import pytest

from models.domain.errors import ExperimentConcluded
from models.domain.experiment import OPEN, Status
from models.domain.moves import AFTER, Move, NotNow, after, possible, stands

DAY = date(2026, 3, 3)


def test_every_state_has_its_moves_and_every_move_a_state() -> None:
    assert set(AFTER) == set(Status)
    assert {move for moves in AFTER.values() for move in moves} == set(Move)
    assert possible(Status.PROPOSED)[0] is Move.START
    assert Move.CONCLUDE not in possible(Status.PROPOSED), "only dropped, or started"


@pytest.mark.parametrize(
    ("status", "move", "then"),
    [
        (Status.PROPOSED, Move.START, Status.RUNNING),
        (Status.PROPOSED, Move.DROP, Status.CONCLUDED),
        (Status.RUNNING, Move.PAUSE, Status.PAUSED),
        (Status.PAUSED, Move.RESUME, Status.RUNNING),
        (Status.PAUSED, Move.CONCLUDE, Status.CONCLUDED),
        (Status.RUNNING, Move.HAND_ON, Status.RUNNING),
        (Status.CONCLUDED, Move.FOLLOW_UP, Status.CONCLUDED),
    ],
)
def test_where_a_move_leads(status: Status, move: Move, then: Status) -> None:
    assert after(status, move) is then


def test_what_is_concluded_stays_so() -> None:
    assert set(AFTER[Status.CONCLUDED].values()) == {Status.CONCLUDED}
    for move in (Move.START, Move.RESUME, Move.CRITERION, Move.DROP):
        with pytest.raises(ExperimentConcluded):
            after(Status.CONCLUDED, move)


def test_what_is_not_possible_now_says_so() -> None:
    for status in OPEN:
        for move in set(Move) - set(AFTER[status]):
            with pytest.raises(NotNow):
                after(status, move)


@pytest.mark.parametrize(
    ("status", "until", "then"),
    [
        (Status.PAUSED, DAY, Status.RUNNING),
        (Status.PAUSED, date(2026, 3, 4), Status.PAUSED),
        (Status.PAUSED, None, Status.PAUSED),
        (Status.RUNNING, DAY, Status.RUNNING),
        (Status.CONCLUDED, DAY, Status.CONCLUDED),
    ],
)
def test_a_pause_ends_by_itself(status: Status, until: date | None, then: Status) -> None:
    assert stands(status, until, DAY) is then
