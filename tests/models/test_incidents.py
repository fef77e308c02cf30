"""A live model: asked about once when its values fall, one incident at a time, closed with what was done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from handlers.blocks import notices as notices_blocks
from models import chronicle_page, incidents, measured, notices, stalled, telling
from models.domain.decision import Cause
from models.domain.errors import IncidentIsClosed, IncidentIsOpen, StillToCome, Unknown
from models.domain.experiment import Split
from models.domain.facts_live import Fell, IncidentsPage
from models.domain.findings.kinds import Kind, ProductionBelow
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.incidents import Account, Seen
from models.measured import Full, Place
from models.search import AsOf
from models.tables import Delivery, Event, Incident, Member, Notice, Project
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.models.test_benchmarks import roles
from tests.models.test_scope_changes import ZONE
from tests.queries import count_queries
from tests.rows_live import make_incident, make_live

SEEN = Seen("Every second alert is a false one", NOW.today)
OVER = Account(
    SEEN.what, Cause.UPSTREAM_DATA, "The feed is back", "A check on the feed", None, True
)
GOOD, BAD = 75, 60
"""Of 100; needed are 70."""


@pytest.fixture
async def live(team: Team) -> Team:
    """Ana is the PM, Ben an engineer; an incident is to be over within eight hours."""
    await roles(team, ana=Role.PM, ben=Role.ML_ENGINEER)
    async with team.writing() as session:
        await session.execute(update(Project).values(repair_hours=8))
    return team


def later(days: int) -> date:
    return NOW.today + timedelta(days=days)


async def value(team: Team, number: float, day: int = 0, by: str = "UBEN") -> Fell | None:
    """Somebody enters a live value on a day."""
    full = Full(team.project.metrics[0].id, number, None, None, Split.VALIDATION)
    moment = at(MORNING + timedelta(days=day))
    async with team.writing() as session:
        place = Place(None, team.project.id)
        return (await measured.add(session, place, by, full, at=moment)).fell


async def asked(team: Team) -> list[tuple[int, bool]]:
    """Who was asked whether an input changed, and whether they still are."""
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(
            select(Notice).where(Notice.kind == "live_fell").order_by(Notice.id)
        )
        return [(one.member_id, one.done_at is None) for one in found]


async def opened(team: Team, by: str = "UBEN", seen: Seen = SEEN) -> int:
    async with team.writing() as session:
        return (await incidents.open_one(session, team.project.id, seen, by, NOW)).incident_id


async def said(team: Team, incident_id: int, account: Account = OVER, hours: float = 5) -> None:
    async with team.writing() as session:
        moment = at(MORNING + timedelta(hours=hours))
        await incidents.account(session, incident_id, account, "UBEN", moment)


async def test_the_pm_is_asked_once_for_a_run_of_bad_values(live: Team) -> None:
    assert await value(live, GOOD) is None
    assert await asked(live) == []
    fell = await value(live, BAD, 1)
    assert fell is not None
    assert (fell.live.value, fell.live.acceptance, fell.since) == (0.6, 0.7, later(1))
    assert await asked(live) == [(live.ana.id, True)]
    assert await value(live, 61, 2) is not None
    assert await asked(live) == [(live.ana.id, True)], "the same run"
    assert await value(live, GOOD, 3) is None
    assert await asked(live) == [(live.ana.id, False)], "it is good again"
    await value(live, BAD, 4)
    assert await asked(live) == [(live.ana.id, False), (live.ana.id, True)], "another run"


async def test_who_typed_it_is_asked_on_the_spot_only(live: Team) -> None:
    assert await value(live, BAD, by="UANA") is not None
    assert await asked(live) == []


async def test_a_fall_by_five_smallest_changes_is_asked_about_above_acceptance(live: Team) -> None:
    step = live.project.metrics[0].min_delta * 100
    await value(live, 90)
    assert await value(live, 90 - 4.9 * step, 1) is None
    fell = await value(live, 90 - 5 * step, 2)
    assert fell is not None
    assert fell.live.above


async def test_how_many_bad_values_in_a_row_is_a_setting(live: Team) -> None:
    async with live.writing() as session:
        await session.execute(update(Project).values(thresholds={"production_values": 2}))
    assert await value(live, BAD) is None
    assert await value(live, BAD, 1) is not None


async def test_a_guardrails_value_and_a_project_without_a_pm(live: Team) -> None:
    await roles(live, ana=Role.LEADER)
    async with live.writing() as session:
        await session.execute(update(Member).where(Member.id == live.ana.id).values(active=False))
    await value(live, BAD, by="UBEN")
    assert await asked(live) == [], "nobody else is technical"


async def test_a_value_of_a_past_day_takes_its_place(live: Team) -> None:
    await value(live, GOOD, 5)
    full = Full(live.project.metrics[0].id, BAD, None, None, Split.VALIDATION)
    place = Place(None, live.project.id)
    async with live.writing() as session:
        past = replace(full, on=later(2))
        moment = at(MORNING + timedelta(days=6))
        added = await measured.add(session, place, "UBEN", past, at=moment)
        assert (added.row.on, added.fell) == (later(2), None), "the newest one is good"
        tomorrow = replace(full, on=later(7))
        with pytest.raises(StillToCome):
            await measured.add(session, place, "UBEN", tomorrow, at=moment)


async def test_the_question_says_what_became_of_it(live: Team) -> None:
    await value(live, BAD)
    async with live.db.writing(None) as session:
        await notices.tell_due(session, MORNING)

    async def told() -> str:
        async with live.db.reading(live.workspace_id) as session:
            facts = await telling.notices_facts(session, live.ana.id, NOW.today)
            return notices_blocks.notices(facts).text

    assert "did an input change?" in await told()
    assert "60 of 100, needed 70 of 100, since 3 Mar." in await told()
    assert "[Open incident] [Live number]" in await told()
    incident_id = await opened(live)
    assert "✓ An incident is open since 3 Mar." in await told()
    await said(live, incident_id)
    await value(live, GOOD)
    assert "✓ It is good again." in await told()
    async with live.writing() as session:
        await session.execute(update(Project).values(stage="production"))


async def test_one_incident_at_a_time_shown_where_its_users_read(live: Team) -> None:
    async with live.writing() as session:
        await session.execute(update(Project).values(stakeholders_channel_id="C00000055"))
    await value(live, BAD)
    incident_id = await opened(live)
    assert await asked(live) == [(live.ana.id, False)]
    with pytest.raises(IncidentIsOpen):
        await opened(live)
    (card,) = await live.sent(kind="incident_card")
    assert (card.destination, card.payload["incident_id"]) == ("C00000055", incident_id)
    async with live.writing() as session:
        early = replace(SEEN, since=later(1))
        with pytest.raises(StillToCome):
            await incidents.open_one(session, live.project.id, early, "UBEN", NOW)
        await session.execute(update(Member).values(admin=True))
        with pytest.raises(Unknown):
            await incidents.open_one(session, 999, SEEN, "UBEN", NOW)
        with pytest.raises(Unknown):
            await incidents.to_open(session, 999, "UBEN", NOW.today)
    await said(live, incident_id)
    assert await opened(live) != incident_id, "another one, later"


async def test_not_everybody_says_how_it_stands(live: Team) -> None:
    incident_id = await opened(live)
    async with live.writing() as session:
        await session.execute(
            update(Member).where(Member.id == live.ana.id).values(slack_id="UPM", admin=False)
        )
        await session.flush()
    async with live.writing() as session:
        session.add(
            Member(
                workspace_id=live.workspace_id, slack_id="UCLEO", name="Cleo", tz="UTC",
                described=True, created_at=MORNING,
            )
        )  # fmt: skip
        await session.flush()
        for attempt in (
            incidents.account(session, incident_id, OVER, "UCLEO", NOW),
            incidents.to_handle(session, incident_id, "UCLEO"),
            incidents.open_one(session, live.project.id, SEEN, "UCLEO", NOW),
            incidents.to_open(session, live.project.id, "UCLEO", NOW.today),
        ):
            with pytest.raises(NotAllowed):
                await attempt


async def test_it_is_told_then_closed_and_then_nothing_is_said_any_more(live: Team) -> None:
    await value(live, BAD)
    incident_id = await opened(live)
    await said(live, incident_id, Account(SEEN.what, Cause.PLATFORM, "Restarting"), hours=1)
    async with live.db.reading(live.workspace_id) as session:
        facts = await incidents.to_handle(session, incident_id, "UBEN")
    assert (facts.cause, facts.fix, facts.closed_on) == (Cause.PLATFORM, "Restarting", None)
    assert facts.live is not None
    assert (facts.live.value, facts.live.needed) == (0.6, 0.7)
    assert facts.clock.agreed == 8
    await said(live, incident_id, hours=9)
    async with live.db.reading(live.workspace_id) as session:
        facts = await incidents.facts(session, incident_id)
    assert (facts.clock.hours, facts.clock.late) == (9, True)
    with pytest.raises(IncidentIsClosed):
        await said(live, incident_id)
    async with live.db.reading(live.workspace_id) as session:
        with pytest.raises(IncidentIsClosed):
            await incidents.to_handle(session, incident_id, "UBEN")
        for attempt in (
            incidents.facts(session, 999),
            incidents.account(session, 999, OVER, "UBEN", NOW),
        ):
            with pytest.raises(Unknown):
                await attempt
        kinds = await session.scalars(
            select(Event.kind).where(Event.kind.startswith("incident")).order_by(Event.id)
        )
        assert list(kinds) == ["incident_opened", "incident_told", "incident_closed"]
        history = await chronicle_page.page(session, live.project.id, AsOf(later(1), ZONE))
    assert [one.kind for one in history.lines][:2] == ["repaired", "incident"]


async def test_what_was_agreed_then_counts(live: Team) -> None:
    incident_id = await opened(live)
    async with live.writing() as session:
        await session.execute(update(Project).values(repair_hours=100))
    await said(live, incident_id, hours=9)
    async with live.db.reading(live.workspace_id) as session:
        assert (await incidents.facts(session, incident_id)).clock.late


async def test_the_list_has_the_open_one_first(live: Team) -> None:
    async def page() -> IncidentsPage:
        async with live.db.reading(live.workspace_id) as session:
            return await incidents.page(session, live.project.id)

    assert not (await page()).lines
    first = await opened(live)
    async with live.writing() as session:
        for _ in range(incidents.SHOWN):
            await make_incident(
                session, live.project, live.ana, closed_on=NOW.today, closed_at=MORNING
            )
    found = await page()
    assert (found.lines[0].incident_id, found.is_open, found.more) == (first, True, 1)


async def below(team: Team, day: int = 0) -> list[ProductionBelow]:
    async with team.db.reading(team.workspace_id) as session:
        facts = await stalled.stalled(session, AsOf(later(day), ZONE))
    reasons = [reason for finding in facts.findings for reason in finding.reasons]
    return [one for one in reasons if isinstance(one, ProductionBelow)]


async def test_the_finding_knows_the_open_incident_also_of_a_past_day(live: Team) -> None:
    async with live.writing() as session:
        metric = live.project.metrics[0]
        await make_live(session, metric, 0.75)
        await make_live(session, metric, 0.69, later(1))
    assert await below(live) == []
    (found,) = await below(live, 1)
    assert (found.kind, found.since, found.incident) == (
        Kind.PRODUCTION_BELOW_ACCEPTANCE,
        later(1),
        None,
    )
    async with live.writing() as session:
        row = await make_incident(
            session, live.project, live.ana, opened_on=later(2), closed_on=later(4)
        )
    opens = [(await below(live, day))[0].incident for day in (1, 2, 3, 4)]
    assert [one and one.incident_id for one in opens] == [None, row.id, row.id, None]


async def test_statements(live: Team) -> None:
    with count_queries(live.db) as statements:
        await value(live, BAD)
    assert len(statements) <= 7, "and one more for a form that is stored once"
    with count_queries(live.db) as statements:
        incident_id = await opened(live)
    assert len(statements) <= 6, "two more show messages anew"
    with count_queries(live.db) as statements:
        await said(live, incident_id)
    assert len(statements) <= 8
    async with live.db.reading(live.workspace_id) as session:
        with count_queries(live.db) as statements:
            await incidents.to_open(session, live.project.id, "UBEN", NOW.today)
        assert len(statements) <= 5


async def test_two_people_open_it_at_the_same_moment(live: Team) -> None:
    """The second one is told that there is one: the index says so, on both databases."""
    await opened(live)
    with pytest.raises(IncidentIsOpen):
        await opened(live, by="UANA")
    async with live.db.reading(live.workspace_id) as session:
        assert await session.scalar(select(func.count(Incident.id))) == 1
        assert await session.scalar(
            select(func.count(Delivery.id)).where(Delivery.kind == "incident_card")
        )
