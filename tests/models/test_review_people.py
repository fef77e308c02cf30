"""Who takes part in a review, leads it, has it in their calendar, and hears how it ended."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from handlers.calendar_file import calendar_file
from models import places, review_announcing, review_calendar, review_ticks, reviewing, reviews
from models.closing import Wanted
from models.domain.decision import DecisionKind
from models.domain.errors import GuestsMayNot
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind
from models.domain.review_entry import OUTSIDER
from models.domain.standup import Trouble
from models.review_announcing import ReviewsOwn
from models.reviewing import Said
from models.tables import Member, Membership, Notice, Review, Workspace
from tests.models.conftest import NOW, Team
from tests.models.reviewed import BERLIN, DUE, closed, opened, planned, shown
from tests.rows import make_member, make_project


@pytest.fixture
async def peers(led: Team) -> Team:
    """Kim and Lou are scientists of another project."""
    async with led.writing() as session:
        workspace = await session.get_one(Workspace, led.workspace_id)
        other = await make_project(session, workspace)
        for name in ("Kim", "Lou"):
            slack_id = f"U{name.upper()}"
            one = await make_member(
                session, workspace, name=name, slack_id=slack_id, described=True
            )
            role = Role.DATA_SCIENTIST
            session.add(Membership(project_id=other.id, member_id=one.id, role=role))
    return led


async def announced(team: Team, kind: ReviewKind = ReviewKind.PEER) -> int:
    """Ana has planned it, and the tick has told of it."""
    review_id = await planned(team, kind)
    async with team.writing() as session:
        assert await review_ticks.wake(session, review_id, NOW.now) == 1
    return review_id


async def told(team: Team, kind: str) -> Sequence[str]:
    """Who is to be told it, and has not acted."""
    async with team.writing() as session:
        found = await session.scalars(
            select(Member.name)
            .join(Notice, Notice.member_id == Member.id)
            .where(Notice.kind == kind, Notice.done_at.is_(None))
            .order_by(Member.name)
        )
        return found.all()


async def test_a_scientist_of_another_project_is_proposed_and_may_say_no(peers: Team) -> None:
    review_id = await announced(peers)
    facts = await shown(peers, review_id)
    assert ([one.name for one in facts.proposed], facts.seeks_a_peer) == (["Kim"], True)
    assert await told(peers, "review_ahead") == ["Kim"]
    async with peers.writing() as session:
        await review_announcing.stay_out(session, review_id, "UKIM", NOW.now)
    async with peers.writing() as session:
        await review_announcing.take_part(session, review_id, "ULOU", NOW.now)
        await review_announcing.take_part(session, review_id, "ULOU", NOW.now)
    facts = await shown(peers, review_id)
    assert {one.name for one in facts.participants} == {"Ana", "Lou"}
    assert (facts.proposed, OUTSIDER in facts.lacking) == ((), False)
    assert await told(peers, "review_ahead") == []


async def test_the_next_review_asks_somebody_else(peers: Team) -> None:
    await announced(peers)
    async with peers.writing() as session:
        workspace = await session.get_one(Workspace, peers.workspace_id)
        second = await make_project(session, workspace)
        session.add(Membership(project_id=second.id, member_id=peers.ana.id, role=Role.PM))
        await session.flush()
        plan = reviews.Plan(ReviewKind.PEER, second.id, DUE, peers.ana)
        review, _ = await reviews.schedule(session, plan, "UANA", at=NOW)
    async with peers.writing() as session:
        await review_ticks.wake(session, review.id, NOW.now)
    assert [one.name for one in (await shown(peers, review.id)).proposed] == ["Lou"]


async def test_nobody_reviews_their_own_project_and_guests_only_read(peers: Team) -> None:
    review_id = await announced(peers)
    async with peers.writing() as session:
        with pytest.raises(ReviewsOwn):
            await review_announcing.take_part(session, review_id, "UBEN", NOW.now)
        (await session.scalars(select(Member).where(Member.name == "Lou"))).one().limited = True
        await session.flush()
        with pytest.raises(GuestsMayNot):
            await review_announcing.take_part(session, review_id, "ULOU", NOW.now)


async def test_whoever_looks_with_fresh_eyes_answers_as_a_scientist(peers: Team) -> None:
    review_id = await announced(peers)
    async with peers.writing() as session:
        await review_announcing.take_part(session, review_id, "UKIM", NOW.now)
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.open_now(session, hand, zone=BERLIN, at=NOW)
    async with peers.writing() as session:
        taking = await reviewing.take_part(session, review_id, "UKIM")
        await reviewing.answer(session, taking, {"problem_clear": Said(Answer.YES)}, NOW.now)
    line = next(
        one for one in (await shown(peers, review_id)).lines if one.item.key == "problem_clear"
    )
    assert (line.by and line.by.name, line.owed_by[0].name) == ("Kim", "Kim")


async def test_two_who_answer_at_the_same_moment_lose_nothing(led: Team) -> None:
    review_id = await opened(led)
    keys = {"UANA": "timeline_revisited", "UBEN": "contracts"}

    async def says(who: str) -> None:
        async with led.writing() as session:
            taking = await reviewing.take_part(session, review_id, who)
            await reviewing.answer(session, taking, {keys[who]: Said(Answer.YES)}, NOW.now)

    await asyncio.gather(*(says(who) for who in keys))
    lines = {line.item.key: line for line in (await shown(led, review_id)).lines}
    by = {who: lines[key].by for who, key in keys.items()}
    assert {who: one.slack_id for who, one in by.items() if one} == {who: who for who in keys}


async def test_whoever_has_left_leads_nothing(led: Team) -> None:
    review_id = await planned(led)
    async with led.writing() as session:
        (await session.get_one(Member, led.ana.id)).active = False
    async with led.writing() as session:
        assert await review_ticks.wake(session, review_id, NOW.now) == 1
    facts = await shown(led, review_id)
    assert facts.chair is not None
    assert facts.chair.name == "Ben"
    assert "Ben" in await told(led, "review_ahead")


async def test_a_closed_channel_is_told_to_the_chair_and_another_one_is_chosen(led: Team) -> None:
    review_id = await announced(led, ReviewKind.HANDOVER)
    channel = led.project.channel_id or ""
    async with led.writing() as session:
        await places.is_closed_to_us(session, channel, Trouble.ARCHIVED, NOW.now)
    assert await told(led, "review_nowhere") == ["Ana"]
    async with led.writing() as session:
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.move(session, hand, DUE, zone=BERLIN, at=NOW, channel_id="C0OTHER")
    lines = await led.sent(kind="review_planned")
    assert [line.destination for line in lines] == [channel, "C0OTHER"]
    async with led.writing() as session:
        await places.is_open_to_us(session, channel, [Trouble.ARCHIVED], NOW.now)


async def test_a_channel_that_is_back_asks_for_nothing(led: Team) -> None:
    await announced(led, ReviewKind.HANDOVER)
    channel = led.project.channel_id or ""
    async with led.writing() as session:
        await places.is_closed_to_us(session, channel, Trouble.ARCHIVED, NOW.now)
        await places.is_open_to_us(session, channel, [Trouble.ARCHIVED], NOW.now)
    assert await told(led, "review_nowhere") == []


async def test_a_calendar_follows_the_review(led: Team) -> None:
    review_id = await announced(led, ReviewKind.HANDOVER)
    async with led.writing() as session:
        for _ in range(2):
            await review_calendar.order(session, led.ben, review_id, asked="T1", now=NOW.now)
    first = await in_calendar(led, review_id)
    assert (first["METHOD"], first["STATUS"], first["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 0)
    assert str(first["DTSTART"].dt) == f"{DUE} 09:00:00+01:00"
    async with led.writing() as session:
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.move(session, hand, DUE + timedelta(days=20), zone=BERLIN, at=NOW)
        await review_calendar.send_anew(session, hand.review, NOW.now)
    moved = await in_calendar(led, review_id)
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    assert str(moved["DTSTART"].dt).endswith("09:00:00+02:00"), "the clocks have changed"
    async with led.writing() as session:
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.cancel(session, hand, "No longer needed", at=NOW)
    async with led.writing() as session:
        assert await review_ticks.wake(session, review_id, NOW.now) == 1
    gone = await in_calendar(led, review_id)
    assert (gone["METHOD"], gone["STATUS"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    asked = [row.payload["asked"] for row in await led.sent(kind="review_calendar")]
    assert asked == ["T1", "move 1", "move 2"]
    assert await told(led, "review_ahead") == []


async def in_calendar(team: Team, review_id: int) -> dict[str, Any]:
    """What a calendar reads in the file."""
    async with team.writing() as session:
        facts = await review_calendar.appointment(session, review_id)
    read = Calendar.from_ical(calendar_file(facts, NOW.now))
    (event,) = read.walk("VEVENT")
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == ["Europe/Berlin"]
    return {"METHOD": read["METHOD"], **event}


async def test_those_concerned_hear_how_it_ended(led: Team) -> None:
    review_id = await opened(led)
    await closed(led, review_id, Wanted(DecisionKind.NO_GO, "Contracts are open"))
    assert await told(led, "review_ended") == ["Ben"]
    async with led.writing() as session:
        assert (await session.get_one(Review, review_id)).wakes_at is None
