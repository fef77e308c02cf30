"""What becomes of one delivery in a worker's hands."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from models.db import Database
from models.domain.delivery import LEASE, PATIENCE, DeliveryState
from models.domain.errands import ReadPerson
from models.domain.messages import (
    StandupDetail,
    StandupSummary,
)
from models.domain.sending import Parcel, SlackBusy, SlackRefused, Spot
from models.outbox import Post, refresh_all
from models.tables import Delivery
from scheduler.delivery import UNWRITTEN
from tests.clock import FixedClock
from tests.scheduler.process import Process, deliveries, note, one, workspaces, write
from tests.scheduler.slack import Slack

SUMMARY = StandupSummary(run_id=7)
DETAIL = StandupDetail(run_id=7, member_id=1, entry_id=1)


async def refresh(process: Process, workspace: int) -> None:
    async with process.db.writing(workspace) as session:
        await refresh_all(session, [Post(SUMMARY, "C1")], now=process.clock.now())


async def test_sent_with_the_place_where_it_stands(
    process: Process, slack: Slack, workspace: int
) -> None:
    await write(process.db, process.clock.now(), (workspace, note(1), "U1"))
    await process.tick()
    row = await one(process.db)
    assert (row.state, row.slack_channel, row.slack_ts) == (DeliveryState.SENT, "U1", "0")
    assert (row.attempts, row.lease_until, row.sent_at) == (1, None, process.clock.now())
    await process.courier.deliver(row.id)
    assert len(slack.posts) == 1


async def test_two_workspaces_may_ask_the_same(process: Process, workspace: int) -> None:
    (other,) = await workspaces(process.db)
    person = ReadPerson(slack_id="U1")
    await write(process.db, process.clock.now(), (workspace, person, "U1"), (other, person, "U1"))
    await process.tick()
    assert process.asked.learned == [
        (workspace, "person:U1", ["Whoever U1 is"]),
        (other, "person:U1", ["Whoever U1 is"]),
    ]


async def test_what_is_not_wanted_any_more_is_cancelled(
    process: Process, slack: Slack, workspace: int
) -> None:
    process.asked.unwanted["refused:1"] = "answered already"
    await write(process.db, process.clock.now(), (workspace, note(1), "U1"))
    await process.tick()
    row = await one(process.db)
    assert (row.state, row.error, slack.posts) == (DeliveryState.CANCELLED, "answered already", [])


async def test_what_is_too_late_is_cancelled(
    process: Process, slack: Slack, workspace: int
) -> None:
    now = process.clock.now()
    late = now - timedelta(seconds=1)
    await write(process.db, now, (workspace, note(1), "U1"), expires_at=late)
    await process.tick()
    assert ((await one(process.db)).error, slack.posts) == ("its time is over", [])


async def sent_at(process: Process) -> list[datetime]:
    """Tick until everything is over; when it was sent."""
    for _ in range(20_000):
        rows = await deliveries(process.db)
        due = [row.not_before for row in rows if row.state is DeliveryState.WAITING]
        if not due:
            return [row.sent_at for row in rows if row.sent_at]
        process.clock.moment = max(process.clock.moment, min(due))
        await process.tick()
    raise AssertionError("it never ends")


async def test_slack_says_how_long_to_wait(process: Process, slack: Slack, workspace: int) -> None:
    start = process.clock.now()
    slack.answers.append(SlackBusy("ratelimited", retry_after=17, unsure=False))
    await write(process.db, start, (workspace, note(1), "U1"))
    assert await sent_at(process) == [start + timedelta(seconds=17)]
    assert slack.lookups == 0


async def test_waits_twice_as_long_each_time(
    process: Process, slack: Slack, workspace: int
) -> None:
    start = process.clock.now()
    slack.answers.extend(SlackBusy("http 503") for _ in range(12))
    await write(process.db, start, (workspace, note(1), "U1"))
    waits = [min(2 * 2**n, 600) for n in range(12)]
    assert await sent_at(process) == [start + timedelta(seconds=sum(waits))]


async def test_unsure_stays_so_until_somebody_has_looked(
    process: Process, slack: Slack, workspace: int
) -> None:
    """The post arrives, its answer doesn't; then the look-up itself is refused for a while."""
    slack.after.append(SlackBusy("connection reset"))
    await write(process.db, process.clock.now(), (workspace, note(1), "U1"))
    await process.tick()
    slack.answers.append(SlackBusy("ratelimited", retry_after=5, unsure=False))
    await sent_at(process)
    row = await one(process.db)
    assert (row.state, row.slack_ts, row.error) == (DeliveryState.SENT, "0", None)
    assert (slack.lookups, len(slack.posts)) == (1, 1)


async def test_refused_for_good(process: Process, slack: Slack, workspace: int) -> None:
    slack.answers.append(SlackRefused("is_archived"))
    await write(process.db, process.clock.now(), (workspace, note(1), "C1"))
    await sent_at(process)
    row = await one(process.db)
    assert (row.state, row.error) == (DeliveryState.REFUSED, "is_archived")
    assert process.asked.refused == [("refused:1", "is_archived")]


async def test_a_bug_is_given_up_after_five_attempts(
    process: Process, slack: Slack, workspace: int
) -> None:
    slack.answers.extend(KeyError("block") for _ in range(9))
    await write(process.db, process.clock.now(), (workspace, note(1), "C1"))
    await sent_at(process)
    row = await one(process.db)
    assert (row.state, row.error, row.attempts) == (DeliveryState.REFUSED, UNWRITTEN, 5)
    assert process.asked.refused == [("refused:1", UNWRITTEN)]


async def test_a_message_of_another_version_is_refused(process: Process, workspace: int) -> None:
    await write(process.db, process.clock.now(), (workspace, note(1), "C1"))
    async with process.db.writing(None) as session:
        await session.execute(update(Delivery).values(payload={"kind": "from_the_future"}))
    await process.tick()
    assert (await one(process.db)).state is DeliveryState.REFUSED


async def test_a_detail_waits_for_its_summary(
    process: Process, slack: Slack, workspace: int
) -> None:
    slack.answers.append(SlackBusy("ratelimited", retry_after=7, unsure=False))
    await write(
        process.db, process.clock.now(), (workspace, SUMMARY, "C1"), (workspace, DETAIL, "C1")
    )
    await sent_at(process)
    assert slack.subjects == [SUMMARY.subject, DETAIL.subject]
    assert slack.posts[1].thread == Spot("C1", "0")
    assert (await deliveries(process.db))[1].attempts == 1


async def test_a_detail_without_a_summary_is_cancelled(
    process: Process, slack: Slack, workspace: int
) -> None:
    slack.answers.append(SlackRefused("is_archived"))
    await write(
        process.db, process.clock.now(), (workspace, SUMMARY, "C1"), (workspace, DETAIL, "C1")
    )
    await sent_at(process)
    states = [row.state for row in await deliveries(process.db)]
    assert states == [DeliveryState.REFUSED, DeliveryState.CANCELLED]
    await refresh(process, workspace)
    assert len(await deliveries(process.db)) == 2


async def test_a_refresh_changes_what_stands_there(
    process: Process, slack: Slack, workspace: int
) -> None:
    await write(process.db, process.clock.now(), (workspace, SUMMARY, "C1"))
    await refresh(process, workspace)
    assert len(await deliveries(process.db)) == 1  # what waits will show the change
    await process.tick()
    for _ in range(3):
        await refresh(process, workspace)
    assert len(await deliveries(process.db)) == 2
    await process.tick()
    assert slack.refreshed == [(SUMMARY.subject, Spot("C1", "0"))]


async def test_a_refresh_of_a_post_that_may_stand_there_already(
    process: Process, slack: Slack, workspace: int
) -> None:
    """What arrived shows the old words, so the look-up alone would not show the change."""
    slack.after.append(SlackBusy("connection reset"))
    await write(process.db, process.clock.now(), (workspace, SUMMARY, "C1"))
    await process.tick()
    await refresh(process, workspace)
    await sent_at(process)
    assert (len(slack.posts), len(slack.refreshed)) == (1, 1)


async def test_a_refresh_is_overtaken_by_a_newer_one(
    process: Process, slack: Slack, workspace: int
) -> None:
    await write(process.db, process.clock.now(), (workspace, SUMMARY, "C1"))
    await process.tick()
    await refresh(process, workspace)
    (first,) = await process.release()
    await refresh(process, workspace)
    assert await process.release() == []  # the newer one may not pass the one under way
    slack.answers.append(SlackBusy("ratelimited", retry_after=3, unsure=False))
    await process.courier.deliver(first)
    await sent_at(process)
    states = [row.state for row in await deliveries(process.db)]
    assert states == [DeliveryState.SENT, DeliveryState.CANCELLED, DeliveryState.SENT]
    assert len(slack.refreshed) == 1


async def test_a_lease_that_ran_out_before_sending(
    process: Process, slack: Slack, workspace: int
) -> None:
    await write(process.db, process.clock.now(), (workspace, note(1), "U1"))
    (delivery,) = await process.release()
    process.clock.advance(LEASE - timedelta(seconds=1))
    assert await process.release() == []
    process.clock.advance(timedelta(seconds=1))
    assert await process.release() == [delivery]
    await process.courier.deliver(delivery)
    await process.courier.deliver(delivery)
    assert (len(slack.posts), slack.lookups) == (1, 0)


async def test_a_slow_worker_does_not_undo_what_another_has_done(
    database: Database, clock: FixedClock, workspace: int
) -> None:
    """It comes back with a 503 after its lease, when another worker has sent the message."""
    fast = Slack(clock)
    other = Process(database, clock, fast)

    class Slow(Slack):
        async def send(self, parcel: Parcel) -> Spot | None:  # noqa: ARG002
            clock.advance(LEASE)
            await other.tick()
            raise SlackBusy("http 503")

    await write(database, clock.now(), (workspace, note(1), "U1"))
    await Process(database, clock, Slow(clock)).tick()
    row = await one(database)
    assert (row.state, row.attempts, fast.lookups) == (DeliveryState.SENT, 2, 1)


async def test_a_slow_worker_that_has_sent_it_after_all(
    database: Database, clock: FixedClock, workspace: int
) -> None:
    """Two stand in Slack then, as where history can't be read; the row keeps the first that came back."""
    fast = Slack(clock)

    class Slow(Slack):
        async def send(self, parcel: Parcel) -> Spot | None:  # noqa: ARG002
            clock.advance(LEASE)
            await Process(database, clock, fast).tick()
            return Spot("U1", "late")

    await write(database, clock.now(), (workspace, note(1), "U1"))
    await Process(database, clock, Slow(clock)).tick()
    assert (await one(database)).slack_ts == "0"


async def test_slack_is_not_waited_for_longer_than_the_lease(
    process: Process, slack: Slack, workspace: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.delivery.PATIENCE", timedelta(milliseconds=10))
    slack.delay = 5
    await write(process.db, process.clock.now(), (workspace, note(1), "U1"))
    await process.tick()
    row = await one(process.db)
    assert (row.state, row.error) == (DeliveryState.WAITING, "unsure: no answer in time")


def test_the_lease_outlasts_the_patience() -> None:
    assert timedelta(seconds=10) <= LEASE - PATIENCE
