"""A digest is scheduled for a channel, posted once a slot, late for a day, and read again later."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import agenda, digests, posting
from models.db import Database
from models.digests import Schedule
from models.domain.clock import Moment
from models.domain.delivery import DeliveryState
from models.domain.findings.kinds import Kind
from models.snoozes import PutOff, put_off
from models.tables import Ceremony, Delivery, Digest, Event, Experiment, Project
from scheduler.steps import digests_due
from tests.models.conftest import Team
from tests.rows import make_experiment

THURSDAY = datetime(2026, 2, 5, 14, tzinfo=UTC)
"""15:00 in Berlin."""
MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)


async def schedule(team: Team, **changes: Any) -> None:
    plan = Schedule("C00000001", None, ("thu",), time(15), "Europe/Berlin")._replace(**changes)
    async with team.writing() as session:
        await digests.schedule(session, plan, by=team.ana, now=MONDAY)


async def posted(team: Team) -> list[Digest]:
    async with team.db.reading(None) as session:
        return list(await session.scalars(select(Digest).order_by(Digest.id)))


async def test_it_comes_on_its_day_and_once_whoever_ticks(team: Team, database_url: str) -> None:
    await schedule(team)
    assert await digests_due(team.db, THURSDAY - timedelta(seconds=1)) == 0
    other = Database(database_url)
    assert await digests_due(team.db, THURSDAY) == 1
    assert await digests_due(other, THURSDAY) == 0
    await other.close()
    (digest,) = await posted(team)
    assert (digest.slot, digest.as_of, digest.content["late"]) == (
        "2026-02-05",
        date(2026, 2, 5),
        False,
    )
    (message,) = await team.sent(kind="stalled_digest")
    assert message.destination == "C00000001"
    async with team.db.reading(None) as session:
        assert await agenda.next_due(session, THURSDAY) == THURSDAY + timedelta(days=7)


async def test_two_that_read_it_at_once_post_it_once(team: Team) -> None:
    await schedule(team)
    async with team.db.reading(None) as session:
        (due,) = await digests.due(session, THURSDAY)
    async with team.db.reading(due.workspace_id) as session:
        content = await posting.compose(session, due)
    for expected in (True, False):
        async with team.writing() as session:
            assert await digests.claim(session, due, content, THURSDAY) is expected
    assert len(await posted(team)) == 1


async def test_after_a_short_downtime_it_comes_late_and_says_so(team: Team) -> None:
    await schedule(team)
    await digests_due(team.db, THURSDAY + timedelta(hours=20))
    (digest,) = await posted(team)
    assert digest.content["late"] is True
    assert digest.as_of == date(2026, 2, 5)


async def test_after_a_day_its_slot_is_skipped_and_the_chronicle_says_so(team: Team) -> None:
    await schedule(team)
    await digests_due(team.db, THURSDAY + timedelta(days=2))
    assert await posted(team) == []
    async with team.db.reading(team.workspace_id) as session:
        kinds = set(await session.scalars(select(Event.kind)))
        assert "digest_skipped" in kinds
        assert await agenda.next_due(session, THURSDAY) == THURSDAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2026, 3, 26), "2026-03-26T14:00Z"), (date(2026, 4, 2), "2026-04-02T13:00Z")],
)
async def test_it_follows_the_clocks_on_the_wall(team: Team, day: date, due: str) -> None:
    """Germany's clocks change on 29 March 2026: 15:00 stays 15:00."""
    await schedule(team)
    async with team.writing() as session:
        ceremony = await session.scalar(select(Ceremony).where(Ceremony.kind == "digest_stalled"))
        assert ceremony is not None
        digests.plan(ceremony, after=day - timedelta(days=1), now=datetime(2026, 1, 1, tzinfo=UTC))
        assert ceremony.opens_at == datetime.fromisoformat(due)


async def test_changed_it_keeps_one_schedule_and_stopped_it_has_none(team: Team) -> None:
    await schedule(team)
    await schedule(team, days=("mon",), local_time=time(9))
    async with team.db.reading(team.workspace_id) as session:
        page = await digests.in_channel(session, "C00000001")
        assert page is not None
        assert (page.days, page.local_time, page.next_day) == (("mon",), "09:00", date(2026, 2, 9))
    async with team.writing() as session:
        assert await digests.stop(session, "C00000001", by=team.ana, now=MONDAY)
        assert not await digests.stop(session, "C00000001", by=team.ana, now=MONDAY)
        assert await digests.in_channel(session, "C00000001") is None
        assert await agenda.next_due(session, MONDAY) == team.ceremony.opens_at


async def overdue(team: Team, started: date) -> Experiment:
    """An experiment of Ana's that is past its timebox on THURSDAY."""
    async with team.writing() as session:
        project = await session.get_one(Project, team.project.id)
        await session.refresh(project, ["metrics"])
        return await make_experiment(
            session, project, team.ana, title="Slow one", timebox_days=3, started_on=started
        )


def subjects(digest: Digest) -> set[str]:
    return {line["subject"] for line in digest.content["lines"]}


async def test_a_finding_is_said_when_new_and_again_after_a_week(team: Team) -> None:
    await schedule(team, days=("thu", "fri"))
    slow = await overdue(team, date(2026, 1, 26))
    for days in (0, 1, 7):
        await digests_due(team.db, THURSDAY + timedelta(days=days))
    first, next_day, next_week = await posted(team)
    ref = f"experiment:{slow.id}"
    assert ref in subjects(first)
    assert ref not in subjects(next_day)
    assert ref in {one["subject"] for one in next_day.content["on"]}
    assert ref in subjects(next_week)


async def test_what_was_gone_in_between_is_new_again(team: Team) -> None:
    await schedule(team, days=("wed", "thu", "fri"))
    slow = await overdue(team, date(2026, 1, 26))
    await digests_due(team.db, THURSDAY - timedelta(days=1))
    async with team.writing() as session:
        (await session.get_one(Experiment, slow.id)).timebox_days = 60
    await digests_due(team.db, THURSDAY)
    async with team.writing() as session:
        (await session.get_one(Experiment, slow.id)).timebox_days = 3
    await digests_due(team.db, THURSDAY + timedelta(days=1))
    said = [f"experiment:{slow.id}" in subjects(one) for one in await posted(team)]
    assert said == [True, False, True]


async def test_what_is_settled_by_now_stands_apart_in_a_posted_digest(team: Team) -> None:
    await schedule(team)
    slow = await overdue(team, date(2026, 1, 26))
    await digests_due(team.db, THURSDAY)
    (digest,) = await posted(team)
    async with team.db.reading(team.workspace_id) as session:
        before = await posting.facts(session, digest.id, Moment(THURSDAY, date(2026, 2, 5)))
    assert slow.id in {one.subject.experiment_id for one in before.findings}
    async with team.writing() as session:
        (await session.get_one(Experiment, slow.id)).timebox_days = 60
    async with team.db.reading(team.workspace_id) as session:
        after = await posting.facts(session, digest.id, Moment(THURSDAY, date(2026, 2, 6)))
    assert after.as_of == date(2026, 2, 5)
    assert after.settled == (f"Slow one (FRAUD-{slow.number})",)


async def test_what_was_put_off_is_silent_until_its_date(team: Team) -> None:
    await schedule(team, days=("wed", "thu", "fri"))
    slow = await overdue(team, date(2026, 1, 26))
    ref = f"experiment:{slow.id}"
    async with team.writing() as session:
        putting = PutOff(ref, (Kind.OVERDUE,), date(2026, 2, 6), "The labels come on Friday")
        await put_off(session, putting, by=team.ana, now=MONDAY)
    for days in (0, 1):
        await digests_due(team.db, THURSDAY + timedelta(days=days))
    kinds = [
        {one["subject"]: one["kinds"] for one in digest.content["lines"]}.get(ref, [])
        for digest in await posted(team)
    ]
    assert "overdue" not in kinds[0]
    assert "overdue" in kinds[1]


async def test_somebody_who_acted_has_the_digest_brought_up_to_date(team: Team) -> None:
    await schedule(team)
    await digests_due(team.db, THURSDAY)
    (digest,) = await posted(team)
    async with team.db.writing(None) as session:
        for row in await session.scalars(select(Delivery)):
            row.state, row.sent_at = DeliveryState.SENT, THURSDAY
    async with team.writing() as session:
        await posting.acted_on(session, digest.id, THURSDAY)
        await posting.acted_on(session, 0, THURSDAY)
    operations = [row.operation.value for row in await team.sent(kind="stalled_digest")]
    assert operations == ["post", "refresh"]
