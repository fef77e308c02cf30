"""Channels and people come and go: standups follow, and their owners are told what to do."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from models import leaving, notices, places, standups, steering, telling
from models.domain.errands import ReadChannel
from models.domain.facts_trouble import TroubleFacts
from models.domain.messages import (
    StandupTrouble,
    message_of,
)
from models.domain.project import Role
from models.domain.standup import PromptState, Trouble
from models.people import Profile
from models.tables import Ceremony, Member, Membership, Notice, Prompt
from tests.clock import MORNING
from tests.models.conftest import Team

CHANNEL = "C00000001"
DURING = ((Trouble.ARCHIVED, "is_archived"), (Trouble.REMOVED, "not_in_channel"))


async def standup_of(team: Team) -> Ceremony:
    async with team.db.reading(None) as session:
        return await session.get_one(Ceremony, team.ceremony.id)


async def told(team: Team) -> list[tuple[str, str, str]]:
    """To whom, what, about what or whom."""
    rows = [
        (row.destination, message_of(row.payload))
        for row in await team.sent(kind="standup_trouble")
    ]
    return [
        (to, message.what.value, message.about)
        for to, message in rows
        if isinstance(message, StandupTrouble)
    ]


async def news(team: Team) -> list[tuple[str, str, str]]:
    """What waits for the one message of a day: for whom, what, about what or whom."""
    async with team.db.reading(None) as session:
        rows = await session.execute(
            select(Member.slack_id, Notice.payload)
            .join(Member, Member.id == Notice.member_id)
            .where(Notice.kind == "standup_news")
            .order_by(Notice.id)
        )
        return [(who, said["what"], said["about"]) for who, said in rows]


def profile(slack_id: str, **changes: Any) -> Profile:
    plain = Profile(slack_id, slack_id[1:].title(), "Europe/Berlin", active=True, limited=False)
    return plain._replace(**changes)


@pytest.mark.parametrize(("what", "reason"), DURING)
async def test_where_nothing_can_be_posted_it_waits_and_goes_on_by_itself(
    team: Team, what: Trouble, reason: str
) -> None:
    for _ in range(2):  # Slack may say it twice, in two events
        async with team.writing() as session:
            await places.is_closed_to_us(session, CHANNEL, what, MORNING)
    found = await standup_of(team)
    assert (found.paused, found.pause_reason, found.next_day) == (True, reason, None)
    async with team.writing() as session:
        await places.is_open_to_us(session, "CELSE", list(Trouble)[:3], MORNING)
        await places.is_open_to_us(session, CHANNEL, (what,), MORNING)
    found = await standup_of(team)
    assert (found.paused, found.next_day is None) == (False, False)
    assert await told(team) == [("UANA", what.value, ""), ("UANA", "back", "")]


async def test_at_night_its_owner_sleeps(team: Team) -> None:
    """Ana lives in Berlin; what happens on Friday night is told on Monday at nine."""
    night = datetime(2026, 3, 6, 22, tzinfo=UTC)
    async with team.writing() as session:
        await places.is_closed_to_us(session, CHANNEL, Trouble.ARCHIVED, night)
    (row,) = await team.sent(kind="standup_trouble")
    assert row.not_before == datetime(2026, 3, 9, 8, tzinfo=UTC)


async def test_what_a_person_has_paused_stays_paused(team: Team) -> None:
    async with team.writing() as session:
        await steering.pause(session, team.ceremony.id, by=team.ana, now=MORNING)
        await places.is_closed_to_us(session, CHANNEL, Trouble.DELETED, MORNING)
        await places.is_open_to_us(session, CHANNEL, (Trouble.DELETED,), MORNING)
    assert (await standup_of(team)).paused
    assert await told(team) == []


async def test_a_new_name_changes_nothing_and_is_said(team: Team) -> None:
    async with team.writing() as session:
        await places.is_renamed(session, CHANNEL, "fraud-team", MORNING)
    assert await news(team) == [("UANA", "renamed", "fraud-team")]
    async with team.writing() as session:
        assert await notices.tell_due(session, MORNING) == 1
        (part,) = (await telling.notices_facts(session, team.ana.id, MORNING.date())).parts
        assert isinstance(part, TroubleFacts)
        assert (part.what, part.about, part.channel_id) == ("renamed", "fraud-team", CHANNEL)


async def test_who_is_deactivated_is_not_waited_for_and_the_owner_hears_of_it(team: Team) -> None:
    async with team.writing() as session:
        await leaving.person_changed(session, profile("UBEN", active=False), MORNING)
        await leaving.person_changed(session, profile("UBEN", active=False), MORNING)
        await leaving.person_changed(session, profile("UELSE", active=False), MORNING)
    async with team.db.reading(None) as session:
        prompt = await session.get_one(Prompt, team.asks_ben.id)
    assert (prompt.state, prompt.shown) == (PromptState.PASSED_OVER, False)
    assert await news(team) == [("UANA", "left", "Ben")]


@pytest.mark.parametrize("pm", [True, False])
async def test_an_owner_who_leaves_has_an_heir(team: Team, pm: bool) -> None:
    async with team.writing() as session:
        boss = Member(slack_id="UBOSS", name="Boss", tz="UTC", workdays="mon", created_at=MORNING)
        session.add(boss)
        await session.flush()
        await session.execute(update(Ceremony).values(project_id=team.project.id))
        if pm:
            session.add(Membership(project_id=team.project.id, member_id=boss.id, role=Role.PM))
            await session.flush()
        await leaving.person_changed(session, profile("UANA", active=False), MORNING)
    heir = "UBOSS" if pm else "UBEN"
    assert await told(team) == [(heir, "yours", "Ana")]
    async with team.db.reading(None) as session:
        owner = await session.get_one(Member, (await standup_of(team)).owner_id)
    assert owner.slack_id == heir


async def test_where_nobody_is_left_nobody_is_told(team: Team) -> None:
    async with team.writing() as session:
        await leaving.person_changed(session, profile("UBEN", active=False), MORNING)
        await leaving.person_changed(session, profile("UANA", active=False), MORNING)
    assert await news(team) == [("UANA", "left", "Ben")]
    assert (await standup_of(team)).owner_id == team.ana.id


async def test_guests_are_not_asked_where_everyone_is_and_the_owner_is_told_once(
    team: Team,
) -> None:
    async with team.writing() as session:
        await session.execute(update(Ceremony).values(whole_channel=True))
        await leaving.person_changed(session, profile("UBEN", limited=True), MORNING)
    reads = await team.sent(kind="read_channel")
    assert [row.payload["ceremony_id"] for row in reads] == [team.ceremony.id]
    for _ in range(2):
        async with team.writing() as session:
            people = (await session.scalars(select(Member).order_by(Member.id))).all()
            read = ReadChannel(ceremony_id=team.ceremony.id)
            await standups.channel_is_known(session, read, people, MORNING)
    async with team.writing() as session:
        page = await standups.page_of(session, team.ceremony.id)
    assert [person.name for person in page.people] == ["Ana"]
    assert await news(team) == [("UANA", "guests", "")]
