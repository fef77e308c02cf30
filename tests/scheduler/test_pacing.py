"""How fast messages leave: Slack's limits, fairness, priority, and nothing after a pause but the usual."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from models.deliveries import next_due
from models.domain.errands import ReadPerson
from models.domain.messages import (
    StandupSummary,
)
from models.release import AT_ONCE
from scheduler.jobs import release_due
from tests.scheduler.process import Process, note, workspaces, write
from tests.scheduler.slack import Posted, Slack

SECOND = timedelta(seconds=1)


def most_within(posts: list[Posted], span: timedelta) -> int:
    """The most posts in any stretch of time of that length."""
    moments = sorted(post.at for post in posts)
    return max(sum(start <= at < start + span for at in moments) for start in moments)


async def run_like_the_ticker(process: Process, until: datetime) -> int:
    """Tick about every second, and when the last tick said that it is worth it. Returns the ticks."""
    jitter = [timedelta(milliseconds=n) for n in (0, -3, 2, 4, -1, 7, -6)]
    beat, count = process.clock.now(), 0
    while process.clock.now() < until:
        process.by_hand.ids = []
        soon = await release_due(process.db, process.by_hand, process.clock.now())
        for delivery_id in process.by_hand.ids:
            await process.courier.deliver(delivery_id)
        count += 1
        while beat <= process.clock.now():
            beat += SECOND + jitter[count % len(jitter)]
        early = process.clock.now() + (soon or SECOND)
        process.clock.moment = min(beat, early)
    return count


async def test_one_message_a_second_and_channel(process: Process, slack: Slack) -> None:
    (workspace,) = await workspaces(process.db)
    await write(process.db, process.clock.now(), *((workspace, note(n), "C1") for n in range(20)))
    await process.run(seconds=20, every=0.25)
    assert len(slack.posts) == 20
    assert min(b.at - a.at for a, b in pairwise(slack.posts)) >= SECOND
    assert slack.subjects == [note(n).subject for n in range(20)]


async def test_five_a_second_and_workspace(process: Process, slack: Slack) -> None:
    (workspace,) = await workspaces(process.db)
    posts = ((workspace, note(n), f"U{n}") for n in range(60))
    await write(process.db, process.clock.now(), *posts)
    await process.run(seconds=12, every=0.25)
    assert len(slack.posts) == 60
    assert most_within(slack.posts, SECOND) <= 10  # five that were saved up and five that flow in
    assert most_within(slack.posts, 5 * SECOND) <= 30


async def test_the_permitted_rate_is_reached(process: Process, slack: Slack) -> None:
    """A beat that comes a few milliseconds before the slot must not lose the whole second."""
    (workspace,) = await workspaces(process.db)
    await write(process.db, process.clock.now(), *((workspace, note(n), "C1") for n in range(50)))
    ticks = await run_like_the_ticker(process, process.clock.now() + 40 * SECOND)
    assert len(slack.posts) >= 40 * 0.95
    assert ticks < 40 * 3


async def test_no_burst_after_a_pause(process: Process, slack: Slack) -> None:
    (workspace,) = await workspaces(process.db)
    posts = ((workspace, note(n), f"U{n % 40}") for n in range(80))
    await write(process.db, process.clock.now(), *posts)
    await process.run(seconds=2)
    process.clock.advance(5 * SECOND)
    before = len(slack.posts)
    await process.tick()
    assert len(slack.posts) - before == 5
    assert max(Counter(post.to for post in slack.posts[before:]).values()) == 1


async def test_refreshes_and_reads_have_their_own_pace(process: Process, slack: Slack) -> None:
    (workspace,) = await workspaces(process.db)
    people = [ReadPerson(slack_id=f"U{n}") for n in range(9)]
    await write(
        process.db,
        process.clock.now(),
        *((workspace, person, person.slack_id) for person in people),
        *((workspace, note(n), f"C{n}") for n in range(5)),
    )
    await process.tick()
    assert (len(process.asked.learned), len(slack.posts)) == (5, 5)
    await process.run(seconds=3)
    assert len(process.asked.learned) == 9


async def test_a_big_workspace_does_not_hold_up_a_small_one(process: Process, slack: Slack) -> None:
    big, small = await workspaces(process.db, 2)
    now = process.clock.now()
    await write(process.db, now, *((big, note(n), f"U{n}") for n in range(3 * AT_ONCE)))
    await write(process.db, now, *((small, note(n), f"U{n}") for n in range(3)))
    await process.tick()
    assert Counter(post.workspace_id for post in slack.posts) == {big: 5, small: 3}


async def test_people_before_channels(process: Process, slack: Slack) -> None:
    (workspace,) = await workspaces(process.db)
    now = process.clock.now()
    summaries = [StandupSummary(run_id=n) for n in range(6)]
    await write(
        process.db, now, *((workspace, message, f"C{n}") for n, message in enumerate(summaries))
    )
    await write(process.db, now, *((workspace, note(n), f"U{n}") for n in range(3)))
    await process.tick()
    assert [post.to for post in slack.posts] == ["U0", "U1", "U2", "C0", "C1"]


async def test_no_more_wait_in_the_engine_than_workers_can_take(process: Process) -> None:
    ids = await workspaces(process.db, 110)
    now = process.clock.now()
    await write(
        process.db, now, *((workspace, note(n), f"U{n}") for n in range(3) for workspace in ids)
    )
    assert len(await process.release()) == AT_ONCE
    process.clock.advance(SECOND)
    assert await process.release() == []
    for delivery_id in range(1, 11):
        await process.courier.deliver(delivery_id)
    assert len(await process.release()) == 10


async def test_what_has_no_slot_says_when_to_look_again(process: Process) -> None:
    (workspace,) = await workspaces(process.db)
    now = process.clock.now()
    await write(process.db, now, *((workspace, note(n), "C1") for n in range(3)))
    soon = await release_due(process.db, process.by_hand, now)
    assert soon == SECOND
    async with process.db.reading(None) as session:
        assert await next_due(session) == now + SECOND
