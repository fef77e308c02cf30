"""Leadership digests are posted once and kept with their numbers; PMs are told before and after."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import composing, digests, leader_notes, leadership_posts, leadership_told, telling
from models.db import Database
from models.digests import Schedule
from models.domain.clock import Moment
from models.domain.digest import DigestKind
from models.domain.errors import Unknown
from models.domain.facts_notices import DraftTold, Untold, ValueAsked
from models.domain.leadership_gaps import Lacks
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.leader_notes import NOTHING, Note
from models.search import AsOf
from models.tables import Ceremony, Digest, LeaderNote, Member, Membership, Metric, Notice, Project
from scheduler.steps import digests_due
from tests.models.conftest import Team
from tests.queries import count_queries

FRIDAY = datetime(2026, 3, 6, 8, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
"""09:00 in Berlin."""
CHANNEL = "C0LEADERS"


async def schedule(team: Team, now: datetime = MONDAY - timedelta(days=5), **changes: Any) -> None:
    """A leadership digest on Mondays at 09:00; Ana is the project's PM."""
    wanted = Schedule(
        CHANNEL, None, ("mon",), time(9), "Europe/Berlin", DigestKind.LEADERSHIP
    )._replace(**changes)
    async with team.writing() as session:
        if await session.scalar(select(Membership.id)) is None:
            session.add(Membership(project_id=team.project.id, member_id=team.ana.id, role=Role.PM))
        ana = await session.get_one(Member, team.ana.id)
        ana.described = True
        await composing.schedule(session, wanted, by=team.ana, now=now)


async def kept(team: Team) -> list[Digest]:
    async with team.db.reading(None) as session:
        return list(await session.scalars(select(Digest).order_by(Digest.id)))


async def notices(team: Team, kind: str) -> list[Notice]:
    async with team.db.reading(None) as session:
        return list(
            await session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id))
        )


async def test_it_comes_on_monday_once_and_its_numbers_are_kept(team: Team) -> None:
    await schedule(team)
    assert await digests_due(team.db, MONDAY - timedelta(seconds=1)) == 0
    assert await digests_due(team.db, MONDAY) == 1
    assert await digests_due(team.db, MONDAY) == 0
    (digest,) = await kept(team)
    (project,) = digest.content["facts"]["projects"]
    assert (project["name"], project["what"]["today"], project["what"]["needed"]) == (
        "Fraud detection",
        0.54,
        0.7,
    )
    (message,) = await team.sent(kind="leadership_digest")
    assert message.destination == CHANNEL
    async with team.db.reading(team.workspace_id) as session:
        facts = await leadership_posts.facts(session, digest.id)
        assert facts.as_of == MONDAY.date()
        assert not facts.late
        with pytest.raises(Unknown):
            await leadership_posts.facts(session, 99)


async def test_when_nothing_changed_it_is_sent_all_the_same_in_a_line(team: Team) -> None:
    await schedule(team)
    for week in range(2):
        assert await digests_due(team.db, MONDAY + timedelta(weeks=week)) == 1
    first, second = await kept(team)
    assert first.content["facts"]["before"] is None
    assert second.content["facts"]["before"] == "2026-03-09"
    assert second.content["facts"]["projects"][0]["unchanged"]


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2026, 3, 23), "2026-03-23T08:00Z"), (date(2026, 3, 30), "2026-03-30T07:00Z")],
)
async def test_nine_o_clock_stays_nine_when_clocks_change(team: Team, day: date, due: str) -> None:
    """Germany's clocks change on 29 March 2026."""
    await schedule(team, now=datetime.combine(day, time(1), UTC) - timedelta(days=4))
    async with team.db.reading(team.workspace_id) as session:
        ceremony = await digests.of_channel(session, CHANNEL, DigestKind.LEADERSHIP)
        assert ceremony is not None
        assert ceremony.opens_at == datetime.fromisoformat(due)
    (draft,) = await notices(team, "leaders_draft")
    assert draft.due_at == datetime.combine(day - timedelta(days=3), time(8), UTC), "still winter"


async def test_a_pm_is_told_on_friday_and_reads_what_is_missing(team: Team) -> None:
    await schedule(team)
    (draft,) = await notices(team, "leaders_draft")
    assert (draft.member_id, draft.due_at) == (team.ana.id, FRIDAY)
    async with team.writing() as session:
        (await session.get_one(Notice, draft.id)).told_on = FRIDAY.date()
    async with team.db.reading(team.workspace_id) as session:
        facts = await telling.notices_facts(session, team.ana.id, FRIDAY.date())
    ((told),) = facts.parts
    assert isinstance(told, DraftTold)
    assert told.on == MONDAY.date()
    assert told.projects == (("Fraud detection", (Lacks.VALUE, Lacks.WHEN, Lacks.LIKELY)),)
    await digests_due(team.db, MONDAY)
    assert [one.due_at for one in await notices(team, "leaders_draft")] == [
        FRIDAY,
        FRIDAY + timedelta(weeks=1),
    ]
    async with team.db.reading(team.workspace_id) as session:
        facts = await telling.notices_facts(session, team.ana.id, FRIDAY.date())
    assert facts.parts == (), "it was posted"


async def test_a_pm_is_told_when_their_own_day_begins(team: Team) -> None:
    """Else it came behind that day's one message, on Monday, with the digest (domain §10)."""
    async with team.writing() as session:
        (await session.get_one(Member, team.ana.id)).tz = "Asia/Kolkata"
    await schedule(team)
    (draft,) = await notices(team, "leaders_draft")
    assert draft.due_at == datetime(2026, 3, 6, 3, 30, tzinfo=UTC)


async def test_another_day_or_none_takes_the_draft_back(team: Team) -> None:
    await schedule(team)
    await schedule(team, days=("wed",))
    monday, wednesday = await notices(team, "leaders_draft")
    assert monday.done_at is not None
    assert wednesday.due_at == datetime(2026, 3, 10, 8, tzinfo=UTC)
    async with team.writing() as session:
        stopped = await composing.stop(
            session, CHANNEL, DigestKind.LEADERSHIP, by=team.ana, now=FRIDAY
        )
        assert stopped
        again = await composing.stop(
            session, CHANNEL, DigestKind.LEADERSHIP, by=team.ana, now=FRIDAY
        )
        assert not again
    assert all(one.done_at for one in await notices(team, "leaders_draft"))
    async with team.db.reading(team.workspace_id) as session:
        with pytest.raises(Unknown):
            await leadership_told.draft_for(session, "UANA", 99)


async def test_a_digest_of_one_project_is_shown_to_its_pm_alone(team: Team) -> None:
    await schedule(team, project_id=team.project.id)
    (draft,) = await notices(team, "leaders_draft")
    assert draft.member_id == team.ana.id
    async with team.db.reading(team.workspace_id) as session:
        ceremony_id = int(draft.payload["ceremony_id"])
        mine = await leadership_told.draft_for(session, "UANA", ceremony_id)
        assert [one.name for one in mine.projects] == ["Fraud detection"]
        others = await leadership_told.draft_for(session, "UBEN", ceremony_id)
        assert others.projects == ()


async def test_what_it_is_worth_is_asked_of_the_pm_once(team: Team) -> None:
    await schedule(team)
    for week in range(2):
        await digests_due(team.db, MONDAY + timedelta(weeks=week))
    (asked,) = await notices(team, "value_wanted")
    assert (asked.member_id, asked.payload["by"]) == (team.ana.id, "2026-03-23")
    first, second = await kept(team)
    for digest in (first, second):
        assert digest.content["facts"]["projects"][0]["asked_by"] == "2026-03-23"
    async with team.writing() as session:
        (await session.get_one(Notice, asked.id)).told_on = MONDAY.date()
    for known in (False, True):
        async with team.db.reading(team.workspace_id) as session:
            facts = await telling.notices_facts(session, team.ana.id, MONDAY.date())
        (told,) = facts.parts
        assert told == ValueAsked(team.project.id, "Fraud detection", date(2026, 3, 23), said=known)
        async with team.writing() as session:
            metric = (await session.scalars(select(Metric))).one()
            metric.value_model = {
                "kind": "per_point",
                "currency": "EUR",
                "per_point_per_month": [1, 2],
            }


async def test_a_project_that_leaders_have_not_heard_of_for_six_weeks_is_raised(team: Team) -> None:
    await schedule(team, leave_out=(f"project:{team.project.id}",))
    for week in range(7):
        await digests_due(team.db, MONDAY + timedelta(weeks=week))
    (raised,) = await notices(team, "leaders_untold")
    assert raised.member_id == team.ana.id
    since = date.fromisoformat(raised.payload["since"])
    assert since == (await project(team)).created_at.date()
    async with team.writing() as session:
        (await session.get_one(Notice, raised.id)).told_on = MONDAY.date()
    async with team.db.reading(team.workspace_id) as session:
        facts = await telling.notices_facts(session, team.ana.id, MONDAY.date())
    assert facts.parts == (Untold(team.project.id, "Fraud detection", since),)


async def project(team: Team) -> Project:
    async with team.db.reading(team.workspace_id) as session:
        return await session.get_one(Project, team.project.id)


async def test_a_note_is_the_pms_and_is_kept_for_the_day(team: Team) -> None:
    await schedule(team)
    at = Moment(FRIDAY, FRIDAY.date())
    as_of = AsOf(FRIDAY.date(), FRIDAY.tzinfo)  # type: ignore[arg-type]
    async with team.writing() as session:
        _, before = await leader_notes.to_note(session, team.project.id, "UANA", as_of)
        assert before == NOTHING
        for said in (Note("Draft", held_back=True), Note("It leapt.", held_back=False)):
            await leader_notes.note(session, team.project.id, "UANA", said, at=at)
    async with team.writing() as session:
        (row,) = await session.scalars(select(LeaderNote))
        assert (row.sentence, row.held_back, row.on) == ("It leapt.", False, FRIDAY.date())
        facts, said = await leader_notes.to_note(session, team.project.id, "UANA", as_of)
        assert said == Note("It leapt.", held_back=False)
        assert facts.projects[0].story == "It leapt."
        with pytest.raises(NotAllowed):
            await leader_notes.note(session, team.project.id, "UBEN", said, at=at)
        with pytest.raises((Unknown, NotAllowed)):
            await leader_notes.note(session, 99, "UANA", said, at=at)
    await digests_due(team.db, MONDAY)
    (digest,) = await kept(team)
    assert digest.content["facts"]["projects"][0]["story"] == "It leapt."


async def test_one_that_is_held_back_is_not_posted_and_its_pm_sees_it(team: Team) -> None:
    await schedule(team)
    at = Moment(FRIDAY, FRIDAY.date())
    async with team.writing() as session:
        held = Note("", held_back=True)
        await leader_notes.note(session, team.project.id, "UANA", held, at=at)
        ceremony = await session.scalar(select(Ceremony).where(Ceremony.channel_id == CHANNEL))
        assert ceremony is not None
        draft = await leadership_told.draft_for(session, "UANA", ceremony.id)
        assert [one.project_id for one in draft.projects if one.held] == [team.project.id]
    await digests_due(team.db, MONDAY)
    (digest,) = await kept(team)
    assert digest.content["facts"]["projects"] == []


async def test_asked_for_at_once_it_is_posted_beside_its_schedule(team: Team) -> None:
    await schedule(team)
    async with team.writing() as session:
        for expected in (True, False):
            asked = await composing.post_at_once(session, CHANNEL, DigestKind.LEADERSHIP, FRIDAY)
            assert asked is expected
        with pytest.raises(Unknown):
            await composing.post_at_once(session, "C99", DigestKind.LEADERSHIP, FRIDAY)
    assert await digests_due(team.db, FRIDAY) == 1
    (digest,) = await kept(team)
    assert (digest.slot, digest.as_of) == ("2026-03-06T09:00", FRIDAY.date())
    async with team.db.reading(team.workspace_id) as session:
        page = await digests.in_channel(session, CHANNEL, DigestKind.LEADERSHIP)
        assert page is not None
        assert page.next_day == MONDAY.date()
    assert await digests_due(team.db, MONDAY) == 1


async def test_it_is_read_in_few_statements(team: Team, database_url: str) -> None:
    await schedule(team)
    db = Database(database_url)
    async with db.reading(None) as session:
        (due,) = await digests.due(session, MONDAY)
    with count_queries(db) as statements:
        async with db.reading(due.workspace_id) as session:
            await composing.compose(session, due)
    assert len(statements) == 7
    await db.close()
