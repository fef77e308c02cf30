"""How long a message waits for its next attempt, and what is known of the last one."""

from datetime import timedelta

import pytest

from models.domain.delivery import (
    IN_HAND,
    LEASE,
    LONGEST_RETRY,
    OPEN,
    PATIENCE,
    DeliveryState,
    is_unsure,
    retry_at,
)
from models.domain.sending import SlackBusy, SlackRefused
from tests.clock import MORNING


def test_each_attempt_waits_twice_as_long_up_to_ten_minutes() -> None:
    waits = [(retry_at(MORNING, attempts) - MORNING).total_seconds() for attempts in range(1, 13)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]
    assert retry_at(MORNING, 10_000) == MORNING + LONGEST_RETRY


@pytest.mark.parametrize("seconds", [0, 1, 30, 3_600])
def test_what_slack_asks_for_goes_before_our_own_patience(seconds: float) -> None:
    assert retry_at(MORNING, 9, seconds) == MORNING + timedelta(seconds=seconds)


def test_only_an_attempt_that_may_have_arrived_is_unsure() -> None:
    assert is_unsure("unsure: the worker was interrupted")
    assert not is_unsure("ratelimited")
    assert not is_unsure(None)


def test_slack_is_waited_for_less_long_than_a_lease_lasts() -> None:
    assert PATIENCE < LEASE


def test_what_is_in_somebodys_hands_is_open() -> None:
    assert set(IN_HAND) < set(OPEN)
    assert set(DeliveryState) - set(OPEN) == {
        DeliveryState.SENT,
        DeliveryState.REFUSED,
        DeliveryState.CANCELLED,
    }


def test_errors_of_slack_carry_its_words() -> None:
    busy = SlackBusy("ratelimited", retry_after=30, unsure=False)
    assert (str(busy), busy.reason, busy.retry_after, busy.unsure) == (
        "ratelimited",
        "ratelimited",
        30,
        False,
    )
    assert SlackBusy("internal_error").unsure
    assert SlackRefused("not_in_channel").error == "not_in_channel"
