"""Setting a standup up, changing it, and what follows when Slack has said who is there."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import asking, replies, roster, standups
from models.asks import is_asked
from models.domain.errands import ReadChannel, ReadPerson
from models.domain.errors import Unknown
from models.domain.messages import (
    Message,
    StandupIsSet,
    StandupPrompt,
    StandupSummary,
    message_of,
)
from models.people import Profile
from models.standups import Plan
from models.tables import Ceremony, Event, Member, Run
from tests.clock import MORNING
from tests.models.conftest import Team, make_team

LATER = MORNING + timedelta(minutes=1)
PLAN = Plan("CNEW", None, (), ("tue", "thu"), time(9, 30), "Europe/Berlin")


def profile(slack_id: str, tz: str = "Europe/Berlin", **changes: Any) -> Profile:
    return Profile(slack_id, slack_id.title(), tz, active=True, limited=False)._replace(**changes)


async def set_up(team: Team, plan: Plan = PLAN, **options: Any) -> Ceremony:
    async with team.writing() as session:
        by = await session.get_one(type(team.ana), team.ana.id)
        return await standups.set_up(session, plan, by=by, now=MORNING, **options)


async def slack_says(
    team: Team, message: Message, *profiles: Profile, now: datetime = LATER
) -> None:
    async with team.writing() as session:
        await replies.learned(session, message, profiles, now)


async def page(team: Team, ceremony: Ceremony) -> Any:
    async with team.db.reading(team.workspace_id) as session:
        return await standups.page_of(session, ceremony.id)


async def messages(team: Team, kind: type[Any]) -> Sequence[Message]:
    found = [message_of(row.payload) for row in await team.sent()]
    return [message for message in found if isinstance(message, kind)]


async def test_a_new_standup_asks_slack_first_who_is_there(team: Team) -> None:
    ceremony = await set_up(team)
    shown = await page(team, ceremony)
    assert (shown.people, shown.next_day, shown.whole_channel) == ((), None, True)
    assert await messages(team, ReadChannel) == [ReadChannel(ceremony_id=ceremony.id)]
    async with team.db.reading(team.workspace_id) as session:
        (event,) = await session.scalars(select(Event))
    assert (event.kind, event.by_id, event.data) == (
        "standup_set",
        team.ana.id,
        {"channel": "CNEW"},
    )


async def test_when_slack_has_said_it_is_planned_and_its_owner_is_told(team: Team) -> None:
    ceremony = await set_up(team)
    here = (profile("U1"), profile("U2", active=False), profile("U3", "Asia/Tokyo"))
    await slack_says(team, ReadChannel(ceremony_id=ceremony.id), *here)
    shown = await page(team, ceremony)
    assert [person.slack_id for person in shown.people] == ["U1", "U3"]
    assert shown.next_day == date(2026, 3, 5)  # this Tuesday's half past nine is over in Tokyo
    assert await messages(team, StandupIsSet) == [StandupIsSet(ceremony_id=ceremony.id)]


async def test_slack_is_asked_who_the_chosen_people_are(team: Team) -> None:
    chosen = Plan("CNEW", team.project.id, ("UBEN", "UNEW"), ("mon",), time(8), "Europe/Berlin")
    ceremony = await set_up(team, chosen)
    assert await messages(team, ReadChannel) == [
        ReadChannel(ceremony_id=ceremony.id, people=("UBEN", "UNEW"))
    ]
    found = (profile("UBEN"), profile("UNEW"))
    read = ReadChannel(ceremony_id=ceremony.id, people=("UBEN", "UNEW"))
    await slack_says(team, ReadChannel(ceremony_id=ceremony.id), profile("UELSE"))  # from before
    await slack_says(team, read, *found)
    shown = await page(team, ceremony)
    assert [person.slack_id for person in shown.people] == ["UBEN", "UNEW"]
    assert (shown.project_id, shown.days, shown.local_time) == (team.project.id, ("mon",), "08:00")
    assert (shown.next_day, shown.whole_channel) == (date(2026, 3, 9), False)


async def test_run_now_opens_when_it_is_known_whom_to_ask(team: Team) -> None:
    ceremony = await set_up(team, run_now=True)
    async with team.db.reading(team.workspace_id) as session:
        assert await session.scalar(select(Run.id).where(Run.ceremony_id == ceremony.id)) is None
    await slack_says(team, ReadChannel(ceremony_id=ceremony.id), profile("U1"))
    async with team.db.reading(team.workspace_id) as session:
        run = (await session.scalars(select(Run).where(Run.ceremony_id == ceremony.id))).one()
        row = await session.get_one(Ceremony, ceremony.id)
    assert (run.slot, run.day) == ("2026-03-03T09:31", date(2026, 3, 3))
    assert row.run_now_at is None


async def test_the_channels_standup_is_changed_not_doubled(team: Team) -> None:
    first = await set_up(team)
    await slack_says(team, ReadChannel(ceremony_id=first.id), profile("U1"))
    changed = Plan("CNEW", None, (), ("fri",), time(10), "Europe/Berlin")
    second = await set_up(team, changed, ceremony_id=first.id)
    assert second.id == first.id
    await slack_says(
        team, ReadChannel(ceremony_id=first.id), profile("U1"), now=LATER + timedelta(1)
    )
    shown = await page(team, first)
    assert (shown.days, shown.next_day) == (("fri",), date(2026, 3, 6))
    assert len(await messages(team, StandupIsSet)) == 2
    async with team.db.reading(team.workspace_id) as session:
        assert await standups.in_channel(session, "CNEW") == [shown]
        assert await standups.in_channel(session, "CELSE") == []


async def test_whether_a_standup_asks_somebody_about_a_project(team: Team) -> None:
    async with team.writing() as session:
        general = await session.get_one(Ceremony, team.ceremony.id)
        people = [await session.get_one(Member, one.id) for one in (team.ana, team.ben)]
        await roster.ask_these(session, general, people[:1], observers=people[1:])
        general.project_id = None
        await session.flush()
        assert await is_asked(session, team.ana.id, team.project.id)
        assert not await is_asked(session, team.ben.id, team.project.id)
        general.project_id = team.project.id
        await session.flush()
        assert await is_asked(session, team.ana.id, team.project.id)
        assert not await is_asked(session, team.ana.id, team.project.id + 1)


async def test_who_joins_is_asked_but_the_owner_is_not_told_again(team: Team) -> None:
    ceremony = await set_up(team)
    await slack_says(team, ReadChannel(ceremony_id=ceremony.id), profile("U1"))
    async with team.writing() as session:
        await standups.read_again(session, "CNEW", LATER)
        await standups.read_again(session, "CELSE", LATER)
    assert len(await messages(team, ReadChannel)) == 2
    far = profile("U2", "Pacific/Auckland")
    await slack_says(team, ReadChannel(ceremony_id=ceremony.id), profile("U1"), far)
    shown = await page(team, ceremony)
    assert len(shown.people) == 2
    assert len(await messages(team, StandupIsSet)) == 1
    async with team.db.reading(team.workspace_id) as session:
        row = await session.get_one(Ceremony, ceremony.id)
    assert row.opens_at == datetime(2026, 3, 4, 20, 30, tzinfo=UTC)


async def test_a_standup_of_chosen_people_does_not_follow_the_channel(team: Team) -> None:
    chosen = Plan("CNEW", None, ("UBEN",), ("mon",), time(8), "Europe/Berlin")
    await set_up(team, chosen)
    async with team.writing() as session:
        await standups.read_again(session, "CNEW", LATER)
    assert len(await messages(team, ReadChannel)) == 1


async def test_an_empty_channel_plans_nothing_but_says_so(team: Team) -> None:
    ceremony = await set_up(team, run_now=True)
    await slack_says(team, ReadChannel(ceremony_id=ceremony.id))
    assert (await page(team, ceremony)).next_day is None
    assert len(await messages(team, StandupIsSet)) == 1


async def test_who_moves_is_asked_in_the_new_morning(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Ceremony, team.ceremony.id)
        row.next_day, row.opens_at = date(2026, 3, 5), datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
    await slack_says(team, ReadPerson(slack_id="UANA"), profile("UANA", "Pacific/Auckland"))
    async with team.db.reading(team.workspace_id) as session:
        row = await session.get_one(Ceremony, team.ceremony.id)
    assert (row.next_day, row.opens_at) == (
        date(2026, 3, 5),
        datetime(2026, 3, 4, 20, 30, tzinfo=UTC),
    )


async def test_what_is_read_decides_what_follows(team: Team) -> None:
    with pytest.raises(TypeError, match="nothing is read for standup_summary"):
        await slack_says(team, StandupSummary(run_id=1))
    async with team.writing() as session:
        asked = StandupPrompt(prompt_id=team.asks_ana.id)
        assert await replies.why_not(session, asked, MORNING) is None
        closed = await replies.why_not(session, asked, team.asks_ana.closes_at)
        assert closed == await asking.why_not_ask(
            session, team.asks_ana.id, team.asks_ana.closes_at
        )
        assert await replies.why_not(session, StandupSummary(run_id=1), MORNING) is None


async def test_another_workspaces_standup_is_unknown(team: Team) -> None:
    theirs = await make_team(team.db)
    async with team.db.reading(team.workspace_id) as session:
        with pytest.raises(Unknown):
            await standups.page_of(session, theirs.ceremony.id)
