"""Token buckets: never faster than Slack allows, and never slower than needed."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.delivery import Operation
from models.domain.pacing import Limit, filled, limits_of, wait_for_one
from tests.clock import MORNING

SECOND = timedelta(seconds=1)


def test_a_post_counts_for_its_channel_and_for_the_workspace() -> None:
    channel, workspace = limits_of(Operation.POST, "C1")
    assert (channel.bucket, channel.per_second, channel.burst) == ("to:C1", 1, 1)
    assert (workspace.bucket, workspace.per_second) == ("post", 5)


def test_two_channels_do_not_share_a_bucket() -> None:
    assert limits_of(Operation.POST, "C1")[0].bucket != limits_of(Operation.POST, "C2")[0].bucket


@pytest.mark.parametrize(
    ("operation", "a_minute"),
    [(Operation.REFRESH, 50), (Operation.READ, 100), (Operation.SHOW, 100)],
)
def test_other_methods_have_their_tiers_rate(operation: Operation, a_minute: int) -> None:
    (limit,) = limits_of(operation, "C1")
    assert limit.per_second * 60 == pytest.approx(a_minute)


def test_what_is_not_done_in_slack_has_no_limit() -> None:
    assert limits_of(Operation.DO, "") == ()


def test_a_bucket_fills_with_time_and_never_overflows() -> None:
    limit = Limit("post", per_second=5, burst=5)
    assert filled(0, MORNING, MORNING + SECOND / 2, limit) == 2.5
    assert filled(4, MORNING, MORNING + 3600 * SECOND, limit) == 5


def test_a_clock_that_went_back_fills_nothing() -> None:
    assert filled(0.25, MORNING, MORNING - 3600 * SECOND, Limit("to:C1", 1)) == 0.25


def test_the_wait_is_as_long_as_one_token_takes() -> None:
    limit = Limit("update", per_second=0.5)
    assert wait_for_one(0, limit) == 2 * SECOND
    assert wait_for_one(0.5, limit) == SECOND
    assert wait_for_one(1, limit) == timedelta(0)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(0, 3), max_size=60), st.sampled_from(sorted({*Operation} - {Operation.DO}))
)
def test_no_stretch_of_time_holds_more_than_burst_and_rate(
    gaps: list[float], operation: Operation
) -> None:
    limit = limits_of(operation, "C1")[0]
    now, tokens, taken = MORNING, limit.burst, []
    for gap in gaps:
        later = now + gap * SECOND
        tokens = filled(tokens, now, later, limit)
        now = later
        if wait_for_one(tokens, limit) == timedelta(0):
            tokens -= 1
            taken.append(now)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            seconds = (taken[last] - start).total_seconds()
            assert last - first + 1 <= limit.burst + seconds * limit.per_second + 1e-6
